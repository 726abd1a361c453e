import { TerraformStack } from "cdktf";
import { AppRuntime, Backend, IApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { stackWithProviders } from "../../helpers/synth";
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
      ["AppRuntime.powershell(...) for web apps", "Backend.functionApp(...)", "node, python, dotnet, java and php"],
    ],
    [
      "PHP in a function app",
      () => Backend.functionApp({ ...CREATED, runtime: AppRuntime.php("8.3") }),
      ["AppRuntime.php(...) for function apps", "Backend.webApp(...)", "node, python, dotnet, java and powershell"],
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
