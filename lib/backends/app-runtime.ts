import { Construct } from "constructs";
import * as errors from "../core/errors";
import { isToken } from "../core/tokens";
import { KINDS, Language, LANGUAGES, languagesOf, Stacks } from "./private/language";

/**
 * Language and version that App Service runs an app with. Which versions are on offer changes with time: azurerm checks
 * that at plan.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/supported-languages
 */
export class AppRuntime {
  /** Node.js, by its major version, for example `22`. */
  public static node(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.node, version);
  }

  /** Python, for example `3.12`; not on Windows. */
  public static python(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.python, version);
  }

  /** .NET, for example `8.0`; functions run in the isolated worker model. */
  public static dotnet(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.dotnet, version);
  }

  /** Java, by its major version, for example `21`; web apps run an executable JAR file. */
  public static java(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.java, version);
  }

  /** PowerShell, for example `7.4`; for function apps only. */
  public static powershell(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.powershell, version);
  }

  /** PHP, for example `8.3`; for web apps on Linux only. */
  public static php(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.php, version);
  }

  private constructor(
    private readonly language: Language,
    private readonly version: string,
  ) {}

  /** @internal */
  public _stack<Kind extends keyof Stacks>(scope: Construct, kind: Kind): Stacks[Kind] {
    const { name, stacks } = this.language;
    const stack: ((version: string) => Stacks[Kind]) | undefined = stacks[kind];
    if (!stack) throw errors.runtimeNotOffered(scope, name, KINDS[kind], Object.keys(stacks)[0], languagesOf(kind));
    return stack(this.checkedVersion(scope));
  }

  private checkedVersion(scope: Construct): string {
    const { name, pattern, example } = this.language;
    if (!isToken(this.version) && !pattern.test(this.version)) {
      throw errors.invalidRuntimeVersion(scope, name, this.version, example);
    }
    return this.version;
  }
}
