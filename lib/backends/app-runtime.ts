import { Construct } from "constructs";
import { LinuxFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-web-app";
import * as errors from "../core/errors";
import { isToken } from "../core/tokens";

interface Language {
  readonly name: string;
  readonly pattern: RegExp;
  readonly example: string;
  readonly functionApp?: (version: string) => LinuxFunctionAppSiteConfigApplicationStack;
  readonly webApp?: (version: string) => LinuxWebAppSiteConfigApplicationStack;
}

const MAJOR = /^\d{1,2}$/;
const MAJOR_MINOR = /^\d{1,2}\.\d{1,2}$/;

const NODE: Language = {
  name: "node",
  pattern: MAJOR,
  example: "22",
  functionApp: (version) => ({ nodeVersion: version }),
  webApp: (version) => ({ nodeVersion: `${version}-lts` }),
};
const PYTHON: Language = {
  name: "python",
  pattern: MAJOR_MINOR,
  example: "3.12",
  functionApp: (version) => ({ pythonVersion: version }),
  webApp: (version) => ({ pythonVersion: version }),
};
const DOTNET: Language = {
  name: "dotnet",
  pattern: MAJOR_MINOR,
  example: "8.0",
  functionApp: (version) => ({ dotnetVersion: version, useDotnetIsolatedRuntime: true }),
  webApp: (version) => ({ dotnetVersion: version }),
};
const JAVA: Language = {
  name: "java",
  pattern: MAJOR,
  example: "21",
  functionApp: (version) => ({ javaVersion: version }),
  webApp: (version) => ({ javaVersion: version, javaServer: "JAVA", javaServerVersion: version }),
};
const POWERSHELL: Language = {
  name: "powershell",
  pattern: MAJOR_MINOR,
  example: "7.4",
  functionApp: (version) => ({ powershellCoreVersion: version }),
};
const PHP: Language = {
  name: "php",
  pattern: MAJOR_MINOR,
  example: "8.3",
  webApp: (version) => ({ phpVersion: version }),
};

/**
 * Language and version that App Service runs an app with. Which versions are on offer changes with time: azurerm checks
 * that at plan.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/supported-languages
 */
export class AppRuntime {
  /** Node.js, by its major version, for example `22`. */
  public static node(version: string): AppRuntime {
    return new AppRuntime(NODE, version);
  }

  /** Python, for example `3.12`. */
  public static python(version: string): AppRuntime {
    return new AppRuntime(PYTHON, version);
  }

  /** .NET, for example `8.0`; functions run in the isolated worker model. */
  public static dotnet(version: string): AppRuntime {
    return new AppRuntime(DOTNET, version);
  }

  /** Java, by its major version, for example `21`; web apps run an executable JAR file. */
  public static java(version: string): AppRuntime {
    return new AppRuntime(JAVA, version);
  }

  /** PowerShell, for example `7.4`; for function apps only. */
  public static powershell(version: string): AppRuntime {
    return new AppRuntime(POWERSHELL, version);
  }

  /** PHP, for example `8.3`; for web apps only. */
  public static php(version: string): AppRuntime {
    return new AppRuntime(PHP, version);
  }

  private constructor(
    private readonly language: Language,
    private readonly version: string,
  ) {}

  /** @internal */
  public _functionAppStack(scope: Construct): LinuxFunctionAppSiteConfigApplicationStack {
    if (!this.language.functionApp) throw errors.runtimeNotOnFunctionApp(scope, this.language.name);
    return this.language.functionApp(this.checkedVersion(scope));
  }

  /** @internal */
  public _webAppStack(scope: Construct): LinuxWebAppSiteConfigApplicationStack {
    if (!this.language.webApp) throw errors.runtimeNotOnWebApp(scope, this.language.name);
    return this.language.webApp(this.checkedVersion(scope));
  }

  private checkedVersion(scope: Construct): string {
    const { name, pattern, example } = this.language;
    if (!isToken(this.version) && !pattern.test(this.version)) {
      throw errors.invalidRuntimeVersion(scope, name, this.version, example);
    }
    return this.version;
  }
}
