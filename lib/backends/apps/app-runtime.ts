import { Construct } from "constructs";
import { isToken } from "../../core/tokens";
import { KINDS, Language, LANGUAGES, languagesOf, Stacks } from "./language";
import { fail } from "../../core/fail";

/**
 * Language and version that App Service runs an app with. The offered versions change over time, so azurerm checks them at
 * plan.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/supported-languages
 */
export class AppRuntime {
  /** Node.js. Pass the major version, for example `22`. */
  public static node(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.node, version);
  }

  /** Python, for example `3.12`. Not available on Windows. */
  public static python(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.python, version);
  }

  /** .NET, for example `8.0`. Functions run in the isolated worker model. */
  public static dotnet(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.dotnet, version);
  }

  /** Java. Pass the major version, for example `21`. Web apps run an executable JAR file. */
  public static java(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.java, version);
  }

  /** PowerShell, for example `7.4`. For function apps only. */
  public static powershell(version: string): AppRuntime {
    return new AppRuntime(LANGUAGES.powershell, version);
  }

  /** PHP, for example `8.3`. For web apps on Linux only. */
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
    if (!stack) {
      const [elsewhere] = Object.keys(stacks);
      fail(
        scope,
        "runtime-not-offered",
        `App Service does not offer AppRuntime.${name}(...) for ${KINDS[kind]}.`,
        `Use Backend.${elsewhere}(...), or one of the runtimes ${inWords(languagesOf(kind))}.`,
      );
    }
    return stack(this.checkedVersion(scope));
  }

  private checkedVersion(scope: Construct): string {
    const { name, pattern, example } = this.language;
    if (!isToken(this.version) && !pattern.test(this.version)) {
      fail(
        scope,
        "invalid-runtime-version",
        `AppRuntime.${name}("${this.version}") is not a version.`,
        `Write it like this: AppRuntime.${name}("${example}").`,
      );
    }
    return this.version;
  }
}

function inWords(languages: readonly string[]): string {
  return `${languages.slice(0, -1).join(", ")} and ${languages.slice(-1).join("")}`;
}
