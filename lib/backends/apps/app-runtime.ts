import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { FunctionAppFlexConsumptionConfig } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import type { LinuxFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-function-app";
import type { LinuxWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-web-app";
import type { WindowsFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/windows-function-app";
import type { WindowsWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { azurermOf } from "../../azure/clouds/provider-environment";
import { fail, finding } from "../../core/fail";
import { isToken } from "../../core/tokens";
import { described, requireGiven } from "../../core/given";
import { stackOverrideAt } from "../../core/rendered";
import { functionStack, webStack } from "./container-image";
import { ContainerRegistryAccess } from "./container-registry";

/** The attributes that set the runtime of each kind of app. The keys are factories of `Backend`. */
export interface Stacks {
  readonly functionApp: LinuxFunctionAppSiteConfigApplicationStack;
  readonly webApp: LinuxWebAppSiteConfigApplicationStack;
  readonly windowsFunctionApp: WindowsFunctionAppSiteConfigApplicationStack;
  readonly windowsWebApp: WindowsWebAppSiteConfigApplicationStack;
  readonly flexFunctionApp: Pick<FunctionAppFlexConsumptionConfig, "runtimeName" | "runtimeVersion">;
}

export type RuntimeKind = keyof Stacks;

/** The kinds of app, as messages name them. */
const KINDS: { readonly [kind in keyof Stacks]: string } = {
  functionApp: "function apps",
  webApp: "web apps",
  windowsFunctionApp: "function apps on Windows",
  windowsWebApp: "web apps on Windows",
  flexFunctionApp: "function apps on Flex Consumption",
};

/** What sets the runtime, from a version, or from an image and its registry. */
type StackOf<Kind extends RuntimeKind> = (
  version: string,
  scope: Construct,
  registry?: ContainerRegistryAccess,
) => Stacks[Kind];

interface Language {
  /** The notation of versions. What has none checks its text itself. */
  readonly pattern?: RegExp;
  /** A version that every version of azurerm in use accepts. */
  readonly example: string;
  /** The newest version that the pinned azurerm accepts for a kind of app. For what is not here, it accepts every version. */
  readonly newest?: { readonly [kind in keyof Stacks]?: string };
  readonly stacks: { readonly [kind in keyof Stacks]?: StackOf<kind> };
}

const MAJOR = /^\d{1,2}$/;
const MAJOR_MINOR = /^\d{1,2}\.\d{1,2}$/;

/** Windows runs the newest release of a major version, and accepts no other notation. */
const newestOf = (version: string): string => `~${version}`;

/** Windows writes the version of Java 8 as Java itself did. */
const javaOnWindows = (version: string): string => (version === "8" ? "1.8" : version);

const ofPlans = (version: string): Language["newest"] => ({
  functionApp: version,
  webApp: version,
  windowsFunctionApp: version,
  windowsWebApp: version,
});

/** @see https://learn.microsoft.com/azure/azure-functions/supported-languages */
const LANGUAGES = {
  node: {
    pattern: MAJOR,
    example: "22",
    newest: ofPlans("22"),
    stacks: {
      functionApp: (version) => ({ nodeVersion: version }),
      webApp: (version) => ({ nodeVersion: `${version}-lts` }),
      windowsFunctionApp: (version) => ({ nodeVersion: newestOf(version) }),
      windowsWebApp: (version) => ({ currentStack: "node", nodeVersion: newestOf(version) }),
      flexFunctionApp: (version) => ({ runtimeName: "node", runtimeVersion: version }),
    },
  },
  python: {
    pattern: MAJOR_MINOR,
    example: "3.12",
    newest: ofPlans("3.13"),
    stacks: {
      functionApp: (version) => ({ pythonVersion: version }),
      webApp: (version) => ({ pythonVersion: version }),
      flexFunctionApp: (version) => ({ runtimeName: "python", runtimeVersion: version }),
    },
  },
  dotnet: {
    pattern: MAJOR_MINOR,
    example: "8.0",
    newest: ofPlans("10.0"),
    stacks: {
      functionApp: (version) => ({ dotnetVersion: version, useDotnetIsolatedRuntime: true }),
      webApp: (version) => ({ dotnetVersion: version }),
      windowsFunctionApp: (version) => ({ dotnetVersion: `v${version}`, useDotnetIsolatedRuntime: true }),
      windowsWebApp: (version) => ({ currentStack: "dotnet", dotnetVersion: `v${version}` }),
      flexFunctionApp: (version) => ({ runtimeName: "dotnet-isolated", runtimeVersion: version }),
    },
  },
  java: {
    pattern: MAJOR,
    example: "21",
    newest: { functionApp: "21", windowsFunctionApp: "21" },
    stacks: {
      functionApp: (version) => ({ javaVersion: version }),
      webApp: (version) => ({ javaVersion: version, javaServer: "JAVA", javaServerVersion: version }),
      windowsFunctionApp: (version) => ({ javaVersion: javaOnWindows(version) }),
      windowsWebApp: (version) => ({
        currentStack: "java",
        javaVersion: javaOnWindows(version),
        javaEmbeddedServerEnabled: true,
      }),
      flexFunctionApp: (version) => ({ runtimeName: "java", runtimeVersion: version }),
    },
  },
  powershell: {
    pattern: MAJOR_MINOR,
    example: "7.4",
    newest: { functionApp: "7.4", windowsFunctionApp: "7.4" },
    stacks: {
      functionApp: (version) => ({ powershellCoreVersion: version }),
      windowsFunctionApp: (version) => ({ powershellCoreVersion: version }),
      flexFunctionApp: (version) => ({ runtimeName: "powershell", runtimeVersion: version }),
    },
  },
  php: {
    pattern: MAJOR_MINOR,
    example: "8.3",
    stacks: { webApp: (version) => ({ phpVersion: version }) },
  },
  container: {
    example: "contoso.azurecr.io/orders:1.4.2",
    stacks: {
      functionApp: (image, scope, registry) => functionStack(scope, image, registry),
      webApp: (image, scope, registry) => webStack(scope, image, registry),
    },
  },
} satisfies Record<string, Language>;

/**
 * Language and version that App Service runs an app with. The offered versions change over time. A version that is too new for the
 * azurerm version of the stack is an error at synth, and azurerm checks the rest at plan.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/supported-languages
 */
export class AppRuntime {
  /** Node.js. Pass the major version, for example `22`. */
  public static node(version: string): AppRuntime {
    return new AppRuntime("node", version);
  }

  /** Python, for example `3.12`. Not available on Windows. */
  public static python(version: string): AppRuntime {
    return new AppRuntime("python", version);
  }

  /** .NET, for example `8.0`. Functions run in the isolated worker model. */
  public static dotnet(version: string): AppRuntime {
    return new AppRuntime("dotnet", version);
  }

  /** Java. Pass the major version, for example `21`. Web apps run an executable JAR file. */
  public static java(version: string): AppRuntime {
    return new AppRuntime("java", version);
  }

  /** PowerShell, for example `7.4`. For function apps only. */
  public static powershell(version: string): AppRuntime {
    return new AppRuntime("powershell", version);
  }

  /** PHP, for example `8.3`. For web apps on Linux only. */
  public static php(version: string): AppRuntime {
    return new AppRuntime("php", version);
  }

  /**
   * An image of yours, on Linux. Web apps listen on the port in the app setting `WEBSITES_PORT`; images of function apps are based on
   * those of Azure Functions.
   *
   * @param image the image with its registry, for example `contoso.azurecr.io/orders:1.4.2`
   * @param registry a private registry, and an identity that already has the role `AcrPull` on it; the app gets the identity
   * @see https://learn.microsoft.com/azure/app-service/configure-custom-container
   * @see https://learn.microsoft.com/azure/azure-functions/container-concepts
   */
  public static container(image: string, registry?: ContainerRegistryAccess): AppRuntime {
    return new AppRuntime("container", image, registry);
  }

  private constructor(
    private readonly name: keyof typeof LANGUAGES,
    private readonly version: string,
    private readonly registry?: ContainerRegistryAccess,
  ) {}

  /**
   * The private registry of an image.
   *
   * @internal
   */
  public get _registry(): ContainerRegistryAccess | undefined {
    return this.registry;
  }

  /** @internal */
  public get _isContainer(): boolean {
    return this.name === "container";
  }

  /** @internal */
  public _stack<Kind extends RuntimeKind>(scope: Construct, kind: Kind): Stacks[Kind] {
    const { name, version } = this;
    const language: Language = LANGUAGES[name];
    const { stacks, pattern, example } = language;
    const stack: StackOf<Kind> | undefined = stacks[kind];
    if (!stack) {
      const kinds = Object.keys(stacks);
      const otherFactory = kinds.find((other) => isForFunctions(other) === isForFunctions(kind)) ?? kinds[0];
      fail(
        scope,
        "runtime-not-offered",
        `App Service does not offer AppRuntime.${name}(...) for ${KINDS[kind]}.`,
        `Use Backend.${otherFactory}(...), or one of the runtimes ${languagesOf(kind)}.`,
      );
    }
    if (pattern && (typeof version !== "string" || (!isToken(version) && !pattern.test(version))))
      fail(
        scope,
        "invalid-runtime-version",
        `AppRuntime.${name}(${described(version)}) is not a version.`,
        `Write it like this: AppRuntime.${name}("${example}").`,
      );
    const newest = language.newest?.[kind];
    if (newest !== undefined && !isToken(version) && isNewer(version, newest))
      scope.node.addValidation({ validate: () => this.tooNew(TerraformStack.of(scope), kind, newest) });
    return stack(version, scope, this.registry);
  }

  /** An override of the version of azurerm on the stack counts as one that accepts the runtime. */
  private tooNew(stack: TerraformStack, kind: RuntimeKind, newest: string): string[] {
    const { name, version } = this;
    const azurerm = pinnedAzurerm(stack);
    if (azurerm === undefined || stackOverrideAt(stack, AZURERM_VERSION) !== undefined) return [];
    const since = ACCEPTED_SINCE[`${name} ${version} ${kind}`];
    const later = since
      ? `azurerm ${since} or later`
      : `a later version of azurerm that accepts "${version}" (see the changelog of azurerm)`;
    const pin = `stack.addOverride("${AZURERM_VERSION.join(".")}", "~> ${since ?? "<version>"}")`;
    return [
      finding(
        "runtime-too-new-for-azurerm",
        `azurerm ${azurerm} accepts AppRuntime.${name}(...) up to "${newest}" for ${KINDS[kind]}, and not "${version}".`,
        `Use AppRuntime.${name}("${newest}"), or ${later}: ${pin}.`,
      ),
    ];
  }
}

const AZURERM_VERSION = ["terraform", "required_providers", "azurerm", "version"];

/** The versions of azurerm that first accept what the pinned one does not. */
const ACCEPTED_SINCE: Readonly<Record<string, string>> = {
  "node 24 functionApp": "4.58",
  "node 24 webApp": "4.58",
};

/** The version of azurerm that the bindings pin, if the stack has the provider. */
function pinnedAzurerm(stack: TerraformStack): string | undefined {
  return azurermOf(stack)?.terraformGeneratorMetadata?.providerVersion;
}

/** Compares number by number. To load a collation for it takes longer than all else that a runtime does. */
function isNewer(version: string, other: string): boolean {
  const [numbers, others] = [version, other].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  const first = numbers.findIndex((number, index) => number !== others[index]);
  return first !== -1 && numbers[first] > (others[first] ?? -1);
}

/** The runtime, if it is one. */
export function checkedRuntime(scope: Construct, runtime: AppRuntime): AppRuntime {
  return requireGiven(scope, runtime, {
    name: "runtime",
    has: ["_stack"],
    example: 'runtime: AppRuntime.node("22"), or what another factory of AppRuntime returns',
  });
}

function isForFunctions(kind: string): boolean {
  return kind.endsWith("unctionApp");
}

/** The languages that a kind of app runs, in words. */
function languagesOf(kind: RuntimeKind): string {
  const languages: [string, Language][] = Object.entries(LANGUAGES);
  const names = languages.filter(([, { stacks }]) => stacks[kind]).map(([name]) => name);
  return `${names.slice(0, -1).join(", ")} and ${names.slice(-1).join("")}`;
}
