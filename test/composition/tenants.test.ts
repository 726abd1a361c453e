import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApimGateway,
  ApimSku,
  AppRegistration,
  Audience,
  Backend,
  GatewayIdentity,
  IApimGateway,
  IAppRegistration,
  InvokeAssignment,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";
import { NEW } from "../backends/gateways";

/* A managed identity gets no token of another tenant than its own. */

const GUID = "11111111-2222-3333-4444-555555555555";
const TENANT = "AAAAAAAA-2222-3333-4444-555555555555";
const OTHER = "bbbbbbbb-2222-3333-4444-555555555555";

let stack: TerraformStack;
beforeEach(() => (stack = stackWithProviders()));

const registrationIn = (tenantId?: string): IAppRegistration =>
  AppRegistration.fromAttributes(stack, "Registration", {
    clientId: GUID,
    tenantId,
    assignment: InvokeAssignment.managedElsewhere("the identity team assigns it"),
  });

const gatewayIn = (tenantId?: string): IApimGateway =>
  ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "platform",
    sku: ApimSku.BASIC,
    principalId: GUID,
    tenantId,
  });

/** What Terraform checks before the gateway's token goes to the backend. */
function conditionsWith(gateway: IApimGateway, registration: IAppRegistration): Json[] {
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.registration(registration)),
  });
  const { lifecycle } = only(synth(stack), "azurerm_api_management_backend");
  const conditions: Json[] = lifecycle?.precondition ?? [];
  return conditions.filter(({ error_message: message }) => message.includes("(registration-tenant-at-plan)"));
}

test("a registration of another tenant than the gateway's is refused", () => {
  expect(() => conditionsWith(gatewayIn(TENANT), registrationIn(OTHER))).toThrow(
    refusal("registration-of-another-tenant", "[app/Orders]", '"app/Registration"', `"${TENANT}"`, `"${OTHER}"`),
  );
});

test("one of the same tenant is right, whatever the case", () => {
  expect(conditionsWith(gatewayIn(TENANT), registrationIn(TENANT.toLowerCase()))).toEqual([]);
});

test("a tenant that is given by a domain is not compared", () => {
  expect(conditionsWith(gatewayIn(TENANT), registrationIn("contoso.onmicrosoft.com"))).toEqual([]);
});

test("the tenant of the providers needs no condition", () => {
  expect(conditionsWith(new ApimGateway(stack, "Gateway", NEW), registrationIn())).toEqual([]);
});

test.each<[string, () => IApimGateway, string]>([
  [
    "a new gateway",
    () => new ApimGateway(stack, "Gateway", NEW),
    "azurerm_api_management.Gateway_43CB3636.identity[0].tenant_id",
  ],
  [
    "an existing gateway",
    () => ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" }),
    "data.azurerm_api_management.Gateway_43CB3636.identity[0].tenant_id",
  ],
  [
    "a gateway known by its attributes",
    () => gatewayIn(),
    "data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id",
  ],
  [
    "a gateway with a user-assigned identity",
    () => {
      const identity = new UserAssignedIdentity(stack, "Identity", {
        name: "apim",
        resourceGroupName: GROUP.name,
        location: GROUP.location,
      });
      return new ApimGateway(stack, "Gateway", { ...NEW, identity: GatewayIdentity.userAssigned(identity) });
    },
    "azurerm_user_assigned_identity.Identity.tenant_id",
  ],
])("with %s, Terraform compares the tenants at plan", (_, make, tenant) => {
  expect(conditionsWith(make(), registrationIn(TENANT))).toEqual([
    { condition: `\${(lower("${TENANT}") == lower(${tenant}))}`, error_message: expect.any(String) },
  ]);
});

test("a tenant that only Terraform knows can be a domain, which is not compared", () => {
  const { stringValue } = new TerraformVariable(stack, "tenant", { type: "string" });
  const [{ condition }] = conditionsWith(gatewayIn(TENANT), registrationIn(stringValue));
  expect(condition).toBe(
    '${(!can(regex("(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.tenant)) || ' +
      `(lower(var.tenant) == lower("${TENANT}")))}`,
  );
});

test("a gateway in another subscription, whose provider can be in another tenant, is compared", () => {
  const provider = new AzurermProvider(stack, "platform", { alias: "platform", features: [{}] });
  const gateway = ApimGateway.fromLookup(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "platform",
    provider,
  });
  const [{ condition }] = conditionsWith(gateway, registrationIn());
  expect(condition).toContain("lower(data.azurerm_api_management.Gateway_43CB3636.identity[0].tenant_id)");
});

test("a tenant that another provider is signed in to is compared", () => {
  const provider = new AzurermProvider(stack, "partner", { alias: "partner", features: [{}] });
  const { tenantId } = new DataAzurermClientConfig(stack, "Partner", { provider });
  const [{ condition }] = conditionsWith(new ApimGateway(stack, "Gateway", NEW), registrationIn(tenantId));
  expect(condition).toContain("lower(data.azurerm_client_config.Partner.tenant_id)");
});

describe("a new registration is made where azuread is signed in to", () => {
  const created = (provider?: { tenantId: string }): Json => {
    stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new AzureadProvider(stack, "azuread", provider);
    new AppRegistration(stack, "Registration");
    return only(synth(stack), "azuread_application");
  };
  const signedIn = "data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id";

  test("which is compared with the tenant of azurerm, if it is named", () => {
    expect(created({ tenantId: OTHER }).lifecycle.precondition).toEqual([
      {
        condition: `\${(lower("${OTHER}") == lower(${signedIn}))}`,
        error_message: refusal("registration-provider-tenant-at-plan", "tenantId on both providers"),
      },
    ]);
    expect(created({ tenantId: "${var.tenant}" }).lifecycle.precondition[0].condition).toContain(`lower(${signedIn})`);
  });

  test.each([undefined, { tenantId: "contoso.com" }])("which is not compared as %j", (provider) => {
    expect(created(provider).lifecycle).toBeUndefined();
  });
});

test("a tenant of the provider of another stack is compared", () => {
  const other = new TerraformStack(stack.node.root, "other");
  new AzurermProvider(other, "azurerm", { features: [{}] });
  const { tenantId } = new AppRegistration(other, "Registration");
  expect(conditionsWith(new ApimGateway(stack, "Gateway", NEW), registrationIn(tenantId))).toHaveLength(1);
});

test("a user-assigned identity whose tenant is not known is not compared", () => {
  const identity = GatewayIdentity.userAssigned({ id: "/identity", principalId: GUID, clientId: GUID });
  expect(conditionsWith(new ApimGateway(stack, "Gateway", { ...NEW, identity }), registrationIn(TENANT))).toEqual([]);
});
