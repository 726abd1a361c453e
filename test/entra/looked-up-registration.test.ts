import { TerraformDataSource, TerraformStack } from "cdktf";
import {
  AppRegistration,
  AppRegistrationLookupProps,
  AppRuntime,
  Backend,
  Caller,
  IAppRegistration,
  InvokeAssignment,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { GATEWAYS } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { all, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const JOB = "99999999-2222-3333-4444-555555555555";
const APPLICATION = "data.azuread_application.Registration_8466E9D0";
const PRINCIPAL = "data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function lookedUp(props: Partial<AppRegistrationLookupProps> = {}): IAppRegistration {
  return AppRegistration.fromLookup(stack, "Registration", { clientId: CLIENT, ...props });
}

const idsOf = (data: Json): string[] =>
  data.lifecycle.postcondition.map(({ error_message: text }: Json) => /\(([a-z0-9-]+)\)$/.exec(text)?.[1]);

describe("a registration that is looked up", () => {
  test("is read by its client ID alone, and checked at plan", () => {
    lookedUp();
    const json = synth(stack);
    expect(only(json, "azuread_application")).toMatchObject({ client_id: CLIENT });
    expect(only(json, "azuread_service_principal")).toMatchObject({ client_id: `\${${APPLICATION}.client_id}` });
    expect(idsOf(only(json, "azuread_application"))).toEqual(["registration-with-version-1-tokens"]);
    expect(idsOf(only(json, "azuread_service_principal"))).toEqual([
      "registration-disabled",
      "registration-without-required-assignment",
      "registration-without-app-role",
    ]);
    expect(json.resource).toBeUndefined();
  });

  test("has its role assigned by this stack", () => {
    lookedUp({ appRole: "Orders.Call" }).grantInvoke(Caller.servicePrincipal(JOB, "job"));
    expect(only(synth(stack), "azuread_app_role_assignment")).toEqual({
      app_role_id: `\${${PRINCIPAL}.app_role_ids["Orders.Call"]}`,
      principal_object_id: JOB,
      resource_object_id: `\${${PRINCIPAL}.object_id}`,
    });
  });

  test("has its role assigned elsewhere, if someone says why", () => {
    lookedUp({ assignment: InvokeAssignment.managedElsewhere("ticket 12") }).grantInvoke(Caller.servicePrincipal(JOB));
    const json = synth(stack);
    expect(json.resource).toBeUndefined();
    expect(idsOf(only(json, "azuread_service_principal"))).not.toContain("registration-without-app-role");
  });

  test.each(Object.keys(GATEWAYS))("lets in nobody but %s, after the checks", (gateway) => {
    new SecureApimBackend(stack, "Orders", {
      gateway: GATEWAYS[gateway].make(stack),
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration: lookedUp() }),
    });
    const json = synth(stack);
    expect(only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2).toEqual({
      client_id: `\${${APPLICATION}.client_id}`,
      tenant_auth_endpoint: `https://login.microsoftonline.com/\${${PRINCIPAL}.application_tenant_id}/v2.0`,
      allowed_audiences: [`\${${APPLICATION}.client_id}`],
      allowed_identities: [GATEWAYS[gateway].caller],
    });
    expect(all(json, "azuread_application")).toEqual({});
    expect(only(json, "azuread_app_role_assignment").principal_object_id).toBe(GATEWAYS[gateway].caller);
  });

  test("cannot lose its checks", () => {
    lookedUp();
    for (const data of ["Resource", "ServicePrincipal"]) {
      const read = stack.node.findChild("Registration").node.findChild(data) as TerraformDataSource;
      read.lifecycle = undefined;
    }
    expect(findings(stack)).toHaveLength(2);
  });

  test.each<[string, Partial<AppRegistrationLookupProps>, string, string]>([
    ["by its name", { clientId: "orders" }, "invalid-client-id", '"orders"'],
    ["a role with a space", { appRole: "Call it" }, "invalid-name", '"Call it"'],
    ["a role in quotes", { appRole: 'a"b' }, "invalid-name", "letters"],
    ["a role that only Terraform knows", { appRole: "${var.role}" }, "literal-required", "appRole"],
  ])("is refused: %s", (_, props, id, value) => {
    expect(() => lookedUp(props)).toThrow(refusal(id, "[app/Registration]", value));
  });
});
