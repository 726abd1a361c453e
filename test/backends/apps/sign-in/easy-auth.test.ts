import { Aspects, TerraformStack } from "cdktf";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { Backend } from "cdktf-secure-apim-backend";
import { refusal } from "../../../helpers/refusal";
import { findings, only, stackWithProviders, synth } from "../../../helpers/synth";
import { OWN_FUNCTION_APP } from "../../kinds";
import { CREATED, secure } from "../behind-gateway";

/* A sign-in that azurerm writes, and one that is not what the library set. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const declaredApp = (): LinuxFunctionApp => new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP);
const lock = (app: LinuxFunctionApp): unknown => secure(stack, Backend.fromLinuxFunctionApp(app));

const CHANGED = refusal("sign-in-changed", '"app/App"', '"app/Orders/Backend"', "registration.grantInvoke(");
const IGNORED = refusal("guarded-attribute-ignored", '"app/App"', "auth_settings_v2");

test("it is set as a whole", () => {
  lock(declaredApp());
  const json = synth(stack);
  const clientId = `\${azuread_application.${Object.keys(json.resource.azuread_application)[0]}.client_id}`;
  expect(only(json, "azurerm_linux_function_app").auth_settings_v2).toEqual({
    auth_enabled: true,
    require_authentication: true,
    unauthenticated_action: "Return401",
    require_https: true,
    login: { token_store_enabled: false },
    active_directory_v2: {
      client_id: clientId,
      tenant_auth_endpoint:
        "https://login.microsoftonline.com/${data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id}/v2.0",
      allowed_audiences: [clientId],
      allowed_identities: ["${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"],
    },
  });
});

test("the gateway's policy comes after it", () => {
  lock(declaredApp());
  expect(only(synth(stack), "azurerm_api_management_api_policy").depends_on).toContain(
    "azurerm_linux_function_app.App",
  );
});

test("the app already has one of the first version", () => {
  const app = declaredApp();
  app.putAuthSettings({ enabled: true });
  expect(() => lock(app)).toThrow(
    refusal(
      "sign-in-already-set",
      "[app/Orders/Backend] ",
      '"app/App"',
      "has authSettings,",
      "Remove authSettings from the app",
    ),
  );
});

test.each<[string, (app: LinuxFunctionApp) => void]>([
  ["replaced", (app) => app.putAuthSettingsV2({ authEnabled: false, login: {} })],
  ["removed", (app) => app.resetAuthSettingsV2()],
  ["opened by an override", (app) => app.addOverride("auth_settings_v2.require_authentication", false)],
  ["widened by another identity provider", (app) => app.addOverride("auth_settings_v2.google_v2", { client_id: "x" })],
  ["joined by one of the first version", (app) => app.putAuthSettings({ enabled: true })],
])("it is %s", (_, open) => {
  const app = declaredApp();
  lock(app);
  open(app);
  expect(findings(stack)).toEqual([CHANGED]);
});

test("a created app is opened", () => {
  const backend = Backend.functionApp(CREATED);
  secure(stack, backend);
  backend.app.addOverride("auth_settings_v2.excluded_paths", ["/"]);
  expect(findings(stack)).toEqual([refusal("sign-in-changed", '"app/Orders/Backend/Resource"')]);
});

test("an aspect opens it", () => {
  const app = declaredApp();
  lock(app);
  Aspects.of(stack).add({ visit: (node) => node === app && app.resetAuthSettingsV2() });
  expect(findings(stack)).toEqual([CHANGED]);
});

test.each([
  ["auth_settings_v2.require_authentication", false, CHANGED],
  ["lifecycle.ignore_changes", ["all"], IGNORED],
])("the stack overrides %s of the app", (attribute, value, found) => {
  lock(declaredApp());
  stack.addOverride(`resource.azurerm_linux_function_app.App.${attribute}`, value);
  expect(findings(stack)).toEqual([found]);
});

describe("Terraform is told to ignore it", () => {
  test.each(["all" as const, ["auth_settings_v2"]])("by %j", (ignoreChanges) => {
    const app = declaredApp();
    app.lifecycle = { ignoreChanges };
    lock(app);
    expect(findings(stack)).toEqual([IGNORED]);
  });

  test("beside another override of the lifecycle", () => {
    const app = declaredApp();
    app.lifecycle = { ignoreChanges: ["auth_settings_v2"] };
    lock(app);
    stack.addOverride("resource.azurerm_linux_function_app.App.lifecycle.prevent_destroy", true);
    expect(findings(stack)).toEqual([IGNORED]);
  });

  test("beside an override that ignores something else: cdktf appends lists", () => {
    const app = declaredApp();
    app.lifecycle = { ignoreChanges: ["auth_settings_v2"] };
    lock(app);
    stack.addOverride("resource.azurerm_linux_function_app.App.lifecycle.ignore_changes", ["tags"]);
    expect(findings(stack)).toEqual([IGNORED]);
    app.lifecycle = undefined;
    expect(only(synth(stack), "azurerm_linux_function_app").lifecycle).toEqual({ ignore_changes: ["tags"] });
  });
});
