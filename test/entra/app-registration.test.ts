import { TerraformOutput, TerraformStack } from "cdktf";
import { AppRegistration, Caller, InvokeAssignment } from "cdktf-secure-apim-backend";
import { registrationOf } from "../../lib/entra/registration-of";
import { useRegistration } from "../../lib/entra/registration-use";
import { refusal } from "../helpers/refusal";
import { annotations, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const OBJECT = "99999999-2222-3333-4444-555555555555";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

describe("a new registration", () => {
  test("has version 2 tokens, one app role, and requires assignment", () => {
    const registration = new AppRegistration(stack, "Registration");
    const json = synth(stack);
    expect(only(json, "azuread_application")).toEqual({
      display_name: "app/Registration",
      sign_in_audience: "AzureADMyOrg",
      api: { requested_access_token_version: 2 },
      app_role: [
        {
          id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
          value: "Invoke",
          display_name: "Invoke",
          description: "May call the API.",
          allowed_member_types: ["Application"],
          enabled: true,
        },
      ],
    });
    expect(only(json, "azuread_service_principal")).toEqual({
      client_id: "${azuread_application.Registration_8466E9D0.client_id}",
      app_role_assignment_required: true,
    });
    expect(registration.allowedAudiences).toEqual([registration.clientId]);
    expect(registration.tokenResource).toBe(registration.clientId);
  });

  test("takes its name, owners and role id", () => {
    const owners = [GUID];
    new AppRegistration(stack, "Registration", { displayName: "Orders", owners, appRoleId: GUID });
    const json = synth(stack);
    expect(only(json, "azuread_application")).toMatchObject({
      display_name: "Orders",
      owners,
      app_role: [{ id: GUID }],
    });
    expect(only(json, "azuread_service_principal").owners).toEqual(owners);
  });

  test("has what was created at hand for anything else", () => {
    const registration = new AppRegistration(stack, "Registration");
    registration.application.notes = "owned by the orders team";
    registration.servicePrincipal.loginUrl = "https://orders.contoso.com";
    const json = synth(stack);
    expect(only(json, "azuread_application").notes).toBe("owned by the orders team");
    expect(only(json, "azuread_service_principal").login_url).toBe("https://orders.contoso.com");
  });

  test("assigns its own role to callers", () => {
    const registration = new AppRegistration(stack, "Registration", { appRoleId: GUID });
    const grant = registration.grantInvoke(Caller.servicePrincipal(GUID, "job"));
    expect(grant.dependencies).toEqual([grant.assignment]);
    expect(only(synth(stack), "azuread_app_role_assignment")).toEqual({
      app_role_id: GUID,
      principal_object_id: GUID,
      resource_object_id: "${azuread_service_principal.Registration_ServicePrincipal_17B14DE1.object_id}",
    });
  });

  test("of an app is named after the stack and the app", () => {
    registrationOf(stack, {}, "orders");
    expect(only(synth(stack), "azuread_application").display_name).toBe("app/orders");
  });
});

describe("a registration from its attributes", () => {
  test("writes nothing to Entra ID if the role is assigned elsewhere, and says why", () => {
    const registration = AppRegistration.fromAttributes(stack, "R", {
      clientId: GUID,
      tenantId: GUID,
      assignment: InvokeAssignment.managedElsewhere("ticket 12"),
    });
    const grant = registration.grantInvoke(Caller.servicePrincipal(GUID));
    expect([grant.assignment, grant.dependencies]).toEqual([undefined, []]);
    expect(registration).toMatchObject({
      clientId: GUID,
      tokenResource: GUID,
      allowedAudiences: [GUID],
      tenantId: GUID,
    });
    expect(annotations(stack)).toEqual(["info: The app role is assigned elsewhere: ticket 12"]);
    const { resource, data } = synth(stack);
    expect([resource, data]).toEqual([undefined, undefined]);
  });

  test("is in the tenant that Terraform is signed in to, unless another one is given", () => {
    const assignment = InvokeAssignment.managedElsewhere("ticket 12");
    const { tenantId } = AppRegistration.fromAttributes(stack, "R", { clientId: GUID, assignment });
    new TerraformOutput(stack, "tenant", { value: tenantId, staticId: true });
    expect(synth(stack).output.tenant.value).toBe(
      "${data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id}",
    );
  });

  test.each<[string, string | undefined, string]>([
    ["the default access", undefined, "00000000-0000-0000-0000-000000000000"],
    ["a role", GUID, GUID],
  ])("assigns %s on an existing service principal", (_, role, id) => {
    const assignment = InvokeAssignment.onServicePrincipal(OBJECT, role);
    AppRegistration.fromAttributes(stack, "R", { clientId: GUID, assignment }).grantInvoke(
      Caller.servicePrincipal(GUID),
    );
    expect(only(synth(stack), "azuread_app_role_assignment")).toEqual({
      app_role_id: id,
      principal_object_id: GUID,
      resource_object_id: OBJECT,
    });
  });

  test("is refused by its URI", () => {
    const assignment = InvokeAssignment.managedElsewhere("ticket 12");
    expect(() => AppRegistration.fromAttributes(stack, "R", { clientId: "api://orders", assignment })).toThrow(
      refusal("invalid-client-id", "[app/R]", '"api://orders"', '"Application (client) ID"'),
    );
  });
});

test("an assignment that is managed elsewhere without a reason is refused", () => {
  expect(() => new AppRegistration(stack, "R", { assignment: InvokeAssignment.managedElsewhere("") })).toThrow(
    refusal("missing-reason", "[app/R]", "InvokeAssignment.managedElsewhere"),
  );
});

describe("a registration is used", () => {
  const registration = (): AppRegistration => new AppRegistration(stack, "R");

  test.each(["app", "api"] as const)("for one %s and another", (kind) => {
    const shared = registration();
    useRegistration(shared, shared, kind);
    expect(() => useRegistration(stack, shared, kind)).not.toThrow();
  });

  test.each([["app", "api"] as const, ["api", "app"] as const])("not for an %s and an %s", (first, second) => {
    const shared = registration();
    useRegistration(shared, shared, first);
    expect(() => useRegistration(stack, shared, second)).toThrow(
      refusal("registration-for-both", 'Registration "app/R"', 'the other use is at "app/R"'),
    );
  });
});
