import { FunctionAppFlexConsumptionConfig } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/windows-web-app";

/** The attributes that set the runtime of each kind of app. The keys are factories of `Backend`. */
export interface Stacks {
  readonly functionApp: LinuxFunctionAppSiteConfigApplicationStack;
  readonly webApp: LinuxWebAppSiteConfigApplicationStack;
  readonly windowsFunctionApp: WindowsFunctionAppSiteConfigApplicationStack;
  readonly windowsWebApp: WindowsWebAppSiteConfigApplicationStack;
  readonly flexFunctionApp: Pick<FunctionAppFlexConsumptionConfig, "runtimeName" | "runtimeVersion">;
}

/** The kinds of app, as messages name them. */
export const KINDS: { readonly [kind in keyof Stacks]: string } = {
  functionApp: "function apps",
  webApp: "web apps",
  windowsFunctionApp: "function apps on Windows",
  windowsWebApp: "web apps on Windows",
  flexFunctionApp: "function apps on Flex Consumption",
};

/** A language that App Service runs, and the kinds of app that run it. */
export interface Language {
  readonly name: string;
  readonly pattern: RegExp;
  readonly example: string;
  readonly stacks: { readonly [kind in keyof Stacks]?: (version: string) => Stacks[kind] };
}

const MAJOR = /^\d{1,2}$/;
const MAJOR_MINOR = /^\d{1,2}\.\d{1,2}$/;

/** Windows runs the newest release of a major version, and accepts no other notation. */
const newestOf = (version: string): string => `~${version}`;

/** @see https://learn.microsoft.com/azure/azure-functions/supported-languages */
export const LANGUAGES = {
  node: {
    name: "node",
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
    name: "python",
    pattern: MAJOR_MINOR,
    example: "3.12",
    stacks: {
      functionApp: (version) => ({ pythonVersion: version }),
      webApp: (version) => ({ pythonVersion: version }),
      flexFunctionApp: (version) => ({ runtimeName: "python", runtimeVersion: version }),
    },
  },
  dotnet: {
    name: "dotnet",
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
    name: "java",
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
    name: "powershell",
    pattern: MAJOR_MINOR,
    example: "7.4",
    stacks: {
      functionApp: (version) => ({ powershellCoreVersion: version }),
      windowsFunctionApp: (version) => ({ powershellCoreVersion: version }),
      flexFunctionApp: (version) => ({ runtimeName: "powershell", runtimeVersion: version }),
    },
  },
  php: {
    name: "php",
    pattern: MAJOR_MINOR,
    example: "8.3",
    stacks: { webApp: (version) => ({ phpVersion: version }) },
  },
} satisfies Record<string, Language>;

/** Names of the languages that a kind of app runs. */
export function languagesOf(kind: keyof Stacks): string[] {
  const languages: Language[] = Object.values(LANGUAGES);
  return languages.filter(({ stacks }) => stacks[kind]).map(({ name }) => name);
}
