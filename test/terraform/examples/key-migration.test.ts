import { Testing } from "cdktf";
import { AcceptBoth, PreferIdentity, RefuseKey, RemoveKey } from "../../../examples/key-migration";
import { Json } from "../../helpers/synth";
import { plansInSequence, written } from "./sequence";
import { withProviders } from "./stack";

/* What docs/guides/from-keys-to-identity.md says of the plans of its phases. Names come from the stack, which is the same in all. */

const VARIABLES = {
  apim_name: "contoso",
  apim_resource_group: "platform",
  key_vault_name: "contoso-secrets",
  key_vault_resource_group: "secrets",
};

/** The app and the API as they are before the first phase: without a sign-in, a registration and a grant. */
function today(): Json {
  const json = written(new AcceptBoth(Testing.app(), "orders"));
  const { azuread_application, azuread_service_principal, azuread_app_role_assignment, ...resource } = json.resource;
  const { auth_settings_v2, lifecycle, ...app } = resource.azurerm_linux_function_app.OrdersApp;
  expect([
    azuread_application,
    azuread_service_principal,
    azuread_app_role_assignment,
    auth_settings_v2,
    lifecycle,
  ]).not.toContain(undefined);
  const [[name, policy]] = Object.entries<Json>(resource.azurerm_api_management_api_policy);
  const dependsOn = policy.depends_on.filter((each: string) => !each.startsWith("azuread"));
  const policies = { [name]: { ...policy, depends_on: dependsOn } };
  return {
    ...json,
    resource: {
      ...resource,
      azurerm_linux_function_app: { OrdersApp: app },
      azurerm_api_management_api_policy: policies,
    },
  };
}

withProviders("moving from a key to the gateway's identity", () => {
  let plans: ReturnType<typeof plansInSequence>;
  beforeAll(() => {
    plans = plansInSequence(
      "key-migration",
      {
        today: today(),
        "accept-both": written(new AcceptBoth(Testing.app(), "orders")),
        "prefer-identity": written(new PreferIdentity(Testing.app(), "orders")),
        "refuse-key": written(new RefuseKey(Testing.app(), "orders")),
        "remove-key": written(new RemoveKey(Testing.app(), "orders")),
      },
      VARIABLES,
    );
  });

  test("1. the gateway is granted access, and the app accepts a token beside the key", () => {
    expect(plans["accept-both"]).toEqual([
      "create: azuread_app_role_assignment",
      "create: azuread_application",
      "create: azuread_service_principal",
      "update: azurerm_linux_function_app",
    ]);
  });

  test("2. the gateway sends its token", () => {
    expect(plans["prefer-identity"]).toEqual(["update: azurerm_api_management_api_policy"]);
  });

  test("3. the app refuses a key alone", () => {
    expect(plans["refuse-key"]).toEqual(["update: azurerm_linux_function_app"]);
  });

  test("4. the gateway no longer sends the key", () => {
    expect(plans["remove-key"]).toEqual(["update: azurerm_api_management_api_policy"]);
  });
});
