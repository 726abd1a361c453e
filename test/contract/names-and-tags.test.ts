import { DefaultTokenResolver, StringConcat, TerraformResource, TerraformStack, Tokenization } from "cdktf";
import {
  ApiDiagnostics,
  ApimGateway,
  ApimLogger,
  ApimNamedValue,
  ApimProduct,
  ApimSku,
  ApimTag,
  ApiSurface,
  ApiVersionSet,
  AppRuntime,
  AppServicePlan,
  Audience,
  Backend,
  BranchCondition,
  GatewayNetwork,
  HttpMethod,
  IApimBackend,
  LockKind,
  NamedValueContent,
  NetworkAccess,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { refusal } from "../helpers/refusal";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

/* Every resource that is created can be named, and takes the tags that are given once. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const TAGS = { team: "mine" };
const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22"), tags: TAGS };
const WORKSPACE = { id: "/logs" };
const BESIDE = {
  accessLogs: WORKSPACE,
  accessLogName: "mine-access",
  lock: { kind: LockKind.CAN_NOT_DELETE, name: "mine-lock" },
  diagnosticSettings: [{ name: "mine-platform", workspace: WORKSPACE }],
};
const endpoint = (endpointName: Untyped): NetworkAccess =>
  NetworkAccess.privateEndpoint({
    subnet: { id: "/subnets/endpoints" },
    privateDnsZone: { id: "/privatelink.azurewebsites.net" },
    endpointName,
  });
const site = (name: string) => ({
  ...MADE,
  ...BESIDE,
  registrationName: "Mine",
  appName: `mine-${name}`,
  planName: `mine-plan-${name}`,
  networkAccess: endpoint(`mine-endpoint-${name}`),
});
const onPlan = (name: string) => ({
  ...site(name),
  plan: AppServicePlan.dedicated("S1"),
  slots: [{ name: "mine-slot" }],
});
const storage = (name: string) => ({ storageAccountName: `mine${name}` });

const APPS: Record<string, () => IApimBackend> = {
  FunctionApp: () => Backend.functionApp({ ...onPlan("fn"), ...storage("fn") }),
  WindowsFunctionApp: () => Backend.windowsFunctionApp({ ...onPlan("winfn"), ...storage("winfn") }),
  WebApp: () => Backend.webApp(onPlan("web")),
  WindowsWebApp: () => Backend.windowsWebApp(onPlan("winweb")),
  Flex: () => Backend.flexFunctionApp({ ...site("flex"), ...storage("flex"), packageContainerName: "mine-packages" }),
  Container: () =>
    Backend.containerApp({
      resourceGroup: GROUP,
      image: "contoso/orders:1",
      targetPort: 80,
      appName: "mine",
      environmentName: "mine-environment",
      registrationName: "Mine",
      lock: BESIDE.lock,
      diagnosticSettings: BESIDE.diagnosticSettings,
      tags: TAGS,
    }),
};

const url = (host = "orders"): IApimBackend => Backend.url(`https://${host}.contoso.com`, Audience.uri("api://orders"));

/** Everything that the library creates and that Azure, Entra ID or the gateway shows by a name, each named by the user. */
function everything(): TerraformStack {
  const stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", {
    ...NEW,
    sku: ApimSku.DEVELOPER,
    network: GatewayNetwork.external({ id: "/subnets/apim" }),
    apimName: "mine",
    tags: TAGS,
    diagnosticSettings: BESIDE.diagnosticSettings,
    lock: BESIDE.lock,
  });
  new ApimGateway(stack, "Private", {
    ...NEW,
    sku: ApimSku.STANDARD_V2,
    apimName: "mine-private",
    tags: TAGS,
    privateEndpoints: [
      {
        subnet: { id: "/subnets/endpoints" },
        privateDnsZone: { id: "/privatelink.azure-api.net" },
        endpointName: "mine-endpoint-gateway",
      },
    ],
  });
  Object.keys(APPS).forEach((kind) => {
    new SecureApimBackend(stack, kind, {
      gateway,
      backend: APPS[kind](),
      backendEntityName: `mine-${kind}`,
      surface: ApiSurface.wildcard({ apiName: `mine-${kind}`, displayName: `Mine ${kind}`, path: kind }),
    });
  });
  const versionSetName = "mine-versions";
  const versionSet = new ApiVersionSet(stack, "Versions", { gateway, versionSetName, displayName: "Mine" });
  const applicationInsights = { id: "/insights", connectionString: "InstrumentationKey=1" };
  const logger = new ApimLogger(stack, "Logger", { gateway, applicationInsights, loggerName: "mine-logger" });
  const vault = { id: "/vault", vaultUri: "https://v.vault.azure.net" };
  const value = NamedValueContent.keyVaultSecret(vault, "partner");
  new ApimNamedValue(stack, "Value", { gateway, value, namedValueName: "mine-value" });
  new SecurePolicyFragment(stack, "Fragment", {
    gateway,
    backend: url(),
    fragmentName: "mine-fragment",
    backendEntityName: "mine-of-fragment",
  });
  new SecureApimBackend(stack, "Listed", {
    gateway,
    backend: url(),
    backendEntityName: "mine-of-listed",
    branches: [
      {
        name: "beta",
        when: BranchCondition.header("x-beta", "1"),
        backend: url("beta"),
        backendEntityName: "beta-mine",
      },
    ],
    surface: ApiSurface.operations(
      [{ method: HttpMethod.GET, urlTemplate: "/a", operationId: "mine-a", displayName: "Mine" }],
      { apiName: "mine-listed", displayName: "Mine", version: { versionSet, name: "v1" } },
    ),
    callers: { allowed: [gateway], registrationName: "Mine" },
    products: [new ApimProduct(stack, "Product", { gateway, productId: "mine-product", displayName: "Mine" })],
    tags: [new ApimTag(stack, "Tag", { gateway, tagName: "mine-tag", displayName: "Mine" })],
    diagnostics: [ApiDiagnostics.applicationInsights(logger)],
  });
  return stack;
}

/** Where the user sees the name of a type, if not in `name`. */
const NAME: Readonly<Record<string, string>> = {
  azuread_application: "display_name",
  azurerm_api_management_api_operation: "operation_id",
  azurerm_api_management_product: "product_id",
};

/** What has no name of its own: it belongs to the two things that it joins, or Azure gives the name. */
const NAMELESS = new Set([
  "azuread_app_role_assignment",
  "azuread_service_principal",
  "azurerm_api_management_api_diagnostic",
  "azurerm_api_management_api_policy",
  "azurerm_api_management_api_tag",
  "azurerm_api_management_product_api",
  "azurerm_role_assignment",
]);

/** What has one name only: the sign-in of a container app, and the operations for all paths, which are called like their methods. */
const FIXED = /^(?:azapi_resource\.current|azurerm_api_management_api_operation\.(?:get|head|post|put|patch|delete))$/;

describe("names", () => {
  const json = synth(everything());
  const types = Object.keys(json.resource).filter((type) => !NAMELESS.has(type));

  test.each(types)("every %s has the name that the user gave it", (type) => {
    const resources = Object.values<Json>(json.resource[type]);
    const names: string[] = resources.map((resource) => resource[NAME[type] ?? "name"]);
    expect(names.filter((name) => !/mine/i.test(name) && !FIXED.test(`${type}.${name}`))).toEqual([]);
  });

  test("what has no name is left out for a reason that still holds", () => {
    expect([...NAMELESS].filter((type) => !json.resource[type])).toEqual([]);
    const isNamed = ({ name = "" }: Json): boolean => name !== "" && !name.startsWith("${");
    expect([...NAMELESS].filter((type) => Object.values<Json>(json.resource[type]).some(isNamed))).toEqual([]);
  });
});

test("every resource that can have tags has those that were given once", () => {
  const stack = everything();
  synth(stack);
  const taggable = stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .filter((node) => node.terraformResourceType.startsWith("azurerm_") && "tagsInput" in node)
    // Its tags are a list of words.
    .filter((node) => node.terraformResourceType !== "azurerm_api_management_named_value");
  const types = new Set(taggable.map(({ terraformResourceType: type }) => type));
  expect([...types].sort()).toEqual([
    "azurerm_api_management",
    "azurerm_container_app",
    "azurerm_container_app_environment",
    "azurerm_function_app_flex_consumption",
    "azurerm_linux_function_app",
    "azurerm_linux_function_app_slot",
    "azurerm_linux_web_app",
    "azurerm_linux_web_app_slot",
    "azurerm_private_endpoint",
    "azurerm_service_plan",
    "azurerm_storage_account",
    "azurerm_windows_function_app",
    "azurerm_windows_function_app_slot",
    "azurerm_windows_web_app",
    "azurerm_windows_web_app_slot",
  ]);
  const untagged = taggable.filter((node) => JSON.stringify((node as Untyped).tagsInput) !== JSON.stringify(TAGS));
  expect(untagged.map(({ node }) => node.path)).toEqual([]);
});

const gatewayIn = (stack: TerraformStack) =>
  ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku: ApimSku.PREMIUM,
    principalId: "11111111-2222-3333-4444-555555555555",
  });

function secured(backend: IApimBackend, props: Untyped = {}): void {
  const stack = stackWithProviders();
  new SecureApimBackend(stack, "Orders", { gateway: gatewayIn(stack), backend, ...props });
}

const web = (props: Untyped) => () => secured(Backend.webApp({ ...MADE, ...props }));
const functions = (props: Untyped) => () => secured(Backend.functionApp({ ...MADE, ...props }));
const flex = (props: Untyped) => () => secured(Backend.flexFunctionApp({ ...MADE, ...props }));
const container = (props: Untyped) => () =>
  secured(Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 80, ...props }));
const LONG = "a".repeat(80);

test.each<[what: string, action: () => void, shown: string]>([
  ["name of an App Service plan", web({ planName: "my plan" }), '"my plan"'],
  ["name of an App Service plan", flex({ planName: LONG }), LONG],
  ["name of a storage account", functions({ storageAccountName: "my-storage" }), '"mystorage"'],
  ["name of a storage account", flex({ storageAccountName: "Storage" }), '"Storage"'],
  ["name of a storage container", flex({ packageContainerName: "app--package" }), '"app--package"'],
  ["name of a Container Apps environment", container({ environmentName: "1st" }), '"1st"'],
  ["name of a private endpoint", web({ networkAccess: endpoint("-pe") }), '"-pe"'],
  [
    "name of a private endpoint",
    web({ networkAccess: endpoint(LONG), plan: AppServicePlan.dedicated("S1"), slots: [{ name: "staging" }] }),
    "-staging",
  ],
  ["name of a diagnostic setting", web({ accessLogs: WORKSPACE, accessLogName: "a/b" }), '"a/b"'],
  ["name of an app registration", web({ registrationName: "x".repeat(121) }), "xxx"],
  ["name of an app registration", web({ registrationName: "" }), '""'],
  ["API Management backend name", () => secured(APPS.WebApp(), { backendEntityName: "my backend" }), '"my backend"'],
])("a %s that is refused where it goes", (what, action, shown) => {
  expect(action).toThrow(refusal("invalid-name", `The ${what}`, shown));
});

test.each([
  ["planName", web({ planName: "mine", plan: AppServicePlan.existing({ id: "/plans/a" }) }), "plan"],
  ["environmentName", container({ environmentName: "mine", environment: { id: "/environments/a" } }), "environment"],
])("%s names nothing if what it names exists", (property, action, existing) => {
  expect(action).toThrow(refusal("name-of-nothing", property, '"mine"', existing));
});

test("a name for a registration that exists, and a name of a backend entity that only Terraform knows", () => {
  const stack = stackWithProviders();
  const gateway = gatewayIn(stack);
  const { registration } = new SecureApimBackend(stack, "First", { gateway, backend: Backend.webApp(MADE) });
  const again = Backend.webApp({ ...MADE, registration, registrationName: "Mine" });
  expect(() => new SecureApimBackend(stack, "Second", { gateway, backend: again })).toThrow(
    refusal("name-of-nothing", "registrationName", "registration"),
  );
  expect(() => secured(Backend.webApp(MADE), { backendEntityName: "${var.name}" })).toThrow(
    refusal("literal-required", "backend entity"),
  );
});

test("two APIs cannot give their backend entities one name", () => {
  const stack = stackWithProviders();
  const gateway = gatewayIn(stack);
  new SecureApimBackend(stack, "First", { gateway, backend: url(), backendEntityName: "orders" });
  expect(
    () => new SecureApimBackend(stack, "Second", { gateway, backend: url(), backendEntityName: "orders" }),
  ).toThrow(refusal("backend-name-taken", '"orders"', "app/First", "backendEntityName"));
});

test("the branches of a named backend entity begin with its name", () => {
  const stack = stackWithProviders();
  const secured = new SecureApimBackend(stack, "Orders", {
    gateway: gatewayIn(stack),
    backend: url(),
    backendEntityName: "shop",
    branches: [
      {
        name: "beta",
        when: BranchCondition.header("x-beta", "1"),
        backend: url("beta"),
      },
    ],
  });
  expect([secured.backendEntity?.nameInput, secured.branchEntities.beta.nameInput]).toEqual(["shop", "shop-beta"]);
  expect(secured.apiPolicy.xmlContentInput).toBeDefined();
});

test("the IDs of an API and of its policy are those that Azure has", () => {
  const stack = stackWithProviders();
  const gateway = gatewayIn(stack);
  const created = new SecureApimBackend(stack, "Orders", { gateway, backend: url() });
  const resolve = (value: string): string =>
    String(Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) }));
  const service = resolve(gateway.apimId);
  const api = `\${azurerm_api_management_api.${created.api?.friendlyUniqueId}.name}`;
  expect(resolve(created.apiId)).toBe(`${service}/apis/${api}`);
  expect(resolve(created.policyId)).toBe(
    `${service}/apis/\${azurerm_api_management_api_policy.${created.apiPolicy.friendlyUniqueId}.api_name}/policies/policy`,
  );
});

describe("a name is given once", () => {
  const twice = (props: object, other: object = props) => {
    const stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", {
      ...NEW,
      sku: ApimSku.DEVELOPER,
      network: GatewayNetwork.external({ id: "/subnets/apim" }),
    });
    return () =>
      Object.entries({ Orders: props, Invoices: other }).forEach(([id, each]) => {
        new SecureApimBackend(stack, id, { gateway, backend: Backend.functionApp({ ...MADE, ...each }) });
      });
  };

  test.each([
    ["app name", { appName: "orders" }],
    ["name of an App Service plan", { planName: "orders" }],
    ["name of a storage account", { storageAccountName: "orders" }],
    ["name of a private endpoint", { networkAccess: endpoint("shared") }],
  ])("%s", (what, props) => {
    expect(twice(props)).toThrow(refusal("azure-name-taken", what, "app/Orders/Backend"));
  });

  test("plans of two resource groups may have one name", () => {
    const resourceGroup = { name: "rg-invoices", location: "westeurope" };
    expect(twice({ planName: "plan" }, { planName: "plan", resourceGroup })).not.toThrow();
  });
});
