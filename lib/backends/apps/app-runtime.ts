import { Construct } from "constructs";
import { FunctionAppFlexConsumptionConfig } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { fail } from "../../core/fail";
import { isToken } from "../../core/tokens";
import { described, requireGiven } from "../../core/given";

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

interface Language {
  readonly pattern: RegExp;
  readonly example: string;
  readonly stacks: { readonly [kind in keyof Stacks]?: (version: string) => Stacks[kind] };
}

const MAJOR = /^\d{1,2}$/;
const MAJOR_MINOR = /^\d{1,2}\.\d{1,2}$/;

/** Windows runs the newest release of a major version, and accepts no other notation. */
const newestOf = (version: string): string => `~${version}`;

/** @see https://learn.microsoft.com/azure/azure-functions/supported-languages */
const LANGUAGES = {
  node: {
    pattern: MAJOR,
    example: "22",
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
    stacks: {
      functionApp: (version) => ({ pythonVersion: version }),
      webApp: (version) => ({ pythonVersion: version }),
      flexFunctionApp: (version) => ({ runtimeName: "python", runtimeVersion: version }),
    },
  },
  dotnet: {
    pattern: MAJOR_MINOR,
    example: "8.0",
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
    stacks: {
      functionApp: (version) => ({ javaVersion: version }),
      webApp: (version) => ({ javaVersion: version, javaServer: "JAVA", javaServerVersion: version }),
      windowsFunctionApp: (version) => ({ javaVersion: version }),
      windowsWebApp: (version) => ({ currentStack: "java", javaVersion: version, javaEmbeddedServerEnabled: true }),
      flexFunctionApp: (version) => ({ runtimeName: "java", runtimeVersion: version }),
    },
  },
  powershell: {
    pattern: MAJOR_MINOR,
    example: "7.4",
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
} satisfies Record<string, Language>;

/**
 * Language and version that App Service runs an app with. The offered versions change over time, so azurerm checks them at
 * plan.
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

  private constructor(
    private readonly name: keyof typeof LANGUAGES,
    private readonly version: string,
  ) {}

  /** @internal */
  public _stack<Kind extends RuntimeKind>(scope: Construct, kind: Kind): Stacks[Kind] {
    const { name, version } = this;
    const { stacks, pattern, example }: Language = LANGUAGES[name];
    const stack: ((version: string) => Stacks[Kind]) | undefined = stacks[kind];
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
    if (typeof version !== "string" || (!isToken(version) && !pattern.test(version)))
      fail(
        scope,
        "invalid-runtime-version",
        `AppRuntime.${name}(${described(version)}) is not a version.`,
        `Write it like this: AppRuntime.${name}("${example}").`,
      );
    return stack(version);
  }
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
