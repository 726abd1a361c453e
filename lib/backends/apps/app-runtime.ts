import { Construct } from "constructs";
import { isToken } from "../../core/tokens";
import { KINDS, Language, LANGUAGES, languagesOf, Stacks } from "./language";
import { fail } from "../../core/fail";

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
    if (!stack) runtimeNotOffered(scope, name, KINDS[kind], Object.keys(stacks)[0], languagesOf(kind));
    return stack(this.checkedVersion(scope));
  }

  private checkedVersion(scope: Construct): string {
    const { name, pattern, example } = this.language;
    if (!isToken(this.version) && !pattern.test(this.version)) {
      fail(
        scope,
        "invalid-runtime-version",
        `AppRuntime.${name}("${this.version}") names no version. Write it like this: AppRuntime.${name}("${example}").`,
      );
    }
    return this.version;
  }
}
// Policy
// Entra ID

export function runtimeNotOffered(
  scope: Construct,
  language: string,
  kind: string,
  elsewhere: string,
  offered: readonly string[],
): never {
  const among = `${offered.slice(0, -1).join(", ")} and ${offered.slice(-1).join("")}`;
  fail(
    scope,
    "runtime-not-offered",
    `App Service has no AppRuntime.${language}(...) for ${kind}. ` +
      `Write Backend.${elsewhere}(...), or a runtime among ${among}.`,
  );
}
