import { TerraformStack } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementApi, ApiManagementApiConfig } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { DataAzurermApiManagementApi } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api";
import {
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  Audience,
  Backend,
  Caller,
  IApimGateway,
  IApiSurface,
  OwnApiOptions,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  SecureApimBackendProps,
} from "cdktf-secure-apim-backend";
import { resolved } from "../../lib/core/tokens";
import { refusal } from "../helpers/refusal";
import { annotations, findings, Json, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const CONFIG: ApiManagementApiConfig = {
  name: "orders",
  apiManagementName: "contoso",
  resourceGroupName: "platform",
  revision: "1",
  displayName: "Orders",
  path: "sales/orders",
  protocols: ["https"],
};

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
});

const declare = (config: Partial<ApiManagementApiConfig> = {}): ApiManagementApi =>
  new ApiManagementApi(stack, "OrdersApi", { ...CONFIG, ...config });

function secure(
  api: ApiManagementApi,
  { options, ...props }: Partial<SecureApimBackendProps> & { readonly options?: OwnApiOptions } = {},
): SecureApimBackend {
  return new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
    surface: ApiSurface.fromApi(api, options),
    ...props,
  });
}

const CALLERS = { allowed: [Caller.servicePrincipal(GUID)] };

describe("an API of the user's own", () => {
  test("gets a policy that sends its requests to the backend, and nothing else is set on it", () => {
    const orders = secure(declare({ serviceUrl: "https://elsewhere.contoso.com" }));
    const json = synth(stack);
    const { lifecycle, ...api } = only(json, "azurerm_api_management_api");
    expect(api).toEqual({
      name: "orders",
      api_management_name: "contoso",
      resource_group_name: "platform",
      revision: "1",
      display_name: "Orders",
      path: "sales/orders",
      protocols: ["https"],
      service_url: "https://elsewhere.contoso.com",
    });
    expect(lifecycle).toEqual({
      postcondition: [{ condition: "${self.is_current}", error_message: refusal("own-api-not-current") }],
    });
    const policy = only(json, "azurerm_api_management_api_policy");
    expect(policy.api_name).toBe("orders");
    expect(policy.depends_on).toContain("azurerm_api_management_api.OrdersApi");
    expect(policy.lifecycle.replace_triggered_by).toEqual(["azurerm_api_management_api.OrdersApi.id"]);
    expect(withoutHashes(policy.xml_content)).toContain(
      '<set-backend-service id="secure-apim-backend-route" backend-id="${azurerm_api_management_backend.Orders_BackendEntity_',
    );
    expect(orders.api?.node.path).toBe("app/OrdersApi");
    expect(resolved(stack, orders.apiUrl)).toBe(
      "${data.azurerm_api_management.Gateway_43CB3636.gateway_url}/sales/orders",
    );
    expect(annotations(stack)).toEqual([]);
  });

  test.each(["http", "soap", "graphql"])("can be of type %s", (apiType) => {
    secure(declare({ apiType }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("is refused as a WebSocket API, which has no policy", () => {
    expect(() => secure(declare({ apiType: "websocket", protocols: ["wss"] }))).toThrow(
      refusal("own-web-socket-api", "[app/Orders/Api]", '"app/OrdersApi"', "http, soap or graphql"),
    );
  });

  test.each<[string, Partial<ApiManagementApiConfig>, string]>([
    ["accepts plain HTTP", { protocols: ["http", "https"] }, "Set protocols on it"],
    ["says nothing of its protocols", { protocols: undefined }, "Set protocols on it"],
    ["requires no key", { subscriptionRequired: false }, "Set subscription_required on it"],
  ])("is an error where it %s", (_, config, attributes) => {
    secure(declare(config));
    expect(findings(stack)).toEqual([refusal("own-api-open", "[app/OrdersApi]", attributes, "withoutSubscriptionKey")]);
  });

  test("is open to consumers without a key by a named call with a reason", () => {
    const api = declare({ subscriptionRequired: false });
    secure(api, { surface: ApiSurface.fromApi(api).withoutSubscriptionKey("a public catalog, see ADR 7") });
    synth(stack);
    expect(annotations(stack)).toEqual([expect.stringContaining("a public catalog, see ADR 7")]);
  });

  test("with callers requires no key, and has no other revision online", () => {
    secure(declare(), { callers: CALLERS });
    expect(findings(stack)).toEqual([refusal("own-api-key-with-callers", "[app/OrdersApi]")]);

    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    secure(declare({ subscriptionRequired: false }), { callers: CALLERS });
    const json = synth(stack);
    const revisions = only(json, "azapi_resource_action");
    expect(revisions.depends_on).toEqual(["azurerm_api_management_api.OrdersApi"]);
    expect(revisions.lifecycle.postcondition[0].error_message).toEqual(refusal("other-revisions-online"));
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toContain(
      `data.azapi_resource_action.${Object.keys(json.data.azapi_resource_action)[0]}`,
    );
  });

  test("hides its own subscription key from the backend", () => {
    secure(declare({ subscriptionKeyParameterNames: { header: "X-Api-Key", query: "api-key" } }));
    const { xml_content: policy } = only(synth(stack), "azurerm_api_management_api_policy");
    expect(policy).toContain('name="X-Api-Key" exists-action="delete"');
    expect(policy).toContain('name="api-key" exists-action="delete"');
  });

  test.each<[string, (api: ApiManagementApi) => void]>([
    ["name", (api) => api.addOverride("name", "other")],
    ["path", (api) => (api.path = "other")],
    ["subscription_key_parameter_names", (api) => api.putSubscriptionKeyParameterNames({ header: "X-A", query: "b" })],
  ])("keeps its %s", (attribute, change) => {
    const api = declare();
    secure(api);
    change(api);
    expect(findings(stack)).toEqual([refusal("own-api-changed", "[app/OrdersApi]", `Set ${attribute} on it`)]);
  });

  test.each(["websocket", "${var.type}"])("is of a type that has a policy, not of type %s", (apiType) => {
    const api = declare();
    secure(api);
    api.apiType = apiType;
    expect(findings(stack)).toEqual([refusal("own-api-type", '"app/OrdersApi"', "Set api_type on it")]);
  });

  test("stays closed: what is ignored is an error", () => {
    const api = declare();
    api.lifecycle = { ignoreChanges: ["protocols", "subscription_required"] };
    secure(api);
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", "protocols, subscription_required")]);
  });

  test("has no other policy", () => {
    const api = declare();
    secure(api);
    new ApiManagementApiPolicy(stack, "Other", {
      apiName: api.name,
      apiManagementName: api.apiManagementName,
      resourceGroupName: api.resourceGroupName,
      xmlContent: "<policies />",
    });
    expect(findings(stack)).toEqual([refusal("policy-beside", '"app/Other"', '"app/Orders"')]);
  });

  test("is on the gateway", () => {
    secure(declare({ apiManagementName: "fabrikam" }));
    expect(findings(stack)).toEqual([
      refusal("own-api-on-another-gateway", '"app/OrdersApi"', '"fabrikam"', '"contoso"'),
    ]);
  });

  test("is one API", () => {
    expect(() => secure(declare({ count: 2 }))).toThrow(refusal("repeated-object", '"app/OrdersApi"', "Remove count"));
  });

  test("is on the gateway by reference", () => {
    const apim = new ApiManagement(stack, "Apim", {
      name: "contoso",
      resourceGroupName: "platform",
      location: "westeurope",
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      skuName: "BasicV2_1",
      identity: { type: "SystemAssigned" },
    });
    gateway = ApimGateway.fromApiManagement(stack, "Own", apim);
    secure(declare({ apiManagementName: apim.name }));
    expect(only(synth(stack), "azurerm_api_management_api").lifecycle.precondition).toBeUndefined();
  });

  test("is made again with its gateway, and as you wrote", () => {
    gateway = new ApimGateway(stack, "New", {
      resourceGroup: { name: "platform", location: "westeurope" },
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const lifecycle = { replaceTriggeredBy: ["terraform_data.release"], preventDestroy: true };
    secure(declare({ apiManagementName: gateway.apimName, lifecycle }));
    const { lifecycle: rendered } = only(synth(stack), "azurerm_api_management_api");
    expect(rendered).toMatchObject({
      prevent_destroy: true,
      replace_triggered_by: ["terraform_data.release", "azurerm_api_management.New_8A81B073.id"],
    });
  });

  test("is on the gateway at plan where only Terraform knows the names", () => {
    secure(declare({ apiManagementName: "${var.apim}" }));
    expect(only(synth(stack), "azurerm_api_management_api").lifecycle.precondition).toEqual([
      {
        condition: expect.stringContaining("lower("),
        error_message: refusal("own-api-gateway-at-plan"),
      },
    ]);
  });

  test("has policies of operations, after its operations", () => {
    const api = declare();
    const operation = new ApiManagementApiOperation(stack, "Get", {
      operationId: "get-order",
      apiName: api.name,
      apiManagementName: api.apiManagementName,
      resourceGroupName: api.resourceGroupName,
      displayName: "Get",
      method: "GET",
      urlTemplate: "/{id}",
      templateParameter: [{ name: "id", required: true, type: "string" }],
    });
    const policy = PolicyDocument.of(PolicyStatement.rateLimit(5, 60));
    const props = { options: { operations: [operation] }, operationPolicies: [{ operationId: "get-order", policy }] };
    secure(api, props);
    expect(only(synth(stack), "azurerm_api_management_api_operation_policy").depends_on).toEqual([
      "azurerm_api_management_api_operation.Get",
    ]);
    const unknown = { ...props, operationPolicies: [{ operationId: "list", policy }] };
    const other = new ApiManagementApi(stack, "Other", { ...CONFIG, name: "other", path: "other" });
    expect(
      () =>
        new SecureApimBackend(stack, "Second", {
          gateway,
          backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
          surface: ApiSurface.fromApi(other, unknown.options),
          operationPolicies: unknown.operationPolicies,
        }),
    ).toThrow(refusal("unknown-operation", '"list"', "get-order"));
  });

  const operationOf = (apiName: string): ApiManagementApiOperation =>
    new ApiManagementApiOperation(stack, "Get", {
      operationId: "get-order",
      apiName,
      apiManagementName: "contoso",
      resourceGroupName: "platform",
      displayName: "Get",
      method: "GET",
      urlTemplate: "/",
    });

  test("has no operations of another API", () => {
    const other = new ApiManagementApi(stack, "Other", { ...CONFIG, name: "other", path: "other" });
    secure(declare(), { options: { operations: [operationOf(other.name)] } });
    expect(findings(stack)).toEqual([
      refusal("operation-of-another-api", '"app/Get"', '"azurerm_api_management_api.Other.name"', '"app/OrdersApi"'),
    ]);
  });

  test.each([CONFIG.name, "${var.api}"])("can have operations that name it as %s", (name) => {
    secure(declare(), { options: { operations: [operationOf(name)] } });
    expect(() => synth(stack)).not.toThrow();
  });

  test("can be a version", () => {
    const versionSet = new ApiVersionSet(stack, "Versions", { gateway, path: "sales" });
    const api = declare({ version: "v1", versionSetId: versionSet.versionSetId, path: "sales" });
    const orders = secure(api, { options: { version: { versionSet, name: "v1" } } });
    synth(stack);
    expect(resolved(stack, orders.apiUrl)).toMatch(/\/sales\/v1$/);
  });

  test("says its version", () => {
    secure(declare({ version: "v1", versionSetId: "/versions" }));
    expect(findings(stack)).toEqual([refusal("own-api-version", "(none)", "new ApiVersionSet(")]);
  });

  test("is the API of one backend", () => {
    const api = declare();
    secure(api);
    expect(
      () =>
        new SecureApimBackend(stack, "Again", {
          gateway,
          backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
          surface: ApiSurface.fromApi(api),
        }),
    ).toThrow(refusal("api-secured-twice", '"app/OrdersApi"', '"app/Orders/Api"'));
  });

  test("cannot have the name or the path of another API of the library", () => {
    const published = (id: string, surface: IApiSurface): SecureApimBackend =>
      new SecureApimBackend(stack, id, {
        gateway,
        backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
        surface,
      });
    published("First", ApiSurface.wildcard({ apiName: "orders", path: "first" }));
    published("Second", ApiSurface.wildcard({ apiName: "second", path: "second" }));
    expect(() => secure(declare())).toThrow(
      refusal("api-name-taken", '"orders"', '"app/First"', "name on your ApiManagementApi."),
    );
    const other = new ApiManagementApi(stack, "Other", { ...CONFIG, name: "other", path: "second" });
    expect(() => published("Third", ApiSurface.fromApi(other))).toThrow(
      refusal("path-taken", '"second"', '"app/Second"', "path on your ApiManagementApi."),
    );
  });

  test("is refused in another stack, and as a data source", () => {
    const other = new ApiManagementApi(new TerraformStack(stack.node.root, "apis"), "Api", CONFIG);
    expect(() => secure(other)).toThrow(refusal("api-in-another-stack", '"apis/Api"', "ApiSurface.existingApi("));
    const { displayName, path, protocols, ...lookup } = CONFIG;
    expect([displayName, path, protocols]).not.toContain(undefined);
    const data = new DataAzurermApiManagementApi(stack, "Data", lookup) as Json as ApiManagementApi;
    stack.node.tryRemoveChild("Orders");
    expect(() => secure(data)).toThrow(refusal("wrong-value", "ApiSurface.fromApi", '"app/Data"', "existingApi("));
  });
});

describe("an existing API that the stack declares", () => {
  const existing = (name: string): SecureApimBackend =>
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
      surface: ApiSurface.existingApi(name, PolicyDocument.EMPTY),
    });

  test.each([
    ["by the name that the service was looked up with", "contoso"],
    ["by a reference to the service", "${data.azurerm_api_management.Gateway_43CB3636.name}"],
  ])("does not exist yet when Terraform reads it, %s", (_, apiManagementName) => {
    declare({ apiManagementName });
    existing("Orders");
    expect(findings(stack)).toEqual([
      refusal("existing-api-declared-here", "[app/Orders/Api]", '"app/OrdersApi"', "ApiSurface.fromApi(api)"),
    ]);
  });

  test("is named by its reference, and refused at once", () => {
    expect(() => existing(declare().name)).toThrow(
      refusal("existing-api-by-reference", "azurerm_api_management_api.OrdersApi.name", "ApiSurface.fromApi(api)"),
    );
  });

  test("is another one on another service", () => {
    declare({ apiManagementName: "fabrikam" });
    existing("orders");
    expect(() => synth(stack)).not.toThrow();
  });
});
