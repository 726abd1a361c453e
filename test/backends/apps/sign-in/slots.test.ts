import { Fn, TerraformLocal, TerraformStack, TerraformVariable, Token } from "cdktf";
import { DataAzurermLinuxFunctionApp } from "@cdktf/provider-azurerm/lib/data-azurerm-linux-function-app";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { Backend, Caller } from "cdktf-secure-apim-backend";
import { refusal } from "../../../helpers/refusal";
import { annotations, findings, GROUP, only, stackWithProviders, synth } from "../../../helpers/synth";
import { OWN_APP, OWN_FUNCTION_APP, OWN_SLOT } from "../../kinds";
import { CREATED, secure } from "../behind-gateway";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const ownApp = (id = "App"): LinuxFunctionApp => new LinuxFunctionApp(stack, id, OWN_FUNCTION_APP);
const slotOf = (app: LinuxFunctionApp, id = "Staging"): LinuxFunctionAppSlot =>
  new LinuxFunctionAppSlot(stack, id, { ...OWN_SLOT, functionAppId: app.id });

const notLocked = (slot: string, app: string, factory: string): unknown =>
  refusal(
    "slot-not-locked",
    "[app/Orders/Backend] ",
    `"${slot}"`,
    `"${app}"`,
    `Backend.${factory}(app, { slots: [slot] })`,
  );

describe("a slot", () => {
  test("gets the sign-in of its app, later callers included, and nothing else", () => {
    const app = ownApp();
    const slot = slotOf(app);
    const before = only(synth(stack), "azurerm_linux_function_app_slot");
    const orders = secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [slot] }));
    orders.registration?.grantInvoke(Caller.servicePrincipal(GUID));
    const json = synth(stack);
    const { auth_settings_v2, ...rest } = only(json, "azurerm_linux_function_app_slot");
    expect(rest).toEqual(before);
    expect(auth_settings_v2).toEqual(only(json, "azurerm_linux_function_app").auth_settings_v2);
    expect(auth_settings_v2.active_directory_v2.allowed_identities).toEqual([
      GUID,
      "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
    ]);
    expect(annotations(stack)).toEqual([]);
  });

  test("is warned about what stands open beside the sign-in", () => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const slot = new LinuxWebAppSlot(stack, "Staging", { name: "staging", appServiceId: app.id, siteConfig: {} });
    secure(stack, Backend.fromLinuxWebApp(app, { slots: [slot] }));
    synth(stack);
    expect(annotations(stack)).toEqual([
      refusal(
        "app-bypasses-sign-in",
        "httpsOnly: true, ftpPublishBasicAuthenticationEnabled: false, webdeployPublishBasicAuthenticationEnabled: false",
      ),
    ]);
  });

  test("may be given twice, and may be one of several", () => {
    const app = ownApp();
    const [first, second] = [slotOf(app, "First"), slotOf(app, "Second")];
    secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [first, second, first] }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("may be moved to another address, with its sign-in", () => {
    const app = ownApp();
    const [from, to] = [slotOf(app, "From"), slotOf(app, "To")];
    secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [from] }));
    to.addOverride(
      "auth_settings_v2",
      from.toTerraform().resource.azurerm_linux_function_app_slot.From.auth_settings_v2,
    );
    from.moveToId("azurerm_linux_function_app_slot.To");
    expect(() => synth(stack)).not.toThrow();
  });

  test("may be removed again: what is not written is not open", () => {
    const app = ownApp();
    secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [slotOf(app)] }));
    stack.node.tryRemoveChild("Staging");
    expect(synth(stack).resource.azurerm_linux_function_app_slot).toBeUndefined();
  });

  test("whose app only Terraform knows is taken for the right one", () => {
    const appId = new TerraformVariable(stack, "app_id", { type: "string" }).stringValue;
    const slot = new LinuxFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: appId });
    secure(stack, Backend.fromLinuxFunctionApp(ownApp(), { slots: [slot] }));
    expect(() => synth(stack)).not.toThrow();
    expect(annotations(slot)).toEqual([]);
  });

  test("whose app is looked up by a data source is taken for the right one", () => {
    const found = new DataAzurermLinuxFunctionApp(stack, "Found", { name: "invoices", resourceGroupName: GROUP.name });
    const slot = new LinuxFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: found.id });
    secure(stack, Backend.fromLinuxFunctionApp(ownApp(), { slots: [slot] }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("of an app that nobody locked is left alone", () => {
    const slot = slotOf(ownApp("Other"));
    secure(stack, Backend.fromLinuxFunctionApp(ownApp()));
    expect(() => synth(stack)).not.toThrow();
    expect(annotations(slot)).toEqual([]);
  });

  test("of an app whose name begins alike is left alone", () => {
    slotOf(ownApp("App2"));
    secure(stack, Backend.fromLinuxFunctionApp(ownApp("App")));
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("a slot that is open", () => {
  test("since nobody locked it, even when it is declared later", () => {
    const app = ownApp();
    secure(stack, Backend.fromLinuxFunctionApp(app));
    slotOf(app);
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/App", "fromLinuxFunctionApp")]);
  });

  test("since it was forgotten beside another one", () => {
    const app = ownApp();
    secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [slotOf(app)] }));
    slotOf(app, "Forgotten");
    expect(findings(stack)).toEqual([notLocked("app/Forgotten", "app/App", "fromLinuxFunctionApp")]);
  });

  test("since an override put it at the app", () => {
    const app = ownApp();
    const slot = slotOf(ownApp("Other"));
    secure(stack, Backend.fromLinuxFunctionApp(app));
    slot.addOverride("function_app_id", "${azurerm_linux_function_app.App.id}");
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/App", "fromLinuxFunctionApp")]);
  });

  test("of a Linux function app that is created", () => {
    const backend = Backend.functionApp(CREATED);
    secure(stack, backend);
    new LinuxFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: backend.appId });
    const created = "app/Orders/Backend/Resource";
    expect(findings(stack)).toEqual([notLocked("app/Staging", created, "fromLinuxFunctionApp")]);
  });

  test("of a Windows function app that is created", () => {
    const backend = Backend.windowsFunctionApp(CREATED);
    secure(stack, backend);
    new WindowsFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: backend.appId });
    const created = "app/Orders/Backend/Resource";
    expect(findings(stack)).toEqual([notLocked("app/Staging", created, "fromWindowsFunctionApp")]);
  });

  test("of a Linux web app that is created", () => {
    const backend = Backend.webApp(CREATED);
    new LinuxWebAppSlot(stack, "Staging", { ...OWN_SLOT, appServiceId: backend.appId });
    secure(stack, backend);
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/Orders/Backend/Resource", "fromLinuxWebApp")]);
  });

  test("of a Windows web app that is created", () => {
    const backend = Backend.windowsWebApp(CREATED);
    new WindowsWebAppSlot(stack, "Staging", { ...OWN_SLOT, appServiceId: backend.appId });
    secure(stack, backend);
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/Orders/Backend/Resource", "fromWindowsWebApp")]);
  });

  test("since its sign-in was changed after it was locked", () => {
    const app = ownApp();
    const slot = slotOf(app);
    secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [slot] }));
    slot.addOverride("auth_settings_v2.require_authentication", false);
    expect(findings(stack)).toEqual([refusal("sign-in-changed", '"app/Staging"')]);
  });
});

describe("a slot that is none of the app's", () => {
  test("but one of another app", () => {
    secure(stack, Backend.fromLinuxFunctionApp(ownApp(), { slots: [slotOf(ownApp("Other"))] }));
    expect(findings(stack)).toEqual([
      refusal(
        "slot-of-another-app",
        "[app/Orders/Backend] ",
        '"app/Staging"',
        '"app/App"',
        "azurerm_linux_function_app.Other",
      ),
    ]);
  });

  test("and has a sign-in already", () => {
    const app = ownApp();
    const slot = slotOf(app);
    slot.putAuthSettingsV2({ authEnabled: true, login: {} });
    expect(() => secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [slot] }))).toThrow(
      refusal("sign-in-already-set", "[app/Orders/Backend] ", '"app/Staging"', "authSettingsV2"),
    );
  });

  test("and stands in another stack", () => {
    const app = ownApp();
    const other = new TerraformStack(stack.node.root, "other");
    const slot = new LinuxFunctionAppSlot(other, "Staging", { ...OWN_SLOT, functionAppId: app.id });
    expect(() => secure(stack, Backend.fromLinuxFunctionApp(app, { slots: [slot] }))).toThrow(
      refusal("app-in-another-stack", "[app/Orders/Backend] ", '"other/Staging"'),
    );
  });
});

describe("a slot of a locked app that nobody listed", () => {
  const other = (): TerraformStack => new TerraformStack(stack.node.root, "other");
  const slotIn = (scope: TerraformStack, functionAppId: string): LinuxFunctionAppSlot =>
    new LinuxFunctionAppSlot(scope, "Hidden", { ...OWN_SLOT, functionAppId });
  const NOT_LOCKED = (slot: string) => [notLocked(slot, "app/App", "fromLinuxFunctionApp")];

  const lockApp = (): LinuxFunctionApp => {
    const app = ownApp();
    secure(stack, Backend.fromLinuxFunctionApp(app));
    return app;
  };

  test("is found in another stack", () => {
    slotIn(other(), lockApp().id);
    expect(findings(stack)).toEqual(NOT_LOCKED("other/Hidden"));
  });

  test("is found through a local value", () => {
    const local = new TerraformLocal(stack, "Id", lockApp().id);
    slotIn(stack, local.asString);
    expect(findings(stack)).toEqual(NOT_LOCKED("app/Hidden"));
  });

  test("is found through local values of other stacks", () => {
    const first = new TerraformLocal(stack, "First", lockApp().id);
    const second = new TerraformLocal(other(), "Second", first.asString);
    slotIn(second.cdktfStack, second.asString);
    expect(findings(stack)).toEqual(NOT_LOCKED("other/Hidden"));
  });

  test("is found in a function of Terraform, and in an expression", () => {
    slotIn(stack, Token.asString(Fn.trimspace(lockApp().id)));
    slotIn(other(), "x").addOverride("function_app_id", "${azurerm_linux_function_app.App.id}");
    expect(findings(stack)).toEqual(NOT_LOCKED("app/Hidden"));
  });

  test("is found by the id of a created app", () => {
    const backend = Backend.functionApp(CREATED);
    secure(stack, backend);
    slotIn(other(), backend.appId);
    expect(findings(stack)).toEqual([notLocked("other/Hidden", "app/Orders/Backend/Resource", "fromLinuxFunctionApp")]);
  });

  test("does not belong to an app of the same name in another stack", () => {
    lockApp();
    const scope = other();
    slotIn(scope, new LinuxFunctionApp(scope, "App", OWN_FUNCTION_APP).id);
    expect(() => synth(stack)).not.toThrow();
    expect(annotations(scope)).toEqual([]);
  });

  test.each<[string, () => string]>([
    ["a variable", () => new TerraformVariable(stack, "Variable", { type: "string" }).stringValue],
    ["an id", () => "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/invoices"],
    [
      "a data source",
      () => new DataAzurermLinuxFunctionApp(stack, "Data", { name: "invoices", resourceGroupName: "rg" }).id,
    ],
  ])("is a warning, once, if its app is known by %s", (_, id) => {
    lockApp();
    const slot = slotIn(stack, id());
    synth(stack);
    synth(stack);
    expect(annotations(slot)).toEqual([
      refusal("slot-of-unknown-app", "warn: ", "Backend.fromLinuxFunctionApp(app, {"),
    ]);
  });

  test("is a warning if its app is known by local values that refer to each other", () => {
    lockApp();
    new TerraformLocal(stack, "First", "${local.Second}");
    new TerraformLocal(stack, "Second", "${local.First}");
    const slot = slotIn(stack, "${local.First}");
    synth(stack);
    expect(annotations(slot)).toEqual([refusal("slot-of-unknown-app")]);
  });

  test("is no warning without a locked app of its type", () => {
    secure(stack, Backend.webApp(CREATED));
    const slot = slotIn(stack, "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/invoices");
    synth(stack);
    expect(annotations(slot)).toEqual([]);
  });

  test("is a warning beside an app of another state", () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/invoices";
    secure(stack, Backend.existingApp(id, "https://invoices.azurewebsites.net"));
    const slot = slotIn(stack, id);
    synth(stack);
    expect(annotations(slot)).toEqual([refusal("slot-of-unknown-app")]);
  });
});
