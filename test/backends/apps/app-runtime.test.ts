import { TerraformStack } from "cdktf";
import { AppRuntime, Backend, IApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

describe("a runtime that is not on offer", () => {
  test.each<[string, () => IApimBackend, string[]]>([
    [
      "PowerShell in a web app",
      () => Backend.webApp({ ...CREATED, runtime: AppRuntime.powershell("7.4") }),
      [
        "AppRuntime.powershell(...) for web apps",
        "Backend.functionApp(...)",
        "node, python, dotnet, java, php and container",
      ],
    ],
    [
      "PHP in a function app",
      () => Backend.functionApp({ ...CREATED, runtime: AppRuntime.php("8.3") }),
      [
        "AppRuntime.php(...) for function apps",
        "Backend.webApp(...)",
        "node, python, dotnet, java, powershell and container",
      ],
    ],
    [
      "Python in a Windows function app",
      () => Backend.windowsFunctionApp({ ...CREATED, runtime: AppRuntime.python("3.12") }),
      [
        "AppRuntime.python(...) for function apps on Windows",
        "Backend.functionApp(...)",
        "node, dotnet, java and powershell",
      ],
    ],
    [
      "Python in a Windows web app",
      () => Backend.windowsWebApp({ ...CREATED, runtime: AppRuntime.python("3.12") }),
      ["AppRuntime.python(...) for web apps on Windows", "Backend.webApp(...)", "node, dotnet and java"],
    ],
    [
      "PHP in a Windows web app",
      () => Backend.windowsWebApp({ ...CREATED, runtime: AppRuntime.php("8.3") }),
      ["AppRuntime.php(...) for web apps on Windows", "Backend.webApp(...)", "node, dotnet and java"],
    ],
    [
      "PHP on Flex Consumption",
      () => Backend.flexFunctionApp({ ...CREATED, runtime: AppRuntime.php("8.3") }),
      [
        "AppRuntime.php(...) for function apps on Flex Consumption",
        "Backend.webApp(...)",
        "node, python, dotnet, java and powershell",
      ],
    ],
  ])("%s", (_, backend, values) => {
    expect(() => secure(stack, backend())).toThrow(refusal("runtime-not-offered", "[app/Orders/Backend] ", ...values));
  });

  test.each<[string, string, (runtime: AppRuntime) => IApimBackend]>([
    ["as web apps write it", "22-lts", (runtime) => Backend.webApp({ ...CREATED, runtime })],
    ["as Windows writes it, for Windows", "~22", (runtime) => Backend.windowsFunctionApp({ ...CREATED, runtime })],
    ["as Windows writes it, for Flex", "~22", (runtime) => Backend.flexFunctionApp({ ...CREATED, runtime })],
  ])("a version %s", (_, version, backend) => {
    expect(() => secure(stack, backend(AppRuntime.node(version)))).toThrow(
      refusal(
        "invalid-runtime-version",
        "[app/Orders/Backend] ",
        `AppRuntime.node("${version}")`,
        'Write it like this: AppRuntime.node("22")',
      ),
    );
  });
});

describe("a runtime that is newer than what azurerm 4.55 accepts", () => {
  const VERSION = "terraform.required_providers.azurerm.version";

  test.each<[string, IApimBackend, string[]]>([
    [
      "Node 24 on Linux",
      Backend.functionApp({ ...CREATED, runtime: AppRuntime.node("24") }),
      [
        'azurerm 4.55.0 accepts AppRuntime.node(...) up to "22" for function apps, and not "24"',
        `or azurerm 4.58 or later: stack.addOverride("${VERSION}", "~> 4.58")`,
      ],
    ],
    [
      "Node 24 in a Windows web app",
      Backend.windowsWebApp({ ...CREATED, runtime: AppRuntime.node("24") }),
      [
        'up to "22" for web apps on Windows',
        `Use AppRuntime.node("22"), or a later version of azurerm that accepts "24" (see the changelog of azurerm): stack.addOverride("${VERSION}", "~> <version>").`,
      ],
    ],
    ["Python 3.14", Backend.webApp({ ...CREATED, runtime: AppRuntime.python("3.14") }), ['up to "3.13" for web apps']],
    [".NET 11", Backend.webApp({ ...CREATED, runtime: AppRuntime.dotnet("11.0") }), ['up to "10.0" for web apps']],
    [
      "Java 25",
      Backend.windowsFunctionApp({ ...CREATED, runtime: AppRuntime.java("25") }),
      ['up to "21" for function apps on Windows'],
    ],
    [
      "PowerShell 7.6",
      Backend.functionApp({ ...CREATED, runtime: AppRuntime.powershell("7.6") }),
      ['up to "7.4" for function apps'],
    ],
  ])("%s is an error that says which version accepts it", (_, backend, values) => {
    secure(stack, backend);

    expect(() => synth(stack)).toThrow(refusal("runtime-too-new-for-azurerm", "[app/Orders/Backend] ", ...values));
  });

  test("is left to azurerm if the stack chooses its version", () => {
    secure(stack, Backend.functionApp({ ...CREATED, runtime: AppRuntime.node("24") }));
    stack.addOverride(VERSION, "~> 4.60");

    const json = synth(stack);

    expect(json.terraform.required_providers.azurerm.version).toBe("~> 4.60");
    expect(only(json, "azurerm_linux_function_app").site_config.application_stack).toEqual({ node_version: "24" });
  });

  test.each<[string, IApimBackend]>([
    ["the newest Node", Backend.webApp({ ...CREATED, runtime: AppRuntime.node("22") })],
    ["the newest Python", Backend.functionApp({ ...CREATED, runtime: AppRuntime.python("3.13") })],
    ["an older Python", Backend.functionApp({ ...CREATED, runtime: AppRuntime.python("3.9") })],
    ["the newest .NET", Backend.windowsWebApp({ ...CREATED, runtime: AppRuntime.dotnet("10.0") })],
    ["a new Java in a web app", Backend.webApp({ ...CREATED, runtime: AppRuntime.java("25") })],
  ])("does not concern %s", (_, backend) => {
    secure(stack, backend);

    expect(() => synth(stack)).not.toThrow();
  });
});

test.each<[string, IApimBackend]>([
  ["azurerm_windows_function_app", Backend.windowsFunctionApp({ ...CREATED, runtime: AppRuntime.java("8") })],
  ["azurerm_windows_web_app", Backend.windowsWebApp({ ...CREATED, runtime: AppRuntime.java("8") })],
])("Java 8 is version 1.8 of %s", (type, backend) => {
  secure(stack, backend);

  expect(only(synth(stack), type).site_config.application_stack.java_version).toBe("1.8");
});
