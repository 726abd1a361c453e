import { Lazy, Testing, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { refusal } from "../helpers/refusal";
import { GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* What the library is given as ids, tenants, audiences, addresses and roles, from plain JavaScript. */

const { ApimGateway, ApimSku, AppRegistration, AppRuntime, Audience, AzureRole, Backend, Caller } = packed();
const { PolicyDocument, PolicyStatement } = packed();
const { GatewayIdentity, InvokeAssignment, OpenAiAccountRef, SecureApimBackend, UserAssignedIdentityRef } = packed();

const GUID = "11111111-2222-3333-4444-555555555555";
const GRAPH = "00000003-0000-0000-c000-000000000000";
const RESOURCE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files";
const ELSEWHERE = InvokeAssignment.managedElsewhere("ticket 12");

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function gateway(identity?: unknown): Json {
  return ApimGateway.fromAttributes(stack, `Gateway${stack.node.children.length}`, {
    apimName: "contoso",
    resourceGroupName: "platform",
    sku: ApimSku.BASIC,
    principalId: GUID,
    ...Object(identity),
  });
}

const secure = (backend: unknown, props: object = {}): Json =>
  new SecureApimBackend(stack, `Orders${stack.node.children.length}`, { gateway: gateway(), backend, ...props });

const app = (registration?: unknown): Json =>
  Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration });

const registered = (attributes: object): unknown =>
  AppRegistration.fromAttributes(stack, "R", { clientId: GUID, assignment: ELSEWHERE, ...attributes });

/** A registration of the user's own kind. */
function ownRegistration(properties: object): Construct {
  const registration = new Construct(stack, "Registration");
  return Object.assign(registration, {
    clientId: GUID,
    tenantId: GUID,
    tokenResource: GUID,
    allowedAudiences: [GUID],
    allowedPrincipalIds: [GUID],
    grantInvoke: () => ({ dependencies: [] }),
    ...properties,
  });
}

const url = (audience: unknown, address = "https://orders.contoso.com"): unknown => Backend.url(address, audience);
const resource = (properties: object): unknown =>
  Backend.azureResource({
    url: "https://files.queue.core.windows.net",
    tokenResource: "https://storage.azure.com/",
    scope: RESOURCE,
    role: AzureRole.of("Storage Queue Data Message Sender"),
    ...properties,
  });
const role = (name: string): unknown => resource({ role: AzureRole.of(name) });

describe("a token for Azure Resource Manager or Microsoft Graph goes to no backend", () => {
  const hosts = [
    ...["management.azure.com", "management.core.windows.net", "graph.microsoft.com", "graph.windows.net"],
    ...["management.usgovcloudapi.net", "management.core.usgovcloudapi.net", "graph.microsoft.us"],
    ...["dod-graph.microsoft.us", "graph.microsoftazure.us", "canary.graph.microsoft.com"],
    ...["management.chinacloudapi.cn", "management.core.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn"],
    ...["management.microsoftazure.de", "management.core.cloudapi.de", "graph.microsoft.de", "graph.cloudapi.de"],
  ];
  test.each(
    hosts.flatMap((host) => [
      [`https://${host}`],
      [`https://${host.toUpperCase()}/`],
      [`https://${host}.:443//.default`],
      [`api://${host}`],
    ]),
  )("%s", (audience) => {
    expect(() => secure(url(Audience.uri(audience)))).toThrow(refusal("management-audience", audience));
    expect(() => secure(resource({ tokenResource: audience }))).toThrow(refusal("management-token-resource", audience));
  });

  test.each([
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    "00000003-0000-0000-C000-000000000000",
    "00000002-0000-0000-c000-000000000000",
  ])("%s", (id) => {
    expect(() => secure(url(Audience.clientId(id)))).toThrow(refusal("management-audience", id));
    expect(() => secure(url(Audience.uri(`api://${id}`)))).toThrow(refusal("management-audience", id));
  });
});

describe("a token for an Azure service goes to that service only", () => {
  test.each([
    ["https://vault.azure.net", "Azure Key Vault"],
    ["https://VAULT.azure.net/", "Azure Key Vault"],
    ["https://storage.azure.com/", "Azure Storage"],
    ["https://files.blob.core.windows.net", "Azure Storage"],
    ["https://servicebus.azure.net", "Azure Service Bus"],
    ["https://eventhubs.azure.net", "Azure Event Hubs"],
    ["https://cognitiveservices.azure.com", "Azure AI services"],
    ["https://search.azure.com", "Azure AI Search"],
    ["https://database.windows.net/", "Azure SQL Database"],
    ["https://monitor.azure.com", "Azure Monitor"],
    ["https://api.fabric.microsoft.com", "Microsoft Fabric"],
    ["https://purview.azure.net", "Microsoft Purview"],
    ["https://analysis.windows.net/powerbi/api", "Power BI"],
    ["https://outlook.office365.com", "Microsoft 365"],
    ["https://contoso.sharepoint.com", "Microsoft SharePoint"],
    ["https://contoso.crm.dynamics.com", "Microsoft Dynamics 365"],
  ])("%s", (audience, service) => {
    const found = refusal("service-token-to-other-host", "[app/Orders", service, "https://orders.contoso.com");
    expect(() => secure(url(Audience.uri(audience)))).toThrow(found);
    expect(() => secure(url(Audience.uri(audience), "https://orders.contoso.com/.vault.azure.net"))).toThrow(found);
  });

  test.each([
    ["https://vault.usgovcloudapi.net", "Azure Key Vault"],
    ["https://vault.azure.cn", "Azure Key Vault"],
    ["https://kusto.usgovcloudapi.net", "Azure Data Explorer"],
  ])("and to none in another cloud: %s", (audience, service) => {
    expect(() => secure(url(Audience.uri(audience)))).toThrow(
      refusal("token-resource-of-another-cloud", "[app/Orders", service),
    );
  });

  test("by its client ID, and to an address that only looks like it", () => {
    const vault = Audience.clientId("cfa8b339-82a2-471a-a3c9-0fc0be7a4093");
    const found = refusal("service-token-to-other-host", "Azure Key Vault");
    expect(() => secure(url(vault))).toThrow(found);
    expect(() => secure(url(vault, "https://vault.azure.net.contoso.com"))).toThrow(found);
    expect(() => secure(resource({ url: "https://files.contoso.com" }))).toThrow(
      refusal("service-token-to-other-host", "Azure Storage"),
    );
  });

  test.each([
    ["https://vault.azure.net", "https://orders.vault.azure.net"],
    ["https://storage.azure.com/", "https://orders.z12.blob.storage.azure.net/files"],
    ["https://orders.contoso.com", "https://orders.contoso.com"],
  ])("as it is: %s", (audience, address) => {
    secure(url(Audience.uri(audience), address));
    expect(only(synth(stack), "azurerm_api_management_backend").url).toBe(address);
  });
});

test("an audience that is a scope says what the audience is", () => {
  expect(() => secure(url(Audience.uri("api://orders/.default")))).toThrow(
    refusal("scope-as-audience", "api://orders/.default", ': "api://orders"'),
  );
});

describe("a role that manages, assigns or reads keys is refused", () => {
  test.each([
    ["Owner"],
    ["contributor"],
    ["User Access Administrator"],
    ["user access  administrator "],
    ["Role Based Access Control Administrator"],
    ["Storage Account Contributor"],
    ["Storage Account Key Operator Service Role"],
    ["Reader and Data Access"],
    ["Key Vault Administrator"],
    ["Cognitive Services User"],
    ["Managed Identity Operator"],
    ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"],
    ["/providers/Microsoft.Authorization/roleDefinitions/B24988AC-6180-42a0-ab88-20f7382dd24c"],
    ["/subscriptions/s/providers/Microsoft.Authorization/ROLEDEFINITIONS/18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"],
  ])("%s", (name) => {
    expect(() => secure(role(name))).toThrow(refusal("management-role", "/Backend]", "managedElsewhere"));
  });

  test("and any other is named, not given by its ID", () => {
    const id = "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a";
    expect(() => secure(role(id))).toThrow(refusal("role-id-as-name", id));
  });

  test.each(["/", "/subscriptions/s", "/Subscriptions/s/", "/providers/Microsoft.Management/managementGroups/all"])(
    "on %s",
    (scope) => {
      expect(() => secure(resource({ scope }))).toThrow(refusal("role-scope-too-wide"));
    },
  );
});

describe("an id is an id", () => {
  const own = (properties: object): Json => secure(app(ownRegistration(properties)));
  const identity = (attributes: object): unknown =>
    UserAssignedIdentityRef.fromAttributes({ id: "/i", principalId: GUID, clientId: GUID, ...attributes });
  const calledBy = (config: object): unknown =>
    new AppRegistration(stack, "R").grantInvoke({ bindCaller: () => ({ principalId: GUID, label: "job", ...config }) });

  test.each<[string, () => unknown, string, string]>([
    ["the tenant common", () => registered({ tenantId: "common" }), "invalid-tenant-id", "common"],
    ["the tenant organizations", () => registered({ tenantId: "organizations" }), "invalid-tenant-id", "organizations"],
    ["the tenant consumers", () => registered({ tenantId: "consumers" }), "invalid-tenant-id", "consumers"],
    ["a path as tenant", () => registered({ tenantId: `common/${GUID}` }), "invalid-tenant-id", "common/"],
    ["a tenant of a registration of one's own", () => own({ tenantId: "common" }), "invalid-tenant-id", "common"],
    ["every client", () => registered({ clientId: "*" }), "invalid-client-id", "*"],
    ["every client of a registration of one's own", () => own({ clientId: "*" }), "invalid-client-id", "*"],
    ["no client of a registration of one's own", () => own({ clientId: "" }), "invalid-client-id", '""'],
    ["every audience", () => own({ allowedAudiences: ["*"] }), "invalid-allowed-audience", "*"],
    [
      "the audience of Azure Resource Manager",
      () => own({ allowedAudiences: ["https://management.azure.com"] }),
      "foreign-allowed-audience",
      "https://management.azure.com",
    ],
    [
      "the audience of a vault",
      () => own({ allowedAudiences: ["https://vault.azure.net"] }),
      "foreign-allowed-audience",
      "vault",
    ],
    [
      "Microsoft Graph as the registration of callers",
      () =>
        secure(url(Audience.clientId(GUID)), {
          callers: { registration: registered({ clientId: GRAPH }), allowed: [Caller.servicePrincipal(GUID)] },
        }),
      "foreign-allowed-audience",
      GRAPH,
    ],
    ["a missing allow-list", () => own({ allowedPrincipalIds: undefined }), "not-a-list", "allowedPrincipalIds"],
    ["an empty id in an allow-list", () => own({ allowedPrincipalIds: [""] }), "invalid-object-id", '""'],
    ["everyone in an allow-list", () => own({ allowedPrincipalIds: ["*"] }), "invalid-object-id", '"*"'],
    ["a name in an allow-list", () => own({ allowedPrincipalIds: ["everyone"] }), "invalid-object-id", '"everyone"'],
    ["nothing in an allow-list", () => own({ allowedPrincipalIds: [null] }), "not-a-string", "null"],
    ["an audience that is no list", () => own({ allowedAudiences: GUID }), "not-a-list", GUID],
    ["every client as the gateway", () => gateway({ clientId: "*" }), "invalid-client-id", "*"],
    [
      "an identity without an object",
      () =>
        ApimGateway.fromLookup(stack, "G", {
          apimName: "contoso",
          resourceGroupName: "platform",
          identity: GatewayIdentity.userAssigned(identity({ principalId: "" })),
        }),
      "invalid-object-id",
      '""',
    ],
    ["every client as caller", () => calledBy({ clientId: "*" }), "invalid-client-id", "*"],
    ["everyone as caller", () => calledBy({ principalId: "" }), "invalid-object-id", '""'],
    ["a caller that binds to nothing", () => calledBy({ label: undefined }), "wrong-value", "bindCaller"],
    [
      "an email address as caller",
      () => new AppRegistration(stack, "R").grantInvoke(Caller.servicePrincipal("ops@contoso.com")),
      "invalid-object-id",
      "ops@contoso.com",
    ],
    [
      "an email address as owner",
      () => new AppRegistration(stack, "R", { owners: ["ops@contoso.com"] }),
      "invalid-owner",
      "ops@contoso.com",
    ],
    ["an owner that is no list", () => new AppRegistration(stack, "R", { owners: GUID }), "not-a-list", "owners"],
    [
      "the name of an app role",
      () => new AppRegistration(stack, "R", { appRoleId: "Invoke" }),
      "invalid-app-role-id",
      "Invoke",
    ],
    [
      "the name of an app role that exists",
      () => registered({ assignment: InvokeAssignment.onServicePrincipal(GUID, "Invoke") }),
      "invalid-app-role-id",
      "Invoke",
    ],
    [
      "the name of a service principal",
      () => registered({ assignment: InvokeAssignment.onServicePrincipal("orders") }),
      "invalid-object-id",
      "orders",
    ],
  ])("and %s is none", (_, action, id, value) => expect(action).toThrow(refusal(id, value)));
});

describe("what a lazy value produces is held to what a literal is held to", () => {
  const lazy = (value: string): string => Lazy.stringValue({ produce: () => value });
  const calledBy = (principalId: string): Json => {
    const registration = new AppRegistration(stack, "R");
    registration.grantInvoke({ bindCaller: () => ({ principalId, label: "job" }) });
    return secure(app(registration));
  };

  test.each<[string, () => unknown, string, string]>([
    ["every client", () => secure(app(registered({ clientId: lazy("*") }))), "invalid-audience", "*"],
    [
      "every client beside another audience",
      () => secure(app(ownRegistration({ clientId: lazy("*") }))),
      "invalid-client-id",
      "*",
    ],
    ["all tenants", () => secure(app(registered({ tenantId: lazy("common") }))), "invalid-tenant-id", "common"],
    ["no caller", () => calledBy(lazy("")), "invalid-object-id", '""'],
    ["every caller", () => calledBy(lazy("*")), "invalid-object-id", '"*"'],
    [
      "no gateway",
      () => new SecureApimBackend(stack, "Orders", { gateway: gateway({ principalId: lazy("") }), backend: app() }),
      "invalid-object-id",
      '""',
    ],
    [
      "the audience of Microsoft Graph",
      () => secure(app(ownRegistration({ allowedAudiences: [lazy("https://graph.microsoft.com")] }))),
      "foreign-allowed-audience",
      "https://graph.microsoft.com",
    ],
    [
      "Microsoft Graph as the backend",
      () => secure(url(Audience.uri(lazy("https://graph.microsoft.com")))),
      "management-audience",
      "https://graph.microsoft.com",
    ],
    [
      "clear text",
      () => secure(url(Audience.clientId(GUID), lazy("http://orders.contoso.com"))),
      "invalid-backend-url",
      "has the scheme http",
    ],
    [
      "a query",
      () => secure(url(Audience.clientId(GUID), `https://${lazy("evil.com/?")}.contoso.com`)),
      "invalid-backend-url",
      "has a query",
    ],
    [
      "another host than the service's",
      () => secure(url(Audience.uri("https://vault.azure.net"), lazy("https://evil.com"))),
      "service-token-to-other-host",
      "https://evil.com",
    ],
    ["what is no app", () => secure(Backend.existingApp(lazy("/x"), "https://o.contoso.com")), "invalid-site-id", "/x"],
  ])("%s", (_, make, id, value) => {
    make();
    expect(() => synth(stack)).toThrow(refusal(id, value));
  });

  test("and what is right is taken, with a condition that Terraform accepts", () => {
    secure(url(Audience.uri(lazy("api://orders")), lazy("https://orders.contoso.com")));
    const { precondition } = only(synth(stack), "azurerm_api_management_backend").lifecycle;
    expect(precondition.map(({ condition }: Json) => condition)).toEqual([
      expect.stringContaining('["https://orders.contoso.com", terraform.workspace][0]'),
      expect.stringContaining('["api://orders", terraform.workspace][0]'),
    ]);
  });
});

test.each(["\u200b", " - ", "\u00a0", "..."])("a reason without a word is none: %j", (reason) => {
  const role = AzureRole.managedElsewhere(reason);
  expect(() => secure(resource({ role }))).toThrow(refusal("missing-reason", "AzureRole.managedElsewhere"));
});

describe("a token validation accepts the tokens of one issuer", () => {
  const jwt = (openIdConfigUrl: string, issuers?: string[]) => (): unknown =>
    PolicyStatement.requireJwt({ openIdConfigUrl, audiences: ["api://orders"], issuers });
  const OF = "/v2.0/.well-known/openid-configuration";

  test.each(["common", "Organizations", "consumers"])("and not of %s", (tenant) => {
    const address = `https://login.microsoftonline.com/${tenant}${OF}`;
    expect(jwt(address)).toThrow(refusal("jwt-of-any-tenant", address));
    expect(jwt(address, [])).toThrow(refusal("jwt-of-any-tenant", address));
    expect(jwt(address, ["https://login.microsoftonline.com/t/v2.0"])).not.toThrow();
    expect(jwt(`https://login.contoso.com/${tenant}${OF}`)).not.toThrow();
  });
});

describe("what only Terraform knows is checked by Terraform", () => {
  const conditions = (type: string): string[] =>
    (only(synth(stack), type).lifecycle?.precondition ?? []).map((each: Json) => each.error_message);

  test("an audience, at the backend entity", () => {
    secure(url(Audience.clientId("${var.audience}")));
    expect(conditions("azurerm_api_management_backend")).toEqual([refusal("audience-at-plan")]);
  });

  test("an audience that a data source reads, which can be Microsoft Graph", () => {
    secure(url(Audience.clientId("${data.azuread_service_principal.graph.client_id}")));
    expect(conditions("azurerm_api_management_backend")).toEqual([refusal("audience-at-plan")]);
  });

  test.each([
    "https://${var.host}.contoso.com/v1",
    "https://${var.host}",
    "${var.address}/v1",
    "https://a/${var.path}",
  ])("the address %s", (address) => {
    secure(url(Audience.clientId(GUID), address));
    expect(conditions("azurerm_api_management_backend")).toEqual([refusal("insecure-url-at-plan")]);
  });

  test("but not a host that Azure gives", () => {
    secure(url(Audience.clientId(GUID), "https://${azurerm_linux_web_app.orders.default_hostname}/v1"));
    expect(conditions("azurerm_api_management_backend")).toEqual([]);
  });

  test("the ID of an existing app", () => {
    secure(Backend.existingApp("${var.app}", "https://orders.contoso.com"));
    expect(conditions("azapi_update_resource")).toEqual([refusal("site-id-at-plan")]);
  });

  test("the registration of callers, at the policy", () => {
    const registration = registered({ clientId: "${var.client}" });
    secure(url(Audience.clientId(GUID)), { callers: { registration, allowed: [Caller.servicePrincipal(GUID)] } });
    expect(conditions("azurerm_api_management_api_policy")).toContainEqual(refusal("registration-at-plan"));
  });

  test("an origin, which cannot be all, and the issuer of tokens", () => {
    const value = (id: string): string => new TerraformVariable(stack, id, { type: "string" }).stringValue;
    secure(url(Audience.clientId(GUID)), {
      policy: PolicyDocument.of(
        PolicyStatement.cors({ allowedOrigins: [value("origin")], allowCredentials: true }),
        PolicyStatement.requireJwt({ openIdConfigUrl: `https://${value("host")}/keys`, audiences: ["a"] }),
      ),
    });
    expect(conditions("azurerm_api_management_api_policy")).toEqual([
      refusal("policy-value-not-allowed", "allowedOrigins", "not *"),
      refusal("policy-value-not-allowed", "openIdConfigUrl"),
    ]);
  });

  test("the token resource of a service", () => {
    secure(resource({ tokenResource: "${var.resource}" }));
    expect(conditions("azurerm_api_management_backend")).toEqual([refusal("token-resource-at-plan")]);
  });

  test("an address that gets a token for a service", () => {
    secure(url(Audience.uri("https://vault.azure.net"), "https://${var.host}"));
    expect(conditions("azurerm_api_management_backend")).toEqual([
      refusal("service-token-to-other-host-at-plan", "Azure Key Vault"),
    ]);
  });

  test("what a role is assigned on", () => {
    secure(resource({ scope: "${var.scope}" }));
    expect(conditions("azurerm_role_assignment")).toEqual([refusal("role-scope-at-plan")]);
  });

  test("what a role on an Azure OpenAI account is assigned on, besides its address", () => {
    const account = { id: "${var.id}", endpoint: "${var.endpoint}" };
    secure(Backend.azureOpenAi(OpenAiAccountRef.fromAttributes(account)));
    expect(conditions("azurerm_role_assignment")).toEqual([refusal("role-scope-at-plan")]);
    expect(conditions("azurerm_api_management_backend")).toEqual([
      refusal("service-token-to-other-host-at-plan", "Azure AI services"),
      refusal("open-ai-subdomain-at-plan"),
    ]);
  });

  test("a registration, at the app and at the backend entity", () => {
    secure(app(registered({ clientId: "${var.client}", tenantId: "${var.tenant}" })));
    expect(conditions("azurerm_linux_web_app")).toEqual([
      refusal("registration-at-plan"),
      refusal("registration-at-plan"),
    ]);
    expect(conditions("azurerm_api_management_backend")).toEqual([
      refusal("audience-at-plan"),
      refusal("registration-tenant-at-plan"),
    ]);
  });

  test("an allow-list that Terraform may find empty, or with an empty id in it", () => {
    secure(app(ownRegistration({ allowedPrincipalIds: ["${var.principal}", GUID] })));
    expect(conditions("azurerm_linux_web_app")).toEqual([refusal("allow-list-at-plan")]);
  });

  test("and nothing else: what Azure and Entra ID give to resources is what they say", () => {
    const service = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
    const made = new ApimGateway(stack, "Made", service);
    new SecureApimBackend(stack, "Orders", { gateway: made, backend: app(), callers: { allowed: [made] } });
    const types = ["azurerm_linux_web_app", "azurerm_api_management_backend"];
    expect(types.flatMap(conditions)).toEqual([]);
  });

  test("and its check cannot be taken off", () => {
    secure(url(Audience.clientId("${var.audience}"))).backendEntity.lifecycle = {};
    expect(() => Testing.synth(stack, true)).toThrow(refusal("conditions-removed"));
  });
});
