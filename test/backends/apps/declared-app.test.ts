import { Aspects, TerraformStack } from "cdktf";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { Backend, IApimBackend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { annotations, GROUP, only, stackWithProviders, synth } from "../../helpers/synth";
import { OWN_APP, OWN_FLEX_APP, OWN_FUNCTION_APP } from "../kinds";
import { gatewayOf, secure } from "./behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

describe("an app that the user declares", () => {
  const OPEN = {
    name: "invoices",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    servicePlanId: "plan",
    siteConfig: {},
  };
  const CLOSED = {
    ...OPEN,
    httpsOnly: true,
    ftpPublishBasicAuthenticationEnabled: false,
    webdeployPublishBasicAuthenticationEnabled: false,
  };

  test("gets its sign-in set, and nothing else", () => {
    const app = new LinuxFunctionApp(stack, "App", { ...CLOSED, storageAccountName: "invoices" });
    const before = synth(stack).resource.azurerm_linux_function_app.App;
    secure(stack, Backend.fromLinuxFunctionApp(app));
    const { auth_settings_v2, ...rest } = only(synth(stack), "azurerm_linux_function_app");
    expect(rest).toEqual(before);
    expect(auth_settings_v2.unauthenticated_action).toBe("Return401");
    expect(annotations(stack)).toEqual([]);
  });

  test("is called below /api if it is a function app, and at its root if it is a web app", () => {
    secure(
      stack,
      Backend.fromLinuxFunctionApp(new LinuxFunctionApp(stack, "App", { ...CLOSED, storageAccountName: "s" })),
    );
    expect(only(synth(stack), "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_linux_function_app.App.default_hostname}/api",
    );
    stack = stackWithProviders();
    secure(stack, Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", CLOSED)));
    expect(only(synth(stack), "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_linux_web_app.App.default_hostname}",
    );
  });

  test("is warned about what an aspect opens, also one that was added later", () => {
    const app = new LinuxWebApp(stack, "App", CLOSED);
    secure(stack, Backend.fromLinuxWebApp(app));
    Aspects.of(app).add({ visit: () => void (app.httpsOnly = false) });
    synth(stack);
    expect(annotations(stack)).toEqual([refusal("app-bypasses-sign-in", "Set on it: httpsOnly: true.")]);
  });

  test("is warned about what stands open beside the sign-in, by the name of the attribute", () => {
    secure(stack, Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", { ...OPEN, httpsOnly: true })));
    synth(stack);
    expect(annotations(stack)).toEqual([
      refusal(
        "app-bypasses-sign-in",
        "warn: ",
        "ftpPublishBasicAuthenticationEnabled: false, webdeployPublishBasicAuthenticationEnabled: false",
      ),
    ]);
    expect(annotations(stack)[0]).not.toContain("httpsOnly");
  });

  test("is not warned about what is closed later", () => {
    const app = new LinuxWebApp(stack, "App", OPEN);
    secure(stack, Backend.fromLinuxWebApp(app));
    app.httpsOnly = true;
    app.ftpPublishBasicAuthenticationEnabled = false;
    app.webdeployPublishBasicAuthenticationEnabled = false;
    synth(stack);
    expect(annotations(stack)).toEqual([]);
  });
});

type DeclaredApp = LinuxFunctionApp | LinuxWebApp | WindowsFunctionApp | WindowsWebApp | FunctionAppFlexConsumption;

const DECLARED: [string, () => DeclaredApp, () => IApimBackend][] = [
  [
    "fromLinuxFunctionApp",
    () => new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP),
    () => Backend.fromLinuxFunctionApp(stack.node.findChild("App") as LinuxFunctionApp),
  ],
  [
    "fromLinuxWebApp",
    () => new LinuxWebApp(stack, "App", OWN_APP),
    () => Backend.fromLinuxWebApp(stack.node.findChild("App") as LinuxWebApp),
  ],
  [
    "fromWindowsFunctionApp",
    () => new WindowsFunctionApp(stack, "App", OWN_FUNCTION_APP),
    () => Backend.fromWindowsFunctionApp(stack.node.findChild("App") as WindowsFunctionApp),
  ],
  [
    "fromWindowsWebApp",
    () => new WindowsWebApp(stack, "App", OWN_APP),
    () => Backend.fromWindowsWebApp(stack.node.findChild("App") as WindowsWebApp),
  ],
  [
    "fromFlexFunctionApp",
    () => new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP),
    () => Backend.fromFlexFunctionApp(stack.node.findChild("App") as FunctionAppFlexConsumption),
  ],
];

describe.each(DECLARED)("an app for %s", (factory, make, backend) => {
  test("that has a sign-in already", () => {
    make().putAuthSettingsV2({ authEnabled: true, login: {} });
    expect(() => secure(stack, backend())).toThrow(
      refusal("sign-in-already-set", "[app/Orders/Backend] ", '"app/App"', "authSettingsV2", "Backend.url(...)"),
    );
  });

  test("that is a backend already", () => {
    make();
    secure(stack, backend());
    expect(() => secure(stack, backend(), "Billing")).toThrow(
      refusal(
        "app-locked-twice",
        "[app/Billing/Backend] ",
        '"app/App"',
        '"app/Orders/Backend"',
        "Backend.url(first.backendUrl",
      ),
    );
  });

  test("that is in another stack, which could be deployed neither before nor after", () => {
    make();
    const other = new TerraformStack(stack.node.root, "other");
    const gateway = gatewayOf(stack);
    expect(() => new SecureApimBackend(other, "Orders", { gateway, backend: backend() })).toThrow(
      refusal("app-in-another-stack", "[other/Orders/Backend] ", '"app/App"'),
    );
  });

  test("that is bound twice", () => {
    make();
    const same = backend();
    secure(stack, same);
    expect(() => secure(stack, same, "Billing")).toThrow(
      refusal("backend-bound-twice", "[app/Billing/Backend] ", `Backend.${factory}(...)`, '"app/Orders/Backend"'),
    );
  });
});

test("a declared app on Flex Consumption is warned about what it has, not about FTP, which it does not have", () => {
  const app = new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP);
  app.resetHttpsOnly();
  app.resetWebdeployPublishBasicAuthenticationEnabled();
  secure(stack, Backend.fromFlexFunctionApp(app));
  synth(stack);
  expect(annotations(stack)).toEqual([
    refusal("app-bypasses-sign-in", "warn: ", "httpsOnly: true, webdeployPublishBasicAuthenticationEnabled: false"),
  ]);
});

test.each([
  ["fromLinuxWebApp", "fromLinuxFunctionApp"],
  ["fromWindowsWebApp", "fromLinuxWebApp"],
  ["fromLinuxFunctionApp", "fromWindowsFunctionApp"],
  ["fromWindowsFunctionApp", "fromFlexFunctionApp"],
] as const)("Backend.%s does not take an app for Backend.%s", (factory, right) => {
  const apps = {
    fromLinuxFunctionApp: () => new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP),
    fromWindowsFunctionApp: () => new WindowsFunctionApp(stack, "App", OWN_FUNCTION_APP),
    fromFlexFunctionApp: () => new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP),
    fromLinuxWebApp: () => new LinuxWebApp(stack, "App", OWN_APP),
  };
  const backend = Backend[factory] as (app: unknown) => IApimBackend;
  expect(() => secure(stack, backend(apps[right]()))).toThrow(
    refusal("app-of-another-type", "[app/Orders/Backend] ", `Backend.${factory}(app)`, `Write Backend.${right}(app).`),
  );
});
