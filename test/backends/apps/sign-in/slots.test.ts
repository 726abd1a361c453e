import { TerraformStack, TerraformVariable } from "cdktf";
import { DataAzurermLinuxFunctionApp } from "@cdktf/provider-azurerm/lib/data-azurerm-linux-function-app";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import {
  ApimGateway,
  AppRuntime,
  Backend,
  Caller,
  IApimBackend,
  IApimGateway,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { annotations, findings, GROUP, messageOf, only, stackWithProviders, synth } from "../../../helpers/synth";
import { OWN_APP, OWN_FUNCTION_APP, OWN_SLOT } from "../../kinds";

const GUID = "11111111-2222-3333-4444-555555555555";
const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
});

const ownApp = (id = "App"): LinuxFunctionApp => new LinuxFunctionApp(stack, id, OWN_FUNCTION_APP);
const slotOf = (app: LinuxFunctionApp, id = "Staging"): LinuxFunctionAppSlot =>
  new LinuxFunctionAppSlot(stack, id, { ...OWN_SLOT, functionAppId: app.id });
const secure = (backend: IApimBackend, id = "Orders"): SecureApimBackend =>
  new SecureApimBackend(stack, id, { gateway, backend });

const notLocked = (slot: string, app: string, factory: string): string =>
  `[app/Orders/Backend] The slot "${slot}" of the app "${app}" has an address of its own, and no sign-in that this library ` +
  `set: somebody other than the granted callers could get in. Write Backend.${factory}(app, { slots: [slot] }), where both ` +
  `are objects of your own.`;

describe("a slot", () => {
  test("gets the sign-in of its app, later callers included, and nothing else", () => {
    const app = ownApp();
    const slot = slotOf(app);
    const before = only(synth(stack), "azurerm_linux_function_app_slot");
    const orders = secure(Backend.fromLinuxFunctionApp(app, { slots: [slot] }));
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
    secure(Backend.fromLinuxWebApp(app, { slots: [slot] }));
    synth(stack);
    expect(annotations(stack)).toEqual([
      "warn: This app accepts more than its sign-in suggests. Set on it: httpsOnly: true, " +
        "ftpPublishBasicAuthenticationEnabled: false, webdeployPublishBasicAuthenticationEnabled: false. It is your object, " +
        "so it was left as it is.",
    ]);
  });

  test("may be given twice, and may be one of several", () => {
    const app = ownApp();
    const [first, second] = [slotOf(app, "First"), slotOf(app, "Second")];
    secure(Backend.fromLinuxFunctionApp(app, { slots: [first, second, first] }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("whose app only Terraform knows is taken for the right one", () => {
    const appId = new TerraformVariable(stack, "app_id", { type: "string" }).stringValue;
    const slot = new LinuxFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: appId });
    secure(Backend.fromLinuxFunctionApp(ownApp(), { slots: [slot] }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("whose app is looked up by a data source is taken for the right one", () => {
    const found = new DataAzurermLinuxFunctionApp(stack, "Found", { name: "invoices", resourceGroupName: GROUP.name });
    const slot = new LinuxFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: found.id });
    secure(Backend.fromLinuxFunctionApp(ownApp(), { slots: [slot] }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("of an app that nobody locked is left alone", () => {
    slotOf(ownApp("Other"));
    secure(Backend.fromLinuxFunctionApp(ownApp()));
    expect(() => synth(stack)).not.toThrow();
  });

  test("of an app whose name begins alike is left alone", () => {
    slotOf(ownApp("App2"));
    secure(Backend.fromLinuxFunctionApp(ownApp("App")));
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("a slot that is open", () => {
  test("since nobody locked it, even when it is declared later", () => {
    const app = ownApp();
    secure(Backend.fromLinuxFunctionApp(app));
    slotOf(app);
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/App", "fromLinuxFunctionApp")]);
  });

  test("since it was forgotten beside another one", () => {
    const app = ownApp();
    secure(Backend.fromLinuxFunctionApp(app, { slots: [slotOf(app)] }));
    slotOf(app, "Forgotten");
    expect(findings(stack)).toEqual([notLocked("app/Forgotten", "app/App", "fromLinuxFunctionApp")]);
  });

  test("since an override put it at the app", () => {
    const app = ownApp();
    const slot = slotOf(ownApp("Other"));
    secure(Backend.fromLinuxFunctionApp(app));
    slot.addOverride("function_app_id", "${azurerm_linux_function_app.App.id}");
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/App", "fromLinuxFunctionApp")]);
  });

  test("of a Linux function app that is made here", () => {
    const backend = Backend.functionApp(MADE);
    secure(backend);
    new LinuxFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: backend.appId });
    const made = "app/Orders/Backend/Resource";
    expect(findings(stack)).toEqual([notLocked("app/Staging", made, "fromLinuxFunctionApp")]);
  });

  test("of a Windows function app that is made here", () => {
    const backend = Backend.windowsFunctionApp(MADE);
    secure(backend);
    new WindowsFunctionAppSlot(stack, "Staging", { ...OWN_SLOT, functionAppId: backend.appId });
    const made = "app/Orders/Backend/Resource";
    expect(findings(stack)).toEqual([notLocked("app/Staging", made, "fromWindowsFunctionApp")]);
  });

  test("of a Linux web app that is made here", () => {
    const backend = Backend.webApp(MADE);
    new LinuxWebAppSlot(stack, "Staging", { ...OWN_SLOT, appServiceId: backend.appId });
    secure(backend);
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/Orders/Backend/Resource", "fromLinuxWebApp")]);
  });

  test("of a Windows web app that is made here", () => {
    const backend = Backend.windowsWebApp(MADE);
    new WindowsWebAppSlot(stack, "Staging", { ...OWN_SLOT, appServiceId: backend.appId });
    secure(backend);
    expect(findings(stack)).toEqual([notLocked("app/Staging", "app/Orders/Backend/Resource", "fromWindowsWebApp")]);
  });

  test("since its sign-in was changed after it was locked", () => {
    const app = ownApp();
    const slot = slotOf(app);
    secure(Backend.fromLinuxFunctionApp(app, { slots: [slot] }));
    slot.addOverride("auth_settings_v2.require_authentication", false);
    expect(findings(stack)).toEqual([
      '[app/Orders/Backend] The sign-in of the app "app/Staging" was changed after it was locked: somebody other than the ' +
        "granted callers could get in. Remove what changes auth_settings_v2 or auth_settings on it (putAuthSettingsV2, " +
        "resetAuthSettingsV2, addOverride, an aspect). To let another caller in, write " +
        'registration.grantInvoke(Caller.servicePrincipal("...")).',
    ]);
  });
});

describe("a slot that is none of the app's", () => {
  test("but one of another app", () => {
    secure(Backend.fromLinuxFunctionApp(ownApp(), { slots: [slotOf(ownApp("Other"))] }));
    expect(findings(stack)).toEqual([
      '[app/Orders/Backend] The slot "app/Staging" is locked with the app "app/App", but it is one of ' +
        "azurerm_linux_function_app.Other. Write it in the slots of that app, which has a registration of its own.",
    ]);
  });

  test("and has a sign-in already", () => {
    const app = ownApp();
    const slot = slotOf(app);
    slot.putAuthSettingsV2({ authEnabled: true, login: {} });
    expect(messageOf(() => secure(Backend.fromLinuxFunctionApp(app, { slots: [slot] })))).toBe(
      '[app/Orders/Backend] The app "app/Staging" already has authSettingsV2, which would be replaced. Remove authSettingsV2 ' +
        "from it: the sign-in is set here. Or leave it to the app, and write Backend.url(...) with its address and audience.",
    );
  });

  test("and stands in another stack", () => {
    const app = ownApp();
    const other = new TerraformStack(stack.node.root, "other");
    const slot = new LinuxFunctionAppSlot(other, "Staging", { ...OWN_SLOT, functionAppId: app.id });
    expect(messageOf(() => secure(Backend.fromLinuxFunctionApp(app, { slots: [slot] })))).toBe(
      '[app/Orders/Backend] The app "other/Staging" is in another stack: its sign-in would need the gateway\'s identity, and ' +
        "the gateway the app's address, so that each stack had to be deployed before the other. Write the SecureApimBackend " +
        "in the stack of the app. The gateway may be in any other.",
    );
  });
});
