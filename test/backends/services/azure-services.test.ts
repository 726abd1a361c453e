import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { App, Lazy, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { AiServices } from "@cdktf/provider-azurerm/lib/ai-services";
import { CognitiveAccount } from "@cdktf/provider-azurerm/lib/cognitive-account";
import { DataAzurermCognitiveAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-cognitive-account";
import { DataAzurermStorageAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-storage-account";
import { EventhubNamespace } from "@cdktf/provider-azurerm/lib/eventhub-namespace";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { SearchService } from "@cdktf/provider-azurerm/lib/search-service";
import { ServicebusNamespace } from "@cdktf/provider-azurerm/lib/servicebus-namespace";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApimGateway,
  AzureResourceProps,
  AzureRole,
  Backend,
  BranchCondition,
  GatewayIdentity,
  IApimBackend,
  IApimGateway,
  IOpenAiAccountRef,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { OTHER_SERVICES, SERVICES } from "./every-service";
import { order } from "../../helpers/graph";
import { refusal } from "../../helpers/refusal";
import {
  all,
  annotations,
  findings,
  GROUP,
  Json,
  only,
  stackWithProviders,
  synth,
  withoutHashes,
} from "../../helpers/synth";

/** An id, and values that the message names. */
type Refusal = [id: string, ...values: string[]];

const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
const HERE = { resourceGroupName: GROUP.name, location: GROUP.location };
const GATEWAY_IDENTITY = "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", SERVICE);
});

const secure = (backend: IApimBackend, id = "Api"): SecureApimBackend =>
  new SecureApimBackend(stack, id, { gateway, backend });

/** What the gateway does with a request before it calls the service, without what every policy has. */
function statements(json: Json): string[] {
  const policy = withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content);
  const inbound = policy.slice(policy.indexOf("<base />") + 8, policy.indexOf("</inbound>"));
  return inbound
    .split("\n")
    .map((line) => line.trim().replace(/id="secure-apim-backend-/, 'id="'))
    .filter((line) => line !== "" && !/x-caller-|subscription-key-/.test(line));
}

const storageAccount = (id = "Files", props = {}): StorageAccount =>
  new StorageAccount(stack, id, {
    ...HERE,
    name: "files",
    accountTier: "Standard",
    accountReplicationType: "LRS",
    sharedAccessKeyEnabled: false,
    allowNestedItemsToBePublic: false,
    ...props,
  });
const openAi = (props = {}): CognitiveAccount =>
  new CognitiveAccount(stack, "Models", {
    ...HERE,
    name: "models",
    kind: "OpenAI",
    skuName: "S0",
    customSubdomainName: "contoso",
    localAuthEnabled: false,
    ...props,
  });
const keyVault = (props = {}): KeyVault =>
  new KeyVault(stack, "Vault", {
    ...HERE,
    name: "vault",
    skuName: "standard",
    tenantId: "t",
    rbacAuthorizationEnabled: true,
    ...props,
  });
const serviceBus = (props = {}): ServicebusNamespace =>
  new ServicebusNamespace(stack, "Bus", { ...HERE, name: "bus", sku: "Basic", localAuthEnabled: false, ...props });
const eventHubs = (props = {}): EventhubNamespace =>
  new EventhubNamespace(stack, "Hubs", {
    ...HERE,
    name: "hubs",
    sku: "Basic",
    localAuthenticationEnabled: false,
    ...props,
  });
const search = (props = {}): SearchService =>
  new SearchService(stack, "Search", {
    ...HERE,
    name: "search",
    sku: "basic",
    localAuthenticationEnabled: false,
    ...props,
  });

const KINDS: [
  string,
  () => IApimBackend,
  { address: string; role: string; on: string; url: string; statements: string[] },
][] = [
  [
    "Azure OpenAI",
    () => Backend.azureOpenAi(openAi()),
    {
      address: "SecureApimBackendRoles_Gateway_cognitiveservicesopenaiuser_azurerm_cognitive_accountModelsid_8D9EA8CD",
      role: "Cognitive Services OpenAI User",
      on: "${azurerm_cognitive_account.Models.id}",
      url: '${trimsuffix(azurerm_cognitive_account.Models.endpoint, "/")}/openai',
      statements: [
        '<set-header id="remove-header" name="api-key" exists-action="delete" />',
        '<set-header id="remove-header" name="Ocp-Apim-Subscription-Key" exists-action="delete" />',
        '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
        '<authentication-managed-identity id="token" resource="https://cognitiveservices.azure.com" />',
      ],
    },
  ],
  [
    "blob storage",
    () => Backend.blobStorage(storageAccount()),
    {
      address: "SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_accountFilesid_322D1C67",
      role: "Storage Blob Data Reader",
      on: "${azurerm_storage_account.Files.id}",
      url: '${trimsuffix(azurerm_storage_account.Files.primary_blob_endpoint, "/")}',
      statements: [
        '<set-header id="set-header" name="x-ms-version" exists-action="skip">',
        "<value>2025-01-05</value>",
        "</set-header>",
        '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
        '<authentication-managed-identity id="token" resource="https://storage.azure.com/" />',
      ],
    },
  ],
  [
    "a key vault",
    () => Backend.keyVault(keyVault()),
    {
      address: "SecureApimBackendRoles_Gateway_keyvaultsecretsuser_azurerm_key_vaultVaultid_45967559",
      role: "Key Vault Secrets User",
      on: "${azurerm_key_vault.Vault.id}",
      url: '${trimsuffix(azurerm_key_vault.Vault.vault_uri, "/")}',
      statements: [
        '<set-query-parameter id="set-query-parameter" name="api-version" exists-action="skip">',
        "<value>7.4</value>",
        "</set-query-parameter>",
        '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
        '<authentication-managed-identity id="token" resource="https://vault.azure.net" />',
      ],
    },
  ],
  [
    "Service Bus",
    () => Backend.serviceBus(serviceBus()),
    {
      address: "SecureApimBackendRoles_Gateway_azureservicebusdatasender_azurerm_servicebus_namespaceBusid_FC7FF07E",
      role: "Azure Service Bus Data Sender",
      on: "${azurerm_servicebus_namespace.Bus.id}",
      url: '${trimsuffix(azurerm_servicebus_namespace.Bus.endpoint, "/")}',
      statements: [
        '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
        '<authentication-managed-identity id="token" resource="https://servicebus.azure.net/" />',
      ],
    },
  ],
  [
    "Event Hubs",
    () => Backend.eventHubs(eventHubs()),
    {
      address: "SecureApimBackendRoles_Gateway_azureeventhubsdatasender_azurerm_eventhub_namespaceHubsid_B2C39219",
      role: "Azure Event Hubs Data Sender",
      on: "${azurerm_eventhub_namespace.Hubs.id}",
      url: "https://${azurerm_eventhub_namespace.Hubs.name}.servicebus.windows.net",
      statements: [
        '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
        '<authentication-managed-identity id="token" resource="https://eventhubs.azure.net/" />',
      ],
    },
  ],
  [
    "AI Search",
    () => Backend.aiSearch(search()),
    {
      address: "SecureApimBackendRoles_Gateway_searchindexdatareader_azurerm_search_serviceSearchid_6A3B838A",
      role: "Search Index Data Reader",
      on: "${azurerm_search_service.Search.id}",
      url: "https://${azurerm_search_service.Search.name}.search.windows.net",
      statements: [
        '<set-header id="remove-header" name="api-key" exists-action="delete" />',
        '<set-query-parameter id="remove-query-parameter" name="api-key" exists-action="delete" />',
        '<set-query-parameter id="set-query-parameter" name="api-version" exists-action="skip">',
        "<value>2024-07-01</value>",
        "</set-query-parameter>",
        '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
        '<authentication-managed-identity id="token" resource="https://search.azure.com" />',
      ],
    },
  ],
];

test("every factory of lib/backends/services has a row in KINDS, and in every-service.ts", () => {
  const folder = join(__dirname, "..", "..", "..", "lib", "backends", "services");
  const factories = readdirSync(folder)
    .flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/new AzureServiceBackend\(\s*"(Backend\.\w+)"/g),
    ])
    .map(([, factory]) => factory);
  expect(factories.length).toBeGreaterThan(5);
  const named = (names: readonly string[]): string[] => [...names, ...OTHER_SERVICES].map((name) => `Backend.${name}`);
  const missingIn = (rows: readonly string[]): string[] => factories.filter((factory) => !rows.includes(factory));
  expect({
    KINDS: missingIn([...KINDS.map(([, backend]) => backend().factory), ...named([])]),
    "every-service.ts": missingIn(named(Object.keys(SERVICES))),
  }).toEqual({ KINDS: [], "every-service.ts": [] });
});

describe.each(KINDS)("%s", (_, backend, expected) => {
  test("lets in the gateway by the least role, before the policy that calls it", () => {
    const api = secure(backend());
    const json = synth(stack);
    expect(all(json, "azurerm_role_assignment")).toEqual({
      [expected.address]: {
        scope: expected.on,
        role_definition_name: expected.role,
        principal_id: GATEWAY_IDENTITY,
        principal_type: "ServicePrincipal",
      },
    });
    expect(only(json, "azurerm_api_management_backend").url).toBe(expected.url);
    expect(statements(json)).toEqual(expected.statements);
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toEqual([
      "azurerm_api_management_api.Api_CD79AAA0",
      `azurerm_role_assignment.${expected.address}`,
    ]);
    expect(annotations(stack)).toEqual([]);
    expect(api.registration).toBeUndefined();
    expect(Object.keys(json.resource).filter((type) => type.startsWith("azuread"))).toEqual([]);
  });
});

describe.each(KINDS)("%s, whatever the gateway", (_, backend) => {
  const existing = (identity?: GatewayIdentity): IApimGateway =>
    ApimGateway.fromLookup(stack, "Any", { apimName: "contoso", resourceGroupName: "platform", identity });
  const userAssigned = (): GatewayIdentity =>
    GatewayIdentity.userAssigned(new UserAssignedIdentity(stack, "Identity", { ...HERE, name: "gateway" }));

  test.each<[string, () => IApimGateway, string]>([
    [
      "a new one",
      () => new ApimGateway(stack, "Any", SERVICE),
      "${azurerm_api_management.Any_9F5837F9.identity[0].principal_id}",
    ],
    ["an existing one", () => existing(), "${data.azurerm_api_management.Any_9F5837F9.identity[0].principal_id}"],
    [
      "a new one with an identity of its own",
      () => new ApimGateway(stack, "Any", { ...SERVICE, identity: userAssigned() }),
      "${azurerm_user_assigned_identity.Identity.principal_id}",
    ],
    [
      "an existing one with an identity of its own",
      () => existing(userAssigned()),
      "${azurerm_user_assigned_identity.Identity.principal_id}",
    ],
  ])("%s: its identity gets the role, without a cycle, a secret or a name that changes", (kind, make, principalId) => {
    gateway = make();
    secure(backend());
    const json = synth(stack);
    expect(only(json, "azurerm_role_assignment").principal_id).toBe(principalId);
    const named = kind.startsWith("an existing") ? "platform--contoso" : "Any";
    const owner = gateway.identity._userAssigned ? "Identity" : named;
    expect(Object.keys(all(json, "azurerm_role_assignment"))).toEqual([
      expect.stringMatching(new RegExp(`^SecureApimBackendRoles_${owner}_[a-z]+_azurerm_[A-Za-z_]+id_[0-9A-F]{8}$`)),
    ]);
    expect(() => order(json)).not.toThrow();
    expect(
      JSON.stringify(json).match(/AccountKey|SharedAccess[KS]|listKeys|primary_access_key|primary_key/gi),
    ).toBeNull();
  });
});

describe("any other Azure service", () => {
  const QUEUES = {
    url: "https://files.queue.core.windows.net",
    tokenResource: "https://storage.azure.com/",
    scope: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files",
    role: AzureRole.of("Storage Queue Data Message Sender"),
  };
  const resource = (props: Partial<AzureResourceProps>): IApimBackend => Backend.azureResource({ ...QUEUES, ...props });

  test("is given with its address, its tokens, its role and what it demands", () => {
    const policy = PolicyDocument.of(PolicyStatement.setHeader("x-ms-version", PolicyValue.literal("2025-01-05")));
    secure(resource({ policy }));
    const json = synth(stack);
    expect(only(json, "azurerm_role_assignment")).toMatchObject({
      scope: QUEUES.scope,
      role_definition_name: "Storage Queue Data Message Sender",
    });
    expect(only(json, "azurerm_api_management_backend").url).toBe(QUEUES.url);
    expect(statements(json)).toEqual([
      '<set-header id="set-header" name="x-ms-version" exists-action="override">',
      "<value>2025-01-05</value>",
      "</set-header>",
      '<set-backend-service id="route" backend-id="${azurerm_api_management_backend.Api_BackendEntity_66D420A5.name}" />',
      '<authentication-managed-identity id="token" resource="https://storage.azure.com/" />',
    ]);
  });

  test("takes values that only Terraform knows", () => {
    const value = (name: string): string => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    secure(resource({ url: value("url"), tokenResource: value("resource"), scope: "${var.scope}" }));
    const json = synth(stack);
    expect(only(json, "azurerm_role_assignment").scope).toBe("${var.scope}");
    expect(statements(json).pop()).toBe(
      `<authentication-managed-identity id="token" resource="\${regex("^[A-Za-z0-9][A-Za-z0-9:/._~%?=+-]*$", var.resource)}" />`,
    );
  });

  test.each<[string, Partial<AzureResourceProps>, Refusal]>([
    [
      "tokens for Azure Resource Manager",
      { tokenResource: "https://management.azure.com/" },
      ["management-token-resource", "[app/Api]", "https://management.azure.com/", "https://storage.azure.com/"],
    ],
    [
      "tokens for nothing",
      { tokenResource: "storage" },
      ["invalid-token-resource", "[app/Api]", '"storage"', "https://storage.azure.com/"],
    ],
    [
      "a role for all of Azure",
      { role: AzureRole.of("contributor") },
      ["management-role", "[app/Api/Backend]", '"contributor"', "AzureRole.STORAGE_BLOB_DATA_READER"],
    ],
    ["no role", { role: AzureRole.of(" ") }, ["empty-role-name", "[app/Api/Backend]", "AzureRole.of("]],
    [
      "a role that only Terraform knows",
      { role: AzureRole.of("${var.role}") },
      ["literal-required", "[app/Api/Backend]", "AzureRole.of"],
    ],
    [
      "no reason why others assign the role",
      { role: AzureRole.managedElsewhere("") },
      ["missing-reason", "[app/Api/Backend]", "AzureRole.managedElsewhere"],
    ],
    [
      "an address that a token must not go to",
      { url: "http://files.queue.core.windows.net" },
      ["invalid-backend-url", "[app/Api]", '"http://files.queue.core.windows.net"'],
    ],
  ])("is refused with %s", (_, props, [id, ...values]) => {
    expect(() => secure(resource(props))).toThrow(refusal(id, ...values));
  });

  test("is bound once", () => {
    const backend = resource({});
    secure(backend);
    expect(() => secure(backend, "Other")).toThrow(
      refusal("call-bound-twice", "[app/Other/Backend]", "Backend.azureResource(...)", "app/Api/Backend"),
    );
  });
});

describe("a role", () => {
  const roles = (json: Json): string[] =>
    Object.entries<Json>(all(json, "azurerm_role_assignment")).map(
      ([name, role]) => `${name}: ${role.role_definition_name} on ${role.scope} to ${role.principal_id}`,
    );
  const FIRST =
    "SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_accountFilesid_322D1C67: Storage Blob Data Reader on ${azurerm_storage_account.Files.id} to " +
    GATEWAY_IDENTITY;

  test("is assigned once, however many APIs call the service, and all of them wait for it", () => {
    const account = storageAccount();
    secure(Backend.blobStorage(account));
    secure(Backend.blobStorage(account), "Other");
    secure(
      Backend.azureResource({
        url: account.primaryBlobEndpoint,
        tokenResource: "https://storage.azure.com/",
        scope: account.id,
        role: AzureRole.of("storage blob data reader"),
      }),
      "Third",
    );
    const json = synth(stack);
    expect(roles(json)).toEqual([FIRST]);
    const policies = Object.values<Json>(all(json, "azurerm_api_management_api_policy"));
    expect(policies.map(({ depends_on }) => depends_on[1])).toEqual(
      Array(3).fill(`azurerm_role_assignment.${FIRST.split(":")[0]}`),
    );
  });

  test("is another one on another resource, with another name, for another gateway", () => {
    const account = storageAccount();
    secure(Backend.blobStorage(account));
    secure(Backend.blobStorage(storageAccount("Others")), "A");
    secure(Backend.blobStorage(account, { role: AzureRole.STORAGE_BLOB_DATA_CONTRIBUTOR }), "B");
    secure(Backend.blobStorage(account, { roleScope: `${account.id}/blobServices/default/containers/public` }), "C");
    gateway = new ApimGateway(stack, "Second", SERVICE);
    secure(Backend.blobStorage(account), "D");
    expect(roles(synth(stack)).sort()).toEqual(
      [
        "SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_accountOthersid_933F3E88: Storage Blob Data Reader on ${azurerm_storage_account.Others.id} to " +
          GATEWAY_IDENTITY,
        FIRST,
        "SecureApimBackendRoles_Gateway_storageblobdatacontributor_azurerm_storage_accountFilesid_C3BCB4AA: Storage Blob Data Contributor on ${azurerm_storage_account.Files.id} to " +
          GATEWAY_IDENTITY,
        "SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_accountFilesid--blobServices--default--containers--public_EFC8682B: Storage Blob Data Reader on ${azurerm_storage_account.Files.id}/blobServices/default/containers/public to " +
          GATEWAY_IDENTITY,
        "SecureApimBackendRoles_Second_storageblobdatareader_azurerm_storage_accountFilesid_872FE379: Storage Blob Data Reader on ${azurerm_storage_account.Files.id} to ${azurerm_api_management.Second_394350F9.identity[0].principal_id}",
      ].sort(),
    );
  });

  test("keeps its address whatever API comes first, and whatever the stack is called", () => {
    const addressIn = (name: string, ids: string[]): string[] => {
      stack = new TerraformStack(Testing.app(), name);
      new AzurermProvider(stack, "azurerm", { features: [{}] });
      gateway = new ApimGateway(stack, "Gateway", SERVICE);
      const account = storageAccount();
      ids.forEach((id) => secure(Backend.blobStorage(account), id));
      return roles(synth(stack));
    };
    expect(addressIn("app", ["Api", "Other"])).toEqual([FIRST]);
    expect(addressIn("app", ["Other", "Api"])).toEqual([FIRST]);
    expect(addressIn("app", ["Other"])).toEqual([FIRST]);
    expect(addressIn("renamed", ["Api"])).toEqual([FIRST]);
  });

  test("keeps its address for ids that are given as texts", () => {
    const account = { id: "/subscriptions/s/Files", primaryBlobEndpoint: "https://files.blob.core.windows.net" };
    secure(Backend.blobStorage(account), "Other");
    secure(Backend.blobStorage({ ...account, id: account.id.toUpperCase() }));
    expect(roles(synth(stack))).toEqual([
      `SecureApimBackendRoles_Gateway_storageblobdatareader_--subscriptions--s--files_CFB16630: Storage Blob Data Reader on ${account.id} to ${GATEWAY_IDENTITY}`,
    ]);
  });

  test("stands under its API where nobody knows yet what it is on", () => {
    let made = "";
    const id = Lazy.stringValue({
      produce: () => {
        if (made === "") throw new Error("not made yet");
        return made;
      },
    });
    secure(Backend.blobStorage({ id, primaryBlobEndpoint: "https://files.blob.core.windows.net" }));
    made = "/subscriptions/s/files";
    expect(roles(synth(stack))).toEqual([
      `Api_Backend_RoleAssignment_9BC01374: Storage Blob Data Reader on /subscriptions/s/files to ${GATEWAY_IDENTITY}`,
    ]);
  });

  test("is one for two gateways that share an identity", () => {
    const identity = new UserAssignedIdentity(stack, "Identity", { ...HERE, name: "gateway" });
    const account = storageAccount();
    for (const id of ["First", "Second"]) {
      gateway = new ApimGateway(stack, `${id}Gateway`, {
        ...SERVICE,
        identity: GatewayIdentity.userAssigned(identity),
      });
      secure(Backend.blobStorage(account), id);
    }
    expect(roles(synth(stack))).toEqual([
      "SecureApimBackendRoles_Identity_storageblobdatareader_azurerm_storage_accountFilesid_8529FB9B: Storage Blob Data Reader on ${azurerm_storage_account.Files.id} to ${azurerm_user_assigned_identity.Identity.principal_id}",
    ]);
  });

  test("is refused to a second stack, with what to write", () => {
    const app: App = Testing.app();
    const [platform, first, second] = ["platform", "first", "second"].map((name) => new TerraformStack(app, name));
    [platform, first, second].forEach((each) => new AzurermProvider(each, "azurerm", { features: [{}] }));
    stack = platform;
    gateway = new ApimGateway(platform, "Gateway", SERVICE);
    const account = storageAccount();
    stack = first;
    secure(Backend.blobStorage(account), "Files");
    stack = second;
    expect(() => secure(Backend.blobStorage(account), "Files")).toThrow(
      refusal(
        "role-of-other-stack",
        "[second/Files/Backend]",
        "Storage Blob Data Reader",
        '"first"',
        "first/Files/Backend",
        "AzureRole.managedElsewhere(",
      ),
    );
    const role = AzureRole.managedElsewhere("the platform's stack does");
    secure(Backend.blobStorage(account, { role }), "Again");
    expect([first, second].map((each) => roles(synth(each)).length)).toEqual([1, 0]);
    expect(second.dependencies).toEqual([platform]);
  });

  test("that others assign is left out, and said to be", () => {
    secure(
      Backend.blobStorage(storageAccount(), {
        role: AzureRole.managedElsewhere("the storage team did, ticket 12"),
      }),
    );
    expect(roles(synth(stack))).toEqual([]);
    expect(annotations(stack)).toEqual([
      "info: The Azure role assignment is managed elsewhere: the storage team did, ticket 12",
    ]);
  });

  test.each<[string, () => IApimBackend, Refusal]>([
    [
      "on another resource",
      () => Backend.keyVault({ id: "/kv/a", vaultUri: "https://a.vault.azure.net" }, { roleScope: "/kv" }),
      ["invalid-role-scope", '"/kv"', '"/kv/a"'],
    ],
    [
      "on a URL",
      () => Backend.keyVault({ id: "/kv/a", vaultUri: "https://a.vault.azure.net" }, { roleScope: "https://a" }),
      ["invalid-role-scope", '"https://a"', '"/kv/a"'],
    ],
    [
      "on a resource whose name begins with that of the one it is for",
      () =>
        Backend.blobStorage(
          { id: "/s/storageAccounts/orders", primaryBlobEndpoint: "https://orders.blob.core.windows.net" },
          { roleScope: "/s/storageAccounts/ordersArchive" },
        ),
      ["invalid-role-scope", '"/s/storageAccounts/ordersArchive"', '"/s/storageAccounts/orders"'],
    ],
    [
      "on the URL of a secret",
      () =>
        Backend.keyVault(
          { id: "/kv/a", vaultUri: "https://a.vault.azure.net" },
          { roleScope: "${azurerm_key_vault_secret.Key.id}" },
        ),
      ["data-plane-role-scope", "azurerm_key_vault_secret.Key.id", "resourceVersionlessId"],
    ],
    [
      "for a service that has no such name",
      () => Backend.aiSearch({ id: "/s", name: "evil.example/" }, {}),
      ["invalid-service-name", '"evil.example/"', "search.windows.net"],
    ],
  ])("is refused %s", (_, backend, [id, ...values]) => {
    const make = (): unknown => new SecureApimBackend(stack, "Api", { gateway, backend: backend() });
    expect(make).toThrow(refusal(id, "[app/Api/Backend]", ...values));
  });

  test("is assigned on the resource and on a part of it, in whatever case Azure writes them", () => {
    const account = { id: "/s/storageAccounts/orders", primaryBlobEndpoint: "https://orders.blob.core.windows.net" };
    const scopes = ["/S/storageaccounts/Orders", "/s/storageAccounts/Orders/blobServices/default"];
    scopes.forEach((roleScope) => secure(Backend.blobStorage(account, { roleScope }), `Api${roleScope.length}`));
    const assigned = Object.values<Json>(all(synth(stack), "azurerm_role_assignment"));
    expect(new Set(assigned.map(({ scope }) => scope))).toEqual(new Set(scopes));
  });

  test("is assigned for a branch too, whose statements stand in it", () => {
    new SecureApimBackend(stack, "Api", {
      gateway,
      backend: Backend.azureOpenAi(openAi()),
      branches: [
        {
          name: "files",
          when: BranchCondition.header("X-Kind", "file"),
          backend: Backend.blobStorage(storageAccount()),
        },
      ],
    });
    const json = synth(stack);
    expect(roles(json)).toHaveLength(2);
    expect(
      statements(json).filter((line) => /api-key|x-ms-version|managed-identity|when|otherwise/.test(line)),
    ).toEqual([
      expect.stringContaining("<when "),
      '<set-header name="x-ms-version" exists-action="skip">',
      '<authentication-managed-identity resource="https://storage.azure.com/" />',
      "</when>",
      "<otherwise>",
      '<set-header name="api-key" exists-action="delete" />',
      '<authentication-managed-identity resource="https://cognitiveservices.azure.com" />',
      "</otherwise>",
    ]);
  });
});

describe("the role assignment", () => {
  test("is at hand once the backend is bound, for anything else to set on it", () => {
    const backend = Backend.blobStorage(storageAccount());
    expect(() => backend.roleAssignment).toThrow(refusal("never-bound", "Backend.blobStorage(...)"));
    secure(backend);
    if (backend.roleAssignment) backend.roleAssignment.description = "Orders";
    expect(only(synth(stack), "azurerm_role_assignment").description).toBe("Orders");
  });

  test("is shared by two APIs that call the same service, and missing where others assign it", () => {
    const account = storageAccount();
    const [first, second] = [Backend.blobStorage(account), Backend.blobStorage(account)];
    secure(first);
    secure(second, "Second");
    expect(second.roleAssignment).toBe(first.roleAssignment);
    const third = Backend.blobStorage(account, { role: AzureRole.managedElsewhere("they do") });
    secure(third, "Third");
    expect(third.roleAssignment).toBeUndefined();
  });
});

describe("a role on a part", () => {
  const PART = "/blobServices/default/containers/public";
  const container = (): StorageContainer =>
    new StorageContainer(stack, "Container", {
      name: "public",
      storageAccountId: "${azurerm_storage_account.Files.id}",
    });
  const part = (account: StorageAccount, roleScope = account.id + PART): IApimBackend =>
    Backend.blobStorage(account, { roleScope });
  const warning = (more: string, role = "Storage Blob Data Reader", part = "app/Part/Backend"): unknown =>
    refusal("role-limits-nothing", "warn: ", `"Storage Blob Data Reader"`, part, `"${role}"`, more, "roleScope");
  const atPart = (): string[] => annotations(stack.node.findChild("Part"));

  test("limits nothing beside the same role on the whole, whichever API comes first", () => {
    const account = storageAccount();
    secure(Backend.blobStorage(account), "First");
    secure(part(account), "Part");
    secure(Backend.blobStorage(account), "Last");
    expect(atPart()).toEqual([warning("app/First/Backend"), warning("app/Last/Backend")]);
    expect(annotations(stack)).toEqual(atPart());
  });

  test("limits nothing that is named by another object, whose resource is known", () => {
    const account = storageAccount();
    secure(part(account, container().resourceManagerId), "Part");
    secure(Backend.blobStorage({ id: account.id, primaryBlobEndpoint: "https://f.blob.core.windows.net" }), "All");
    expect(atPart()).toEqual([warning("app/All/Backend")]);
  });

  test("limits nothing beside another role for the same data", () => {
    const account = storageAccount();
    secure(part(account), "Part");
    secure(Backend.blobStorage(account, { role: AzureRole.STORAGE_BLOB_DATA_CONTRIBUTOR }), "All");
    expect(atPart()).toEqual([warning("app/All/Backend", "Storage Blob Data Contributor")]);
  });

  test("limits nothing beside a role on the resource group, by literal ids in any case", () => {
    const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files";
    secure(Backend.blobStorage({ id, primaryBlobEndpoint: "https://files.blob.core.windows.net" }), "Part");
    secure(
      Backend.azureResource({
        url: "https://others.blob.core.windows.net",
        tokenResource: "https://storage.azure.com/",
        scope: "/subscriptions/s/resourcegroups/RG",
        role: AzureRole.of("storage blob data reader"),
      }),
      "All",
    );
    expect(atPart()).toEqual([refusal("not-inspected"), warning("app/All/Backend", "storage blob data reader")]);
  });

  test("limits nothing in a branch beside the whole in another", () => {
    const account = storageAccount();
    new SecureApimBackend(stack, "Api", {
      gateway,
      backend: Backend.blobStorage(account),
      branches: [{ name: "public", when: BranchCondition.header("X-Kind", "public"), backend: part(account) }],
    });
    expect(annotations(stack)).toEqual([warning("app/Api/Backend", undefined, "app/Api/Branch-public/Backend")]);
  });

  test.each<[string, (account: StorageAccount) => unknown]>([
    ["another part", (account) => secure(part(account, `${account.id}${PART}-too`))],
    ["the same part", (account) => secure(part(account))],
    ["another resource", () => secure(Backend.blobStorage(storageAccount("Others")))],
    [
      "another role for other data",
      (account) =>
        secure(
          Backend.azureResource({
            url: account.primaryQueueEndpoint,
            tokenResource: "https://storage.azure.com/",
            scope: account.id,
            role: AzureRole.of("Storage Queue Data Message Sender"),
          }),
        ),
    ],
    [
      "a role that others assign",
      (account) => secure(Backend.blobStorage(account, { role: AzureRole.managedElsewhere("they do") })),
    ],
    [
      "a gateway with an identity of its own",
      (account) => {
        gateway = new ApimGateway(stack, "Second", SERVICE);
        secure(Backend.blobStorage(account));
      },
    ],
  ])("is a limit beside %s", (_, beside) => {
    const account = storageAccount();
    secure(part(account), "Part");
    beside(account);
    expect(annotations(stack).filter((line) => line.startsWith("warn"))).toEqual([]);
  });
});

describe("keys beside the sign-in", () => {
  const warning = (properties: string): unknown =>
    refusal("keys-bypass-entra-id", "warn: ", `Set on it: ${properties}.`);

  test.each<[string, () => IApimBackend, string]>([
    [
      "an OpenAI account",
      () => Backend.azureOpenAi(openAi({ localAuthEnabled: undefined })),
      "localAuthEnabled: false",
    ],
    [
      "an AI Services account",
      () =>
        Backend.azureOpenAi(
          new AiServices(stack, "Models", { ...HERE, name: "m", skuName: "S0", customSubdomainName: "contoso" }),
        ),
      "localAuthenticationEnabled: false",
    ],
    [
      "a storage account",
      () =>
        Backend.blobStorage(
          storageAccount("Files", { sharedAccessKeyEnabled: undefined, allowNestedItemsToBePublic: true }),
        ),
      "sharedAccessKeyEnabled: false, allowNestedItemsToBePublic: false",
    ],
    ["Service Bus", () => Backend.serviceBus(serviceBus({ localAuthEnabled: true })), "localAuthEnabled: false"],
    [
      "Event Hubs",
      () => Backend.eventHubs(eventHubs({ localAuthenticationEnabled: undefined })),
      "localAuthenticationEnabled: false",
    ],
    [
      "AI Search",
      () =>
        Backend.aiSearch(
          search({ localAuthenticationEnabled: true, authenticationFailureMode: "http401WithBearerChallenge" }),
        ),
      "localAuthenticationEnabled: false",
    ],
  ])("of %s are a warning that names the attribute", (_, backend, properties) => {
    secure(backend());
    synth(stack);
    expect(annotations(stack)).toEqual([warning(properties)]);
  });

  test("are no warning where they are switched off later, or by Terraform", () => {
    const account = storageAccount("Files", { sharedAccessKeyEnabled: undefined });
    const off = new TerraformVariable(stack, "keys", { type: "bool" });
    secure(Backend.blobStorage(account));
    secure(Backend.serviceBus(serviceBus({ localAuthEnabled: off.booleanValue })), "Bus-Api");
    account.sharedAccessKeyEnabled = false;
    synth(stack);
    expect(annotations(stack)).toEqual([]);
  });

  test("are not looked for on what is given in Terraform's own syntax", () => {
    secure(Backend.blobStorage({ id: "${var.id}", primaryBlobEndpoint: "${var.endpoint}" }));
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_backend").url).toBe('${trimsuffix("${var.endpoint}", "/")}');
    expect(only(json, "azurerm_role_assignment").scope).toBe("${var.id}");
  });

  test("of an account given by its attributes are not looked for, and a warning says so", () => {
    secure(
      Backend.blobStorage({
        id: "/subscriptions/s/files",
        primaryBlobEndpoint: "https://files.blob.core.windows.net/",
      }),
    );
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_backend").url).toBe("https://files.blob.core.windows.net");
    expect(annotations(stack)).toEqual([
      refusal("not-inspected", "warn: ", '"/subscriptions/s/files"', "whether the storage account rejects keys"),
    ]);
  });

  test("of an account that another state owns are not looked for, and a warning says so", () => {
    secure(
      Backend.blobStorage(new DataAzurermStorageAccount(stack, "Files", { name: "files", resourceGroupName: "rg" })),
    );
    synth(stack);
    expect(annotations(stack)).toEqual([
      refusal("not-inspected", "warn: ", 'the data source "app/Files"', "whether the storage account rejects keys"),
    ]);
  });
});

describe("a service that takes no token", () => {
  test("an OpenAI account without a custom subdomain", () => {
    secure(Backend.azureOpenAi(openAi({ customSubdomainName: undefined })));
    expect(findings(stack)).toEqual([
      refusal("open-ai-without-subdomain", "[app/Api/Backend]", '"app/Models"', 'customSubdomainName: "..."'),
    ]);
  });

  test("an OpenAI account by the address of its region", () => {
    const account = { id: "/subscriptions/s/models", endpoint: "https://westeurope.api.cognitive.microsoft.com/" };
    expect(() => secure(Backend.azureOpenAi(account))).toThrow(
      refusal("regional-open-ai-endpoint", "[app/Api/Backend]", `"${account.endpoint}"`),
    );
  });

  const ADDRESSED: [string, (account: IOpenAiAccountRef, role?: AzureRole) => IApimBackend][] = [
    ["azureOpenAi", (account, role) => Backend.azureOpenAi(account, { role })],
    ["azureOpenAiV1", (account, role) => Backend.azureOpenAiV1(account, { role })],
    ["foundryProject", (account, role = AzureRole.of("Agents")) => Backend.foundryProject(account, "orders", { role })],
  ];

  test.each(ADDRESSED)("an account of another state is checked by Terraform: %s", (_, backend) => {
    for (const role of [undefined, AzureRole.managedElsewhere("they do")]) {
      stack = stackWithProviders();
      gateway = new ApimGateway(stack, "Gateway", SERVICE);
      const account = new DataAzurermCognitiveAccount(stack, "Models", { name: "models", resourceGroupName: "ai" });
      secure(backend(account, role));
      expect(only(synth(stack), "azurerm_api_management_backend").lifecycle.precondition).toContainEqual({
        condition:
          '${!can(regex("(?i)^https:[/]{2}[^/?#]*[.]api[.]cognitive[.]microsoft[.]com[.]?(?:[:/?#]|$)", data.azurerm_cognitive_account.Models.endpoint))}',
        error_message: refusal("open-ai-subdomain-at-plan", "--custom-domain <name>"),
      });
    }
  });

  test.each(ADDRESSED)("an account by the address of its region, however it is written: %s", (_, backend) => {
    const endpoint = "https://WestEurope.api.cognitive.Microsoft.com:443";
    expect(() => secure(backend({ id: "/subscriptions/s/models", endpoint }))).toThrow(
      refusal("regional-open-ai-endpoint", `"${endpoint}"`),
    );
  });

  test.each([{ rbacAuthorizationEnabled: undefined }, { rbacAuthorizationEnabled: false }])(
    "a key vault that goes by access policies: %p",
    (props) => {
      secure(Backend.keyVault(keyVault(props)));
      expect(findings(stack)).toEqual([
        refusal(
          "vault-without-roles",
          "[app/Api/Backend]",
          '"app/Vault"',
          "rbacAuthorizationEnabled: true",
          'Backend.url(vault.vaultUri, Audience.uri("https://vault.azure.net"))',
        ),
      ]);
    },
  );

  test("a search service that takes keys alone", () => {
    secure(Backend.aiSearch(search({ localAuthenticationEnabled: undefined })));
    expect(findings(stack)).toEqual([
      refusal(
        "search-accepts-keys-only",
        "[app/Api/Backend]",
        '"app/Search"',
        "localAuthenticationEnabled: false",
        'authenticationFailureMode: "http401WithBearerChallenge"',
      ),
    ]);
  });
});
