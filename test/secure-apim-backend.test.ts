import { App, TerraformResource, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  ApiDiagnostics,
  ApimGateway,
  ApimLogger,
  ApimNamedValue,
  ApimProduct,
  ApimSku,
  ApimTag,
  ApiSurface,
  ApiSurfaceBindOptions,
  AppRegistration,
  AppRuntime,
  Audience,
  Backend,
  BackendBindOptions,
  BackendBranch,
  BranchCondition,
  Caller,
  GatewayIdentity,
  HttpMethod,
  IApimBackend,
  IApimGateway,
  IApiSurface,
  InvokeAssignment,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { refusal } from "./helpers/refusal";
import { all, annotations, GROUP, Json, only, stackWithProviders, synth, withoutHashes } from "./helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "99999999-2222-3333-4444-555555555555";
const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", SERVICE);
});

const url = (): IApimBackend => Backend.url("https://legacy.contoso.com/v2/", Audience.clientId(GUID));
const policyOf = (json: Json): string => withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content);

describe("the policy", () => {
  test("routes to the backend and signs in as the gateway, last, with nothing of the consumer's that opens doors", () => {
    new SecureApimBackend(stack, "Legacy", { gateway, backend: url() });
    expect(policyOf(synth(stack))).toMatchSnapshot();
  });

  test("names a user-assigned identity by its client id", () => {
    gateway = ApimGateway.fromLookup(stack, "Shared", {
      apimName: "contoso",
      resourceGroupName: "platform",
      identity: GatewayIdentity.userAssigned({ id: "/subscriptions/s/x", principalId: GUID, clientId: GUID }),
    });
    new SecureApimBackend(stack, "Legacy", { gateway, backend: url() });
    expect(policyOf(synth(stack))).toContain(
      `<authentication-managed-identity id="secure-apim-backend-token" resource="${GUID}" client-id="${GUID}" />`,
    );
  });

  test("drops the subscription key under the names that the API gives it", () => {
    const surface = ApiSurface.wildcard({ subscriptionKeyNames: { header: "X-Key", query: "key" } });
    new SecureApimBackend(stack, "Legacy", { gateway, backend: url(), surface });
    const json = synth(stack);
    expect(policyOf(json)).toContain('name="X-Key" exists-action="delete"');
    expect(policyOf(json)).toContain(
      '<set-query-parameter id="secure-apim-backend-subscription-key-query" name="key" ',
    );
    expect(only(json, "azurerm_api_management_api").subscription_key_parameter_names).toEqual({
      header: "X-Key",
      query: "key",
    });
  });
});

describe("the API", () => {
  test("is served over HTTPS alone, with a subscription key, at the name of the construct", () => {
    const orders = new SecureApimBackend(stack, "OrdersApi V2", { gateway, backend: url() });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api")).toEqual({
      lifecycle: { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] },
      name: "orders-api-v2",
      path: "orders-api-v2",
      display_name: "OrdersApi V2",
      revision: "1",
      protocols: ["https"],
      service_url: "https://legacy.contoso.com/v2",
      subscription_required: true,
      subscription_key_parameter_names: { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" },
      api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
      resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
    });
    expect(orders.apiUrl).toMatch(/\/orders-api-v2$/);
  });

  test("passes on GET, HEAD, POST, PUT, PATCH and DELETE, on any path", () => {
    new SecureApimBackend(stack, "Legacy", { gateway, backend: url() });
    const operations = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_operation"));
    expect(operations.map(({ method, url_template }) => `${method} ${url_template}`).sort()).toEqual([
      "DELETE /*",
      "GET /*",
      "HEAD /*",
      "PATCH /*",
      "POST /*",
      "PUT /*",
    ]);
  });

  test("opens further by named calls, whose reasons are shown", () => {
    const surface = ApiSurface.wildcard({ path: "" })
      .withoutSubscriptionKey("public price list")
      .passThroughOptions("WebDAV clients");
    new SecureApimBackend(stack, "Prices", { gateway, backend: url(), surface });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api").subscription_required).toBe(false);
    expect(Object.keys(all(json, "azurerm_api_management_api_operation"))).toHaveLength(7);
    expect(annotations(stack)).toEqual([
      "info: Open to consumers without a subscription key: public price list",
      "info: OPTIONS requests reach the backend: WebDAV clients",
    ]);
  });

  test("at the root has the address of the gateway", () => {
    const prices = new SecureApimBackend(stack, "Prices", {
      gateway,
      backend: url(),
      surface: ApiSurface.wildcard({ path: "" }),
    });
    expect(prices.apiUrl).toBe(gateway.gatewayUrl);
  });

  test("takes a path that only Terraform knows", () => {
    const path = new TerraformVariable(stack, "path", { type: "string" }).stringValue;
    new SecureApimBackend(stack, "Legacy", {
      gateway,
      backend: url(),
      surface: ApiSurface.wildcard({ path, apiName: path }),
    });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api").path).toBe("${var.path}");
    expect(only(json, "azurerm_api_management_backend").name).toBe("legacy");
  });
});

describe("the backend entity", () => {
  test("checks the certificate of the backend", () => {
    new SecureApimBackend(stack, "Legacy", { gateway, backend: url() });
    expect(only(synth(stack), "azurerm_api_management_backend")).toEqual({
      lifecycle: { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] },
      name: "legacy",
      protocol: "http",
      url: "https://legacy.contoso.com/v2",
      tls: { validate_certificate_chain: true, validate_certificate_name: true },
      api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
      resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
    });
  });

  test("leaves it to Terraform to refuse an address that only Terraform knows", () => {
    const address = new TerraformVariable(stack, "address", { type: "string" }).stringValue;
    new SecureApimBackend(stack, "Legacy", { gateway, backend: Backend.url(address, Audience.clientId(GUID)) });
    expect(only(synth(stack), "azurerm_api_management_backend").lifecycle.precondition).toEqual([
      {
        condition: expect.stringMatching(/^\$\{can\(regex\("\(\?i\)\^https:.+", var\.address\)\)\}$/),
        error_message: refusal("insecure-url-at-plan", '"https://"'),
      },
    ]);
  });
});

test("a value in Terraform's own syntax is taken as well as one of cdktf's", () => {
  gateway = new ApimGateway(stack, "Other", {
    ...SERVICE,
    resourceGroup: { name: "${var.group}", location: "westeurope" },
  });
  new SecureApimBackend(stack, "Legacy", {
    gateway,
    backend: Backend.url("${var.url}", Audience.clientId("${var.id}")),
  });
  ApimGateway.fromLookup(stack, "Shared", {
    apimName: "contoso",
    resourceGroupName: "platform",
    identity: GatewayIdentity.userAssigned({ id: "${var.identity}", principalId: GUID, clientId: GUID }),
  });
  const json = synth(stack);
  expect(json.resource.azurerm_api_management).toMatchObject({
    Other_34654A52: { name: expect.stringContaining(', "${var.group}", "app/Other"') },
  });
  expect(only(json, "azurerm_api_management_backend").lifecycle.precondition[0].condition).toMatch(
    /^\$\{can\(regex\(".+", "\$\{var\.url\}"\)\)\}$/,
  );
  expect(only({ data: json.data }, "azurerm_api_management").lifecycle.postcondition[0].condition).toContain(
    'lower("${var.identity}"))',
  );
  expect(policyOf(json)).toMatch(/ resource="\$\{regex\(".+", "\$\{var\.id\}"\)\}" \/>/);
});

describe("who is let in", () => {
  const backend = (registration?: AppRegistration): IApimBackend =>
    Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration });
  const allowed = (json: Json): string[] =>
    only(json, "azurerm_linux_web_app").auth_settings_v2.active_directory_v2.allowed_identities;

  test("callers granted before and after, whatever the order of calls", () => {
    const lists = [true, false].map((early) => {
      stack = stackWithProviders();
      gateway = new ApimGateway(stack, "Gateway", SERVICE);
      const registration = new AppRegistration(stack, "Registration");
      if (early) registration.grantInvoke(Caller.servicePrincipal(GUID));
      new SecureApimBackend(stack, "Orders", { gateway, backend: backend(registration) });
      if (!early) registration.grantInvoke(Caller.servicePrincipal(GUID));
      return allowed(synth(stack));
    });
    expect(lists[0]).toEqual([GUID, "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"]);
    expect(lists[1]).toEqual(lists[0]);
  });

  test("a caller granted twice has one assignment", () => {
    const registration = new AppRegistration(stack, "Registration");
    const first = registration.grantInvoke(gateway);
    expect(registration.grantInvoke(gateway)).toBe(first);
    expect(Object.keys(all(synth(stack), "azuread_app_role_assignment"))).toEqual([
      "Registration_Invoke-Gateway_58B9B275",
    ]);
  });

  test("two objects for one existing gateway are one caller", () => {
    const registration = new AppRegistration(stack, "Registration");
    const existing = { apimName: "contoso", resourceGroupName: "platform" };
    const [first, second] = ["First", "Second"].map((id) => ApimGateway.fromLookup(stack, id, existing));
    expect(registration.grantInvoke(first)).toBe(registration.grantInvoke(second));
  });

  test("a second API in front of the same app asks for no second assignment", () => {
    const first = new SecureApimBackend(stack, "Orders", { gateway, backend: backend() });
    if (!first.registration) throw new Error("a web app has a registration");
    new SecureApimBackend(stack, "OrdersV2", {
      gateway,
      backend: Backend.url(first.backendUrl, Audience.registration(first.registration)),
    });
    const json = synth(stack);
    expect(Object.keys(all(json, "azuread_app_role_assignment"))).toHaveLength(1);
    expect(Object.keys(all(json, "azurerm_api_management_api_policy"))).toHaveLength(2);
  });

  test("an assignment that others make is left out, and said to be", () => {
    const registration = AppRegistration.fromAttributes(stack, "Registration", {
      clientId: GUID,
      assignment: InvokeAssignment.managedElsewhere("the identity team does, ticket 12"),
    });
    const orders = new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration }),
    });
    const json = synth(stack);
    expect(orders.registration).toBe(registration);
    expect(Object.keys(json.resource).filter((type) => type.startsWith("azuread"))).toEqual([]);
    expect(allowed(json)).toEqual(["${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"]);
    expect(annotations(stack)).toEqual(["info: The app role is assigned elsewhere: the identity team does, ticket 12"]);
  });

  test("an existing service principal gets the assignment", () => {
    const registration = AppRegistration.fromAttributes(stack, "Registration", {
      clientId: GUID,
      assignment: InvokeAssignment.onServicePrincipal(OTHER),
    });
    registration.grantInvoke(gateway);
    expect(only(synth(stack), "azuread_app_role_assignment")).toEqual({
      app_role_id: "00000000-0000-0000-0000-000000000000",
      principal_object_id: "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
      resource_object_id: OTHER,
    });
  });
});

describe("what is created is at hand", () => {
  const branches = (): BackendBranch[] => [
    { name: "v2", when: BranchCondition.header("X-Version", "2"), backend: url() },
  ];
  const place = (resource?: TerraformResource): string | undefined =>
    resource && `${resource.terraformResourceType} at ${resource.node.path}`;

  test("of an API", () => {
    gateway = new ApimGateway(stack, "Other", { ...SERVICE, sku: ApimSku.BASIC_V2 });
    const logger = ApimLogger.fromAttributes(stack, "Logger", { gateway, loggerName: "central" });
    const orders = new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: url(),
      branches: branches(),
      surface: ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders", operationId: "list" }]),
      operationPolicies: [{ operationId: "list", policy: PolicyDocument.of(PolicyStatement.rateLimit(20, 90)) }],
      diagnostics: [ApiDiagnostics.azureMonitor(), ApiDiagnostics.applicationInsights(logger)],
    });
    expect({
      apiName: orders.apiName,
      api: place(orders.api),
      operations: orders.operations.map(place),
      apiPolicy: place(orders.apiPolicy),
      operationPolicies: Object.entries(orders.operationPolicies).map(([id, policy]) => [id, place(policy)]),
      backendEntity: place(orders.backendEntity),
      branchEntities: Object.entries(orders.branchEntities).map(([name, entity]) => [name, place(entity)]),
      applicationInsightsDiagnostic: place(orders.applicationInsightsDiagnostic),
      azureMonitorDiagnostic: place(orders.azureMonitorDiagnostic),
    }).toEqual({
      apiName: "orders",
      api: "azurerm_api_management_api at app/Orders/Api/Resource",
      operations: ["azurerm_api_management_api_operation at app/Orders/Api/Operation-list"],
      apiPolicy: "azurerm_api_management_api_policy at app/Orders/Policy",
      operationPolicies: [["list", "azurerm_api_management_api_operation_policy at app/Orders/OperationPolicy-list"]],
      backendEntity: "azurerm_api_management_backend at app/Orders/BackendEntity",
      branchEntities: [["v2", "azurerm_api_management_backend at app/Orders/Branch-v2/BackendEntity"]],
      applicationInsightsDiagnostic:
        "azurerm_api_management_api_diagnostic at app/Orders/Diagnostics/ApplicationInsights",
      azureMonitorDiagnostic: "azapi_resource at app/Orders/Diagnostics/AzureMonitor",
    });
  });

  test("of the registrations: those that the app creates, with their application", () => {
    const orders = new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
      callers: { allowed: [Caller.servicePrincipal(GUID)] },
    });
    const existing = AppRegistration.fromAttributes(stack, "Registration", {
      clientId: GUID,
      assignment: InvokeAssignment.managedElsewhere("ADR 12"),
    });
    const stock = new SecureApimBackend(stack, "Stock", {
      gateway,
      backend: Backend.url("https://stock.contoso.com", Audience.registration(existing)),
    });
    expect([orders.createdRegistration, orders.createdApiRegistration].map((each) => place(each?.application))).toEqual(
      [
        "azuread_application at app/Orders/Backend/Registration/Resource",
        "azuread_application at app/Orders/Callers/Registration/Resource",
      ],
    );
    expect([stock.registration, stock.createdRegistration, stock.createdApiRegistration]).toEqual([
      existing,
      undefined,
      undefined,
    ]);
  });

  test("of a published API: its memberships and tags", () => {
    const orders = new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: url(),
      products: [new ApimProduct(stack, "Partners", { gateway })],
      tags: [new ApimTag(stack, "Sales", { gateway })],
    });
    expect([orders.productApis, orders.apiTags].map((each) => each.map(place))).toEqual([
      ["azurerm_api_management_product_api at app/Orders/Product-Partners"],
      ["azurerm_api_management_api_tag at app/Orders/Tag-Sales"],
    ]);
  });

  test("of an existing API: its policy and backend, and no more", () => {
    const stock = new SecureApimBackend(stack, "Stock", {
      gateway,
      backend: url(),
      surface: ApiSurface.existingApi("stock", PolicyDocument.EMPTY),
    });
    expect([stock.apiName, stock.api, stock.operations]).toEqual(["stock", undefined, []]);
    expect(place(stock.apiPolicy)).toBe("azurerm_api_management_api_policy at app/Stock/Policy");
    expect(place(stock.backendEntity)).toBe("azurerm_api_management_backend at app/Stock/BackendEntity");
    expect([stock.branchEntities, stock.operationPolicies]).toEqual([{}, {}]);
    expect([stock.applicationInsightsDiagnostic, stock.azureMonitorDiagnostic]).toEqual([undefined, undefined]);
  });

  test("of a fragment", () => {
    const orders = new SecurePolicyFragment(stack, "Orders", { gateway, backend: url(), branches: branches() });
    expect([orders.fragment, orders.backendEntity, orders.branchEntities.v2].map(place)).toEqual([
      "azurerm_api_management_policy_fragment at app/Orders/Resource",
      "azurerm_api_management_backend at app/Orders/BackendEntity",
      "azurerm_api_management_backend at app/Orders/Branch-v2/BackendEntity",
    ]);
  });

  test("of a product, a tag, a named value and a logger", () => {
    const { product } = new ApimProduct(stack, "Product", { gateway });
    const { tag } = new ApimTag(stack, "Tag", { gateway });
    const { namedValue } = new ApimNamedValue(stack, "Value", { gateway, value: NamedValueContent.plain("42") });
    const applicationInsights = { id: "/insights", connectionString: "InstrumentationKey=x" };
    const { logger } = new ApimLogger(stack, "Logger", { gateway, applicationInsights });
    expect([product, tag, namedValue, logger].map(place)).toEqual([
      "azurerm_api_management_product at app/Product/Resource",
      "azurerm_api_management_tag at app/Tag/Resource",
      "azurerm_api_management_named_value at app/Value/Resource",
      "azurerm_api_management_logger at app/Logger/Resource",
    ]);
  });

  test("to set anything else on it", () => {
    const orders = new SecureApimBackend(stack, "Orders", { gateway, backend: url() });
    orders.api?.addOverride("terms_of_service_url", "https://contoso.com/terms");
    orders.backendEntity!.description = "The old system";
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api").terms_of_service_url).toBe("https://contoso.com/terms");
    expect(only(json, "azurerm_api_management_backend").description).toBe("The old system");
  });
});

describe("what is composed", () => {
  test("backend, then grant, then API, then policy: each is told what it needs", () => {
    const calls: string[] = [];
    const backend: IApimBackend = {
      factory: "fake",
      bind(scope: Construct, options: BackendBindOptions) {
        calls.push(`backend at ${scope.node.path} for ${options.defaultName}`);
        return {
          url: "https://fake",
          audience: Audience.clientId(GUID),
          policy: PolicyDocument.EMPTY,
          dependencies: [],
        };
      },
    };
    const surface: IApiSurface = {
      factory: "fake",
      bind(scope: Construct, options: ApiSurfaceBindOptions) {
        calls.push(`api at ${scope.node.path} for ${options.backendUrl} as ${options.defaultPath}`);
        return {
          apiName: "fake",
          path: "fake",
          subscriptionKeyNames: { header: "H", query: "q" },
          passesOptions: false,
          policy: PolicyDocument.EMPTY,
          dependencies: [],
          replaceTriggers: ["fake_api.fake.id"],
        };
      },
    };
    new SecureApimBackend(stack, "Orders", { gateway, backend, surface });
    expect(calls).toEqual([
      "backend at app/Orders/Backend for orders",
      "api at app/Orders/Api for https://fake as orders",
    ]);
    expect(only(synth(stack), "azurerm_api_management_api_policy").api_name).toBe("fake");
  });

  test("what lives on a gateway of another subscription takes its provider, and the app keeps the stack's", () => {
    const provider = new AzurermProvider(stack, "platform", { alias: "platform", features: [{}] });
    gateway = ApimGateway.fromLookup(stack, "Shared", {
      apimName: "contoso",
      resourceGroupName: "platform",
      provider,
    });
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
    });
    const json = synth(stack);
    const onGateway = ["api", "api_operation", "api_policy", "backend"].flatMap((kind) =>
      Object.values<Json>(all(json, `azurerm_api_management_${kind}`)),
    );
    expect(new Set(onGateway.map((resource) => resource.provider))).toEqual(new Set(["azurerm.platform"]));
    expect(only({ data: json.data }, "azurerm_api_management").provider).toBe("azurerm.platform");
    expect(only(json, "azurerm_linux_web_app").provider).toBeUndefined();
  });

  test("what another stack makes ready is no dependency of a resource, but the stack is one of the stack", () => {
    const app: App = Testing.app();
    const [platform, identity, team] = ["platform", "identity", "team"].map((name) => new TerraformStack(app, name));
    [platform, identity, team].forEach((each) => new AzurermProvider(each, "azurerm", { features: [{}] }));
    new AzureadProvider(identity, "azuread");
    const shared = new ApimGateway(platform, "Gateway", SERVICE);
    const registration = new AppRegistration(identity, "Registration");
    const backend = Backend.url("https://legacy.contoso.com", Audience.registration(registration));
    new SecureApimBackend(team, "Legacy", { gateway: shared, backend });
    [platform, identity, team].forEach((each) => each.prepareStack());
    expect(only(synth(team), "azurerm_api_management_api_policy").depends_on).toEqual([
      "azurerm_api_management_api.Legacy_Api_3B3B19E7",
    ]);
    expect(team.dependencies).toContain(identity);
  });

  test("a gateway in one stack serves backends in another", () => {
    const app: App = Testing.app();
    const platform = new TerraformStack(app, "platform");
    const team = new TerraformStack(app, "team");
    [platform, team].forEach((each) => new AzurermProvider(each, "azurerm", { features: [{}] }));
    const shared = new ApimGateway(platform, "Gateway", SERVICE);
    new SecureApimBackend(team, "Legacy", { gateway: shared, backend: url() });
    [platform, team].forEach((each) => each.prepareStack());
    expect(only(synth(team), "azurerm_api_management_api").api_management_name).toMatch(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-platform\.outputs\.cross-stack-output-azurerm_api_managementGateway_\w+name\}$/,
    );
  });
});

test("an unrelated construct in front of everything changes no name, id or UUID", () => {
  const [alone, accompanied] = [false, true].map((withCompany) => {
    const tree = stackWithProviders();
    if (withCompany) {
      const other = new AppRegistration(tree, "Unrelated");
      other.grantInvoke(Caller.servicePrincipal(GUID));
    }
    const service = new ApimGateway(tree, "Gateway", SERVICE);
    new SecureApimBackend(tree, "Orders", {
      gateway: service,
      backend: Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
    });
    return synth(tree);
  });
  for (const [type, resources] of Object.entries<Json>(alone.resource)) {
    expect(accompanied.resource[type]).toMatchObject(resources);
  }
});
