import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { KeyVaultSecret } from "@cdktf/provider-azurerm/lib/key-vault-secret";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import {
  ApimGateway,
  ApimNamedValue,
  Audience,
  AzureRole,
  Backend,
  GatewayIdentity,
  IApimGateway,
  NamedValueContent,
  OperationPolicy,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { Refusal, refusal } from "../helpers/refusal";
import { all, annotations, findings, GROUP, messageOf, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const VAULT = {
  id: "/subscriptions/s/resourceGroups/shared/providers/Microsoft.KeyVault/vaults/contoso",
  vaultUri: "https://contoso.vault.azure.net/",
};

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = created(GatewayIdentity.SYSTEM_ASSIGNED);
});

const created = (identity: GatewayIdentity, id = "Gateway"): IApimGateway =>
  new ApimGateway(stack, id, {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    identity,
  });
const namedValue = (value: NamedValueContent, id = "Stock", namedValueName?: string): ApimNamedValue =>
  new ApimNamedValue(stack, id, { gateway, value, namedValueName });
const resource = () => only(synth(stack), "azurerm_api_management_named_value");
const vault = (rbacAuthorizationEnabled?: boolean): KeyVault =>
  new KeyVault(stack, "Vault", {
    name: "contoso",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    skuName: "standard",
    tenantId: GUID,
    rbacAuthorizationEnabled,
  });
const ON_GATEWAY = {
  api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
  resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
  lifecycle: { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] },
};

describe("a named value from a key vault", () => {
  test("is the newest version of a secret that the gateway's identity may read, and that Terraform never sees", () => {
    namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"));
    const json = synth(stack);
    const [role] = Object.keys(all(json, "azurerm_role_assignment"));
    expect(only(json, "azurerm_api_management_named_value")).toEqual({
      ...ON_GATEWAY,
      name: "stock",
      display_name: "stock",
      secret: true,
      value_from_key_vault: { secret_id: "https://contoso.vault.azure.net/secrets/stock-key" },
      depends_on: [`azurerm_role_assignment.${role}`],
    });
    expect(only(json, "azurerm_role_assignment")).toEqual({
      scope: `${VAULT.id}/secrets/stock-key`,
      role_definition_name: "Key Vault Secrets User",
      principal_id: "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
      principal_type: "ServicePrincipal",
    });
  });

  test("is read with the user-assigned identity that the gateway calls with", () => {
    const identity = { id: "/subscriptions/s/identities/a", principalId: GUID, clientId: GUID.replace(/1/g, "9") };
    gateway = created(GatewayIdentity.userAssigned(identity), "Other");
    namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"));
    expect(resource().value_from_key_vault.identity_client_id).toBe(identity.clientId);
    expect(only(synth(stack), "azurerm_role_assignment").principal_id).toBe(GUID);
  });

  test("waits for your own secret, whose name it is given", () => {
    const own = vault(true);
    const secret = new KeyVaultSecret(stack, "Secret", { name: "stock-key", keyVaultId: own.id, valueWo: "x" });
    namedValue(NamedValueContent.keyVaultSecret(own, secret.name));
    expect(resource().value_from_key_vault.secret_id).toBe(
      '${trimsuffix(azurerm_key_vault.Vault.vault_uri, "/")}/secrets/${azurerm_key_vault_secret.Secret.name}',
    );
    expect(only(synth(stack), "azurerm_role_assignment").scope).toBe(
      "${azurerm_key_vault.Vault.id}/secrets/${azurerm_key_vault_secret.Secret.name}",
    );
  });

  test("takes a vault that exists", () => {
    const existing = new DataAzurermKeyVault(stack, "Vault", { name: "contoso", resourceGroupName: "shared" });
    namedValue(NamedValueContent.keyVaultSecret(existing, "stock-key"));
    expect(resource().value_from_key_vault.secret_id).toBe(
      '${trimsuffix(data.azurerm_key_vault.Vault.vault_uri, "/")}/secrets/stock-key',
    );
  });

  test("shares its role with another one of the same secret, as Azure refuses a second", () => {
    namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"));
    namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"), "Again");
    expect(Object.keys(all(synth(stack), "azurerm_role_assignment"))).toHaveLength(1);
    expect(Object.keys(all(synth(stack), "azurerm_api_management_named_value"))).toHaveLength(2);
  });

  test("leaves the role to others by name, and says so; their vault may go by access policies", () => {
    const role = AzureRole.managedElsewhere("the platform team, ticket 4711");
    namedValue(NamedValueContent.keyVaultSecret(vault(), "stock-key", { role }));
    expect(synth(stack).resource.azurerm_role_assignment).toBeUndefined();
    expect(resource().depends_on).toBeUndefined();
    expect(annotations(stack)).toEqual([expect.stringMatching(/^info: .*: the platform team, ticket 4711$/)]);
  });

  test("is refused where the vault does not look at roles", () => {
    namedValue(NamedValueContent.keyVaultSecret(vault(), "stock-key"));
    expect(findings(stack)).toEqual([
      refusal("vault-without-roles", "app/Stock", "app/Vault", "rbacAuthorizationEnabled: true", "access policy"),
    ]);
  });

  test("is a warning where an API lets its consumers read all secrets of that vault", () => {
    namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"));
    new SecureApimBackend(stack, "Secrets", { gateway, backend: Backend.keyVault(VAULT) });
    expect(annotations(stack)).toContainEqual(
      refusal("role-limits-nothing", "warn: ", "Key Vault Secrets User", "app/Stock", "app/Secrets/Backend"),
    );
  });
});

test.each([
  ["value", "sk-live-1"],
  ["secret", false],
  ["value_from_key_vault.secret_id", "https://other.vault.azure.net/secrets/a"],
])("a named value keeps its content where an override sets %s", (attribute, value) => {
  const { namedValue: resource } = namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"));
  resource.addOverride(attribute, value);
  expect(findings(stack)).toEqual([refusal("named-value-changed", `changes ${attribute.split(".")[0]} on it`)]);
});

describe("a named value in a policy", () => {
  const STATEMENT = '<set-header name="X-Stock" exists-action="override"><value>{{stock}}</value></set-header>';
  const DOCUMENT = PolicyDocument.fromXml(
    `<policies><inbound><base />${STATEMENT}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
  );
  const publish = (policy: PolicyDocument, operationPolicies?: OperationPolicy[], scope: Construct = stack) =>
    new SecureApimBackend(scope, "Orders", {
      gateway,
      backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
      policy,
      operationPolicies,
    });
  const policyOf = (type = "azurerm_api_management_api_policy") => only(synth(stack), type);
  const ADDRESS = "azurerm_api_management_named_value.Stock_38709CBC";

  test("is there before the policy that takes it as a value", () => {
    const stock = namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock-key"));
    publish(PolicyDocument.of(PolicyStatement.setHeader("X-Stock-Key", stock.policyValue)));
    expect(policyOf().xml_content).toMatch(
      new RegExp(`<value>\\{\\{\\$\\{.*${ADDRESS}.display_name\\)?\\}\\}\\}</value>`),
    );
  });

  test.each(["before", "after"])("is there before the document that names it, made %s it", (order) => {
    const made = () => namedValue(NamedValueContent.plain("42"));
    if (order === "before") made();
    publish(DOCUMENT);
    if (order === "after") made();
    namedValue(NamedValueContent.plain("another"), "Other");
    expect(policyOf().depends_on).toEqual(["azurerm_api_management_api.Orders_Api_A821092D", ADDRESS]);
  });

  test("is there before policies of operations and fragments that name it", () => {
    namedValue(NamedValueContent.plain("42"));
    publish(PolicyDocument.EMPTY, [{ operationId: "get", policy: DOCUMENT }]);
    new SecurePolicyFragment(stack, "Fragment", {
      gateway,
      backend: Backend.url("https://stock.contoso.com", Audience.clientId(GUID)),
      policy: PolicyDocument.of(PolicyStatement.setHeader("X-Stock", PolicyValue.namedValue("stock"))),
    });
    expect(policyOf("azurerm_api_management_api_operation_policy").depends_on).toContain(ADDRESS);
    expect(policyOf("azurerm_api_management_policy_fragment").depends_on).toEqual([ADDRESS]);
    expect(policyOf().depends_on).not.toContain(ADDRESS);
  });

  test.each(["before", "after"])("of another stack, made %s it, makes no cycle of stacks", (order) => {
    const other = () => namedValue(NamedValueContent.plain("42"));
    if (order === "before") other();
    const team = new TerraformStack(stack.node.root as Construct, "team");
    new AzurermProvider(team, "azurerm", { features: [{}] });
    publish(DOCUMENT, [], team);
    if (order === "after") other();
    expect(only(synth(team), "azurerm_api_management_api_policy").depends_on).toEqual([
      "azurerm_api_management_api.Orders_Api_A821092D",
    ]);
  });
});

describe("a plain named value", () => {
  test("is what it is", () => {
    namedValue(NamedValueContent.plain("https://stock.contoso.com/api?page=1"), "StockUrl");
    expect(resource()).toEqual({
      ...ON_GATEWAY,
      name: "stock-url",
      display_name: "stock-url",
      value: "https://stock.contoso.com/api?page=1",
      secret: false,
    });
  });

  test.each([
    "a",
    GUID,
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-orders1/providers/Microsoft.Web/sites/Orders2",
    "ContosoOrders2024Production",
    "orders-production-westeurope-001",
    "https://orders.contoso.com:8443/api/v1",
    "@(DateTime.UtcNow.ToString())",
    "Orders are shipped within 3 days, at most 20 a day.",
    "${var.audience}",
    "${azurerm_key_vault_secret.Stock.name}",
    "${azurerm_linux_web_app.token_service.default_hostname}",
  ])("takes %s", (text) => {
    namedValue(NamedValueContent.plain(text));
    expect(resource().value).toBe(text);
  });

  test.each([
    ["DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==", "it looks like a connection string"],
    ["Server=tcp:a;User ID=b;Password=c", "it looks like a connection string"],
    ["https://a.blob.core.windows.net/b?sv=2024&sig=abc%3D", "it looks like a shared access signature"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMII", "it looks like a private key"],
    ["eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "it looks like a token"],
    ["Basic dXNlcjpwYXNz", "it looks like credentials"],
    ["https://user:pass@stock.contoso.com", "it looks like a URL with a password"],
    ["sk-abcdef", "it looks like a service key"],
    ["0123456789abcdef0123456789ABCDEF", "it looks like random characters"],
    ["q8Zr2Vb7Lm4Xc9Np3Ty6Wd1Kf5Hs0Jg+Aq2Zs4Xw=", "it looks like random characters"],
    ["${var.stock_key}", "its value comes from one"],
    ["${azurerm_key_vault_secret.Stock.value}", "its value comes from one"],
    ["key ${random_password.stock.result}", "its value comes from one"],
  ])("does not take %s", (text, signs) => {
    const action = (): unknown => namedValue(NamedValueContent.plain(text));
    expect(action).toThrow(refusal("plain-secret", "app/Stock", '"stock"', signs, "NamedValueContent.keyVaultSecret"));
    expect(messageOf(action)).not.toContain(text);
  });

  test("takes no key of a resource, and no variable that is sensitive", () => {
    const account = new StorageAccount(stack, "Files", {
      name: "files",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      accountTier: "Standard",
      accountReplicationType: "ZRS",
    });
    const variable = new TerraformVariable(stack, "stock", { type: "string", sensitive: true });
    for (const text of [account.primaryAccessKey, variable.stringValue]) {
      expect(() => namedValue(NamedValueContent.plain(text), `Stock${stack.node.children.length}`)).toThrow(
        refusal("plain-secret", "its value comes from one"),
      );
    }
  });

  test("takes no name of a secret", () => {
    expect(() => namedValue(NamedValueContent.plain("abc"), "StockApiKey")).toThrow(
      refusal("plain-secret", '"stock-api-key"', "its name suggests one"),
    );
  });

  test("takes what only looks like a secret with a reason, and shows it", () => {
    namedValue(NamedValueContent.plainAcknowledged("0123456789abcdef0123456789abcdef", "a checksum, ADR 12"));
    expect(resource()).toMatchObject({ value: "0123456789abcdef0123456789abcdef", secret: false });
    expect(annotations(stack)).toEqual([
      'info: Named value "stock" is readable by anyone who can read the Terraform state: a checksum, ADR 12',
    ]);
  });
});

test.each<[string, () => unknown, Refusal]>([
  [
    "no text",
    () => namedValue(NamedValueContent.plain("  ")),
    refusal("named-value-length", "app/Stock", '"stock" is empty', "1 to 4096"),
  ],
  [
    "a text that is too long",
    () => namedValue(NamedValueContent.plain("a ".repeat(2049))),
    refusal("named-value-length", "app/Stock", "4098 characters", "1 to 4096"),
  ],
  [
    "no reason",
    () => namedValue(NamedValueContent.plainAcknowledged("a", "")),
    refusal("missing-reason", "app/Stock", 'NamedValueContent.plainAcknowledged("...", '),
  ],
  [
    "a name that is none",
    () => namedValue(NamedValueContent.plain("a"), "Stock", "stock value"),
    refusal("invalid-name", "app/Stock", "named value", '"stock value"', '"stock-value"'),
  ],
  [
    "the name of a secret that is none",
    () => namedValue(NamedValueContent.keyVaultSecret(VAULT, "stock_key")),
    refusal("invalid-name", "app/Stock", "key vault secret", '"stock_key"'),
  ],
  [
    "two of one name",
    () => [namedValue(NamedValueContent.plain("a")), namedValue(NamedValueContent.plain("b"), "Other", "STOCK")],
    refusal("name-taken-on-gateway", "app/Other", '"STOCK"', "app/Gateway", "app/Stock", "namedValueName"),
  ],
])("refuses %s", (_, action, expected) => expect(action).toThrow(expected));
