import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  ApimGateway,
  ApimSku,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  Backend,
  GatewayIdentity,
  ICaller,
  IApimGateway,
  InvokeAssignment,
  SecureApimBackend,
  StorageAccountRef,
  UserAssignedIdentityRef,
} from "cdktf-secure-apim-backend";
import { IDENTITY, NEW } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

/* Identities that are granted what the gateway's identity is granted, so that the identity can be switched without an outage. */

const SYSTEM = "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}";
const OTHER = "aaaaaaaa-2222-3333-4444-555555555555";
const EXISTING = { apimName: "contoso", resourceGroupName: "platform" };
const system = GatewayIdentity.SYSTEM_ASSIGNED;
const user = GatewayIdentity.userAssigned(IDENTITY);
const ACCOUNT =
  "/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files";

let stack: TerraformStack;
beforeEach(() => {
  stack = stackWithProviders();
});

const app = () => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
const secured = (gateway: IApimGateway): Json => {
  new SecureApimBackend(stack, "Orders", { gateway, backend: app() });
  return synth(stack);
};
const admitted = (json: Json): string[] =>
  only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.allowed_identities;
const created = (props: object): IApimGateway => new ApimGateway(stack, "Gateway", { ...NEW, ...props });
const given = (attributes: object): IApimGateway =>
  ApimGateway.fromAttributes(stack, `Gateway${stack.node.children.length}`, {
    ...EXISTING,
    sku: ApimSku.BASIC,
    principalId: OTHER,
    ...attributes,
  });

describe("a new gateway", () => {
  test("has them, its backends admit them, and it calls with its own", () => {
    const json = secured(created({ grantedIdentities: [user] }));
    expect(only(json, "azurerm_api_management").identity).toEqual({
      type: "SystemAssigned, UserAssigned",
      identity_ids: [IDENTITY.id],
    });
    expect(admitted(json)).toEqual([IDENTITY.principalId, SYSTEM]);
    const granted = Object.values<Json>(all(json, "azuread_app_role_assignment")).map(
      (each) => each.principal_object_id,
    );
    expect(granted.sort()).toEqual([SYSTEM, IDENTITY.principalId]);
    expect(only(json, "azurerm_api_management_api_policy").xml_content).not.toContain("client-id=");
  });

  test("has the role of each on an Azure service", () => {
    const account = StorageAccountRef.fromAttributes({
      id: ACCOUNT,
      primaryBlobEndpoint: "https://files.blob.core.windows.net/",
    });
    const backend = Backend.blobStorage(account);
    new SecureApimBackend(stack, "Files", { gateway: created({ grantedIdentities: [user] }), backend });
    const assignments = Object.values<Json>(all(synth(stack), "azurerm_role_assignment"));
    expect(assignments.map(({ principal_id, scope }) => [principal_id, scope])).toEqual([
      [IDENTITY.principalId, ACCOUNT],
      [SYSTEM, ACCOUNT],
    ]);
    expect(backend.roleAssignment?.node.path).toContain("/Gateway/");
  });

  test("is admitted with each by an API of another gateway", () => {
    const gateway = created({ grantedIdentities: [user] });
    const inner = new ApimGateway(stack, "Inner", NEW);
    new SecureApimBackend(stack, "Stock", { gateway: inner, backend: app(), callers: { allowed: [gateway] } });
    const policy: string = only(synth(stack), "azurerm_api_management_api_policy").xml_content;
    expect(policy).toContain(`<value>${SYSTEM}</value>`);
    expect(policy).toContain(`<value>${IDENTITY.principalId}</value>`);
  });

  test("is admitted in the same order whichever of them it calls with", () => {
    const policies = [
      { identity: system, grantedIdentities: [user] },
      { identity: user, grantedIdentities: [system] },
    ].map((props) => {
      stack = stackWithProviders();
      const inner = new ApimGateway(stack, "Inner", NEW);
      const callers = { allowed: [created(props)] };
      new SecureApimBackend(stack, "Stock", { gateway: inner, backend: app(), callers });
      const policy: string = only(synth(stack), "azurerm_api_management_api_policy").xml_content;
      return /<claim name="oid"[^]*<\/claim>/.exec(policy)?.[0].match(/[^>]+(?=<\/value>)/g);
    });
    expect(policies).toEqual([
      [IDENTITY.principalId, SYSTEM],
      [IDENTITY.principalId, SYSTEM],
    ]);
  });

  test.each<[string, object]>([
    ["its own", { grantedIdentities: [system] }],
    ["the one that it calls with", { identity: user, grantedIdentities: [system, user] }],
    [
      "the same one in another object",
      { identity: user, grantedIdentities: [GatewayIdentity.userAssigned({ ...IDENTITY })] },
    ],
    [
      "the same one in capital letters",
      {
        identity: GatewayIdentity.userAssigned({ ...IDENTITY, principalId: OTHER }),
        grantedIdentities: [GatewayIdentity.userAssigned({ ...IDENTITY, principalId: OTHER.toUpperCase() })],
      },
    ],
  ])("does not list %s", (_, props) => {
    expect(() => created(props)).toThrow(refusal("granted-identity-calls", "[app/Gateway]"));
  });

  test("does not list what it calls with by the attributes of the same object", () => {
    const next = new UserAssignedIdentity(stack, "Next", { name: "a", resourceGroupName: "b", location: "c" });
    const { id, principalId, clientId } = next;
    const attributes = UserAssignedIdentityRef.fromAttributes({ id, principalId, clientId });
    const grantedIdentities = [GatewayIdentity.userAssigned(attributes)];
    expect(() => created({ identity: GatewayIdentity.userAssigned(next), grantedIdentities })).toThrow(
      refusal("granted-identity-calls"),
    );
  });

  test.each<[string, GatewayIdentity[]]>([
    [IDENTITY.principalId, [user, GatewayIdentity.userAssigned({ ...IDENTITY })]],
    ["system-assigned", [system, system]],
  ])("does not list %s twice", (name, grantedIdentities) => {
    const identity = GatewayIdentity.userAssigned({ ...IDENTITY, principalId: OTHER });
    expect(() => created({ identity, grantedIdentities })).toThrow(
      refusal("identity-granted-twice", "[app/Gateway]", `"${name}"`),
    );
  });

  test.each([[undefined], [null], [IDENTITY]])("takes no %j for an identity of a list", (entry) => {
    for (const name of ["grantedIdentities", "additionalIdentities"]) {
      expect(() => new ApimGateway(stack, name, { ...NEW, identity: user, [name]: [entry] })).toThrow(
        refusal("wrong-value", `an entry of ${name}`, "GatewayIdentity.userAssigned(...)"),
      );
    }
  });

  test("says of each identity that its role is assigned elsewhere", () => {
    const registration = new AppRegistration(stack, "Registration");
    const gateway = created({ grantedIdentities: [user] });
    registration.grantInvoke(gateway, InvokeAssignment.managedElsewhere("ticket 7"));
    expect(annotations(stack)).toEqual([
      'info: The app role of caller "Gateway" is assigned elsewhere: ticket 7',
      `info: The app role of caller "${IDENTITY.principalId}" is assigned elsewhere: ticket 7`,
    ]);
  });
});

test("an existing gateway must have all of them at plan", () => {
  secured(ApimGateway.fromLookup(stack, "Gateway", { ...EXISTING, grantedIdentities: [user] }));
  const { lifecycle } = only(synth(stack), "azurerm_api_management");
  expect(lifecycle.postcondition.map(({ error_message }: Json) => error_message)).toEqual([
    expect.stringContaining("(gateway-without-system-assigned-identity)"),
    expect.stringContaining("(gateway-without-user-assigned-identity)"),
  ]);
});

describe("a gateway that is given by its attributes", () => {
  test("is admitted with each", () => {
    expect(admitted(secured(given({ grantedIdentities: [user] })))).toEqual([IDENTITY.principalId, OTHER]);
  });

  test("needs the object ID of its system-assigned identity", () => {
    const { principalId, clientId } = IDENTITY;
    const attributes = { principalId, clientId, grantedIdentities: [system] };
    expect(() => given(attributes)).toThrow(refusal("system-assigned-identity-unknown", "[app/Gateway"));
    expect(() => given({ ...attributes, systemAssignedPrincipalId: "contoso" })).toThrow(
      refusal("invalid-object-id", '"contoso"'),
    );
    expect(() => given({ principalId, systemAssignedPrincipalId: OTHER })).toThrow(
      refusal("two-system-assigned-identities", "[app/Gateway"),
    );
    const gateway = given({ ...attributes, systemAssignedPrincipalId: OTHER });
    expect(admitted(secured(gateway)).sort()).toEqual([IDENTITY.principalId, OTHER]);
  });
});

test("your own ApiManagement object must have all of them", () => {
  const service = new ApiManagement(stack, "Apim", {
    name: "contoso",
    resourceGroupName: "platform",
    location: "westeurope",
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    skuName: "Basic_1",
    identity: { type: "SystemAssigned" },
  });
  const gateway = ApimGateway.fromApiManagement(stack, "Gateway", service, { grantedIdentities: [user] });
  new SecureApimBackend(stack, "Orders", { gateway, backend: app() });
  expect(findings(stack)).toEqual([
    refusal("declared-gateway-without-identity", "app/Apim", "SystemAssigned, UserAssigned"),
  ]);
});

test("one API after the other can call with the next identity, which the service has", () => {
  const gateway = new ApimGateway(stack, "Gateway", { ...NEW, grantedIdentities: [user] });
  const next = ApimGateway.fromApiManagement(stack, "Next", gateway.apiManagement, {
    identity: user,
    grantedIdentities: [system],
  });
  new SecureApimBackend(stack, "Orders", { gateway, backend: app() });
  new SecureApimBackend(stack, "Stock", { gateway: next, backend: app() });
  const policies = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_policy"));
  expect(policies.map(({ xml_content }) => xml_content.includes(`client-id="${IDENTITY.clientId}"`))).toEqual([
    false,
    true,
  ]);
});

test("a second gateway object for a created gateway shares its paths", () => {
  const gateway = new ApimGateway(stack, "Gateway", NEW);
  const next = ApimGateway.fromApiManagement(stack, "Next", gateway.apiManagement);
  const surface = () => ApiSurface.wildcard({ path: "orders" });
  new SecureApimBackend(stack, "Orders", { gateway, backend: app(), surface: surface() });
  expect(() => new SecureApimBackend(stack, "Stock", { gateway: next, backend: app(), surface: surface() })).toThrow(
    refusal("path-taken", '"orders"'),
  );
});

describe("a caller of your own kind", () => {
  const caller = (otherIdentities: unknown): ICaller => ({
    bindCaller: (_scope: Construct) =>
      ({ principalId: OTHER, label: "job", otherIdentities }) as ReturnType<ICaller["bindCaller"]>,
  });

  test("is admitted with all of its identities", () => {
    const registration = new AppRegistration(stack, "Registration");
    registration.grantInvoke(caller([{ principalId: IDENTITY.principalId, label: "next" }]));
    const assignments = Object.values<Json>(all(synth(stack), "azuread_app_role_assignment"));
    expect(assignments.map((each) => each.principal_object_id)).toEqual([OTHER, IDENTITY.principalId]);
  });

  test.each<[string, unknown, string]>([
    ["one identity", { principalId: OTHER, label: "next" }, "not-a-list"],
    ["an object ID", [OTHER], "wrong-value"],
    ["an identity without a label", [{ principalId: OTHER }], "wrong-value"],
    ["no object ID", [{ principalId: "next", label: "next" }], "invalid-object-id"],
  ])("does not return %s", (_, otherIdentities, id) => {
    const registration = new AppRegistration(stack, "Registration");
    expect(() => registration.grantInvoke(caller(otherIdentities))).toThrow(refusal(id));
  });
});
