import { TerraformStack } from "cdktf";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { KeyVaultCertificate } from "@cdktf/provider-azurerm/lib/key-vault-certificate";
import {
  ApimGateway,
  ApimGatewayProps,
  ApimSku,
  Audience,
  AzureRole,
  Backend,
  CustomDomain,
  DeploymentCheck,
  GatewayIdentity,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { IDENTITY, NEW } from "../backends/gateways";
import { order } from "../helpers/graph";
import { refusal } from "../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

/* Consumers call the gateway by host names of yours, with certificates that it reads from a key vault. */

const VAULT = {
  name: "contoso-certificates",
  resourceGroupName: GROUP.name,
  location: GROUP.location,
  tenantId: IDENTITY.clientId,
  skuName: "standard",
};
const REF = {
  id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v",
  vaultUri: "https://v.vault.azure.net/",
};

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function vault(more: object = {}): KeyVault {
  return new KeyVault(stack, "Vault", { ...VAULT, rbacAuthorizationEnabled: true, ...more });
}

function gatewayWith(domains: CustomDomain[], props: Partial<ApimGatewayProps> = {}): ApimGateway {
  return new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.PREMIUM, customDomains: domains, ...props });
}

const api = (keyVault: CustomDomain["keyVault"], more: Partial<CustomDomain> = {}): CustomDomain => ({
  hostName: "api.contoso.com",
  keyVault,
  certificateName: "api",
  ...more,
});

test("the gateway's own identity reads the newest certificate, once it has its role on that secret alone", () => {
  const gateway = gatewayWith([api(vault())]);
  const json = synth(stack);
  const [role] = Object.keys(all(json, "azurerm_role_assignment"));
  const service = Object.keys(all(json, "azurerm_api_management"))[0];
  expect(only(json, "azurerm_role_assignment")).toMatchObject({
    role_definition_name: "Key Vault Secrets User",
    principal_id: `\${azurerm_api_management.${service}.identity[0].principal_id}`,
    scope: "${azurerm_key_vault.Vault.id}/secrets/api",
  });
  expect(only(json, "azurerm_api_management_custom_domain")).toMatchObject({
    api_management_id: `\${azurerm_api_management.${service}.id}`,
    gateway: [
      {
        host_name: "api.contoso.com",
        key_vault_certificate_id: '${trimsuffix(azurerm_key_vault.Vault.vault_uri, "/")}/secrets/api',
        default_ssl_binding: true,
        negotiate_client_certificate: false,
      },
    ],
    depends_on: [`azurerm_role_assignment.${role}`],
    lifecycle: { replace_triggered_by: [`azurerm_api_management.${service}.id`] },
  });
  expect(only(json, "azurerm_api_management")).not.toHaveProperty("hostname_configuration");
  expect(() => order(json)).not.toThrow();
  expect(gateway.certificateRoleAssignments).toHaveLength(1);
  expect(annotations(stack)).toEqual([]);
});

test("a user-assigned identity is named to API Management", () => {
  gatewayWith([api(vault())], { identity: GatewayIdentity.userAssigned(IDENTITY) });
  const json = synth(stack);
  expect(only(json, "azurerm_role_assignment").principal_id).toBe(IDENTITY.principalId);
  expect(only(json, "azurerm_api_management_custom_domain").gateway[0].ssl_keyvault_identity_client_id).toBe(
    IDENTITY.clientId,
  );
});

test("a certificate of this app is made before the host name is bound", () => {
  const keyVault = vault();
  const certificate = new KeyVaultCertificate(stack, "Certificate", { name: "api", keyVaultId: keyVault.id });
  gatewayWith([api(keyVault, { certificateName: certificate.name })]);
  const json = synth(stack);
  const steps = order(json);
  const bound = `azurerm_api_management_custom_domain.${Object.keys(all(json, "azurerm_api_management_custom_domain"))[0]}`;
  expect(steps.indexOf("azurerm_key_vault_certificate.Certificate")).toBeLessThan(steps.indexOf(bound));
});

test("the address of the gateway, of the API and of the check are the host name, and the check waits for it", () => {
  const gateway = gatewayWith([api(vault())]);
  const orders = new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(IDENTITY.clientId)),
    deploymentChecks: [DeploymentCheck.gatewayAnswers("/orders", 401)],
  });
  expect([gateway.gatewayUrl, orders.apiUrl]).toEqual(["https://api.contoso.com", "https://api.contoso.com/orders"]);
  const [{ data }] = Object.values<Json>(synth(stack).check);
  const [call] = Object.values<Json>(data.http);
  expect(call.url).toBe("https://api.contoso.com/orders/orders");
  expect(call.depends_on).toContainEqual(expect.stringMatching(/^azurerm_api_management_custom_domain\./));
});

test("several names: the first one is the address, and one has the certificate for clients without SNI", () => {
  const keyVault = vault();
  const gateway = gatewayWith([
    api(keyVault),
    api(keyVault, { hostName: "api.fabrikam.com", defaultSslBinding: true, negotiateClientCertificate: true }),
  ]);
  const json = synth(stack);
  expect(gateway.gatewayUrl).toBe("https://api.contoso.com");
  const bound: Json[] = only(json, "azurerm_api_management_custom_domain").gateway;
  expect(bound.map((each) => [each.default_ssl_binding, each.negotiate_client_certificate])).toEqual([
    [false, false],
    [true, true],
  ]);
  // Both read one secret.
  expect(Object.keys(all(json, "azurerm_role_assignment"))).toHaveLength(1);
});

test("a host name that only Terraform knows is checked there", () => {
  gatewayWith([api(vault(), { hostName: "${var.host}" })]);
  const { lifecycle } = only(synth(stack), "azurerm_api_management_custom_domain");
  expect(lifecycle.precondition).toEqual([
    {
      condition: '${can(regex("^(?:[0-9A-Za-z-]+[.])+[0-9A-Za-z-]+$", "${var.host}"))}',
      error_message: refusal("custom-domain-at-plan", "api.contoso.com"),
    },
  ]);
});

test("host names of other endpoints are set on the created resource", () => {
  const { customDomain } = gatewayWith([api(vault())]);
  customDomain?.putDeveloperPortal([{ hostName: "developer.contoso.com" }]);
  expect(() => synth(stack)).not.toThrow();
});

describe("the role", () => {
  test("is not assigned where it is managed elsewhere", () => {
    const gateway = gatewayWith([api(vault(), { role: AzureRole.managedElsewhere("the platform team, ADR 12") })]);
    const json = synth(stack);
    expect(all(json, "azurerm_role_assignment")).toEqual({});
    expect(only(json, "azurerm_api_management_custom_domain")).not.toHaveProperty("depends_on");
    expect(gateway.certificateRoleAssignments).toEqual([]);
  });

  test("has no effect on a vault with access policies", () => {
    gatewayWith([api(vault({ rbacAuthorizationEnabled: false }))]);
    expect(findings(stack)).toEqual([
      refusal("vault-without-roles", '"app/Vault"', 'role: AzureRole.managedElsewhere("...") on the custom domain'),
    ]);
  });
});

describe("a vault with a firewall", () => {
  const CLOSED: [string, object][] = [
    ["denies by default", { networkAcls: { defaultAction: "Deny", bypass: "AzureServices" } }],
    ["has no public access", { publicNetworkAccessEnabled: false }],
  ];

  test.each(CLOSED)("that %s lets in no user-assigned identity", (_, settings) => {
    gatewayWith([api(vault(settings))], { identity: GatewayIdentity.userAssigned(IDENTITY) });
    expect(findings(stack)).toEqual([
      refusal("vault-firewall-with-user-assigned-identity", '"app/Vault"', "GatewayIdentity.SYSTEM_ASSIGNED"),
    ]);
  });

  test.each(CLOSED)("that %s can let in the system-assigned one", (_, settings) => {
    gatewayWith([api(vault(settings))]);
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("cannot be changed afterwards", () => {
  test("to a certificate in the state", () => {
    const { customDomain } = gatewayWith([api(REF)]);
    customDomain?.addOverride("gateway.0.certificate", "MII...");
    expect(findings(stack)).toEqual([
      refusal("custom-domain-changed", "app/Gateway/CustomDomain", "customDomains: [...]"),
    ]);
  });

  test("by host names on the service, which azurerm would set in turns", () => {
    const { apiManagement } = gatewayWith([api(REF)]);
    apiManagement.putHostnameConfiguration({ proxy: [{ hostName: "other.contoso.com" }] });
    expect(findings(stack)).toEqual([
      refusal("domains-set-twice", "app/Gateway/Resource", "customDomain.putDeveloperPortal"),
    ]);
  });
});

describe("what cannot work is an error before Terraform runs", () => {
  test.each([
    ["https://api.contoso.com", '"https://api.contoso.com"', 'such as "api.contoso.com"'],
    ["api.contoso.com/v1", '"api.contoso.com/v1"', 'such as "api.contoso.com"'],
    ["*.contoso.com", '"*.contoso.com"', "wildcards"],
    ["localhost", '"localhost"', "api.contoso.com"],
    ["-a.contoso.com", '"-a.contoso.com"', "api.contoso.com"],
    ["", '""', "api.contoso.com"],
  ])("the host name %j", (hostName, ...values) => {
    expect(() => gatewayWith([api(REF, { hostName })])).toThrow(refusal("invalid-name", "[app/Gateway]", ...values));
  });

  test.each(["https://v.vault.azure.net/secrets/api", "api/0123456789abcdef", ""])(
    "the certificate name %j, which would have a version or is an address",
    (certificateName) => {
      expect(() => gatewayWith([api(REF, { certificateName })])).toThrow(
        refusal("invalid-name", "[app/Gateway]", `"${certificateName}"`, "without a version"),
      );
    },
  );

  test.each([ApimSku.CONSUMPTION, ApimSku.BASIC, ApimSku.STANDARD, ApimSku.STANDARD_V2, ApimSku.PREMIUM_V2])(
    "several names on %j",
    (sku) => {
      expect(() => gatewayWith([api(REF), api(REF, { hostName: "b.contoso.com" })], { sku })).toThrow(
        refusal("unsupported-tier", "customDomains", "Developer or Premium"),
      );
    },
  );

  test("one name is possible on every tier", () => {
    expect(() => gatewayWith([api(REF)], { sku: ApimSku.CONSUMPTION })).not.toThrow();
  });

  test("client certificates per host name on Consumption", () => {
    expect(() => gatewayWith([api(REF, { negotiateClientCertificate: true })], { sku: ApimSku.CONSUMPTION })).toThrow(
      refusal("unsupported-tier", "negotiateClientCertificate", "clientCertificateEnabled = true"),
    );
  });

  test("a name twice", () => {
    expect(() => gatewayWith([api(REF), api(REF, { hostName: "API.contoso.com" })])).toThrow(
      refusal("repeated-custom-domain", '"api.contoso.com"'),
    );
  });

  test("two certificates for clients without SNI", () => {
    const both = ["a.contoso.com", "b.contoso.com"].map((hostName) => api(REF, { hostName, defaultSslBinding: true }));
    expect(() => gatewayWith(both)).toThrow(
      refusal("several-default-domains", '"a.contoso.com"', '"b.contoso.com"', "defaultSslBinding: true"),
    );
  });
});

test("a gateway that exists says its address", () => {
  const existing = { apimName: "contoso", resourceGroupName: "platform" };
  const url = "https://api.contoso.com";
  const gateways = [
    ApimGateway.fromLookup(stack, "LookedUp", { ...existing, gatewayUrl: url }),
    ApimGateway.fromAttributes(stack, "Told", {
      ...existing,
      gatewayUrl: url,
      sku: ApimSku.BASIC,
      principalId: IDENTITY.principalId,
    }),
    ApimGateway.fromApiManagement(stack, "Declared", new ApimGateway(stack, "Made", NEW).apiManagement, {
      gatewayUrl: url,
    }),
  ];
  const backend = (): ReturnType<typeof Backend.url> =>
    Backend.url("https://orders.contoso.com", Audience.clientId(IDENTITY.clientId));
  const urls = gateways.map(
    (gateway, i) => new SecureApimBackend(stack, `Api${i}`, { gateway, backend: backend() }).apiUrl,
  );
  expect(urls).toEqual([
    "https://api.contoso.com/api0",
    "https://api.contoso.com/api1",
    "https://api.contoso.com/api2",
  ]);
});

test.each(["https://api.contoso.com/", "api.contoso.com", "http://api.contoso.com", "https://api.contoso.com/v1"])(
  "%j is no address of a gateway that exists",
  (gatewayUrl) => {
    const message = refusal("invalid-gateway-url", `"${gatewayUrl}"`, '"https://api.contoso.com"');
    const existing = { apimName: "contoso", resourceGroupName: "platform", gatewayUrl };
    expect(() => ApimGateway.fromLookup(stack, "LookedUp", existing)).toThrow(message);
    const { apiManagement } = new ApimGateway(stack, "Made", NEW);
    expect(() => ApimGateway.fromApiManagement(stack, "Declared", apiManagement, { gatewayUrl })).toThrow(message);
  },
);
