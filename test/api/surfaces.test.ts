import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import {
  ApimGateway,
  ApiOperation,
  ApiSurface,
  ApiSurfaceBindOptions,
  ApiSurfaceConfig,
  Audience,
  Backend,
  HttpMethod,
  IApiSurface,
  NewApiOptions,
  PolicyDocument,
  PolicyStatement,
  PublishedApi,
  SecureApimBackend,
  UrlParameterType,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function publish(surface: IApiSurface, policy?: PolicyDocument): void {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
  new SecureApimBackend(stack, "Orders", { gateway, backend, surface, policy });
}

const operations = (): Json => all(synth(stack), "azurerm_api_management_api_operation");

describe("an API with a list of operations", () => {
  const list = (operation: Partial<ApiOperation> = {}, props?: NewApiOptions): PublishedApi =>
    ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders/{id}", ...operation }], props);

  test("has these operations, their parameters declared, and no others", () => {
    publish(
      ApiSurface.operations(
        [
          { method: HttpMethod.GET, urlTemplate: "/orders/{order-id}/lines/{line}", displayName: "A line of an order" },
          {
            method: HttpMethod.POST,
            urlTemplate: "/orders",
            description: "Places an order.",
            operationId: "placeOrder",
          },
          { method: HttpMethod.GET, urlTemplate: "/files/{*path}" },
        ],
        { path: "shop" },
      ),
    );
    expect(operations()).toMatchSnapshot();
    expect(only(synth(stack), "azurerm_api_management_api")).toMatchObject({
      path: "shop",
      protocols: ["https"],
      subscription_required: true,
    });
  });

  test("says of parameters what they are", () => {
    publish(
      list({
        urlTemplate: "/orders/{state}/{id}/{*rest}",
        parameters: [
          { name: "id", type: UrlParameterType.INTEGER, description: "Number of the order" },
          { name: "state", values: ["open", "closed"] },
        ],
      }),
    );
    expect(only(synth(stack), "azurerm_api_management_api_operation").template_parameter).toEqual([
      { name: "state", required: true, type: "string", values: ["open", "closed"] },
      { name: "id", required: true, type: "integer", description: "Number of the order" },
      { name: "rest", required: true, type: "string" },
    ]);
  });

  test("is opened to consumers without a key by a named call, whose reason is shown", () => {
    publish(
      ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/prices" }]).withoutSubscriptionKey(
        "public price list",
      ),
    );
    expect(only(synth(stack), "azurerm_api_management_api").subscription_required).toBe(false);
    expect(annotations(stack)).toEqual(["info: Open to consumers without a subscription key: public price list"]);
  });

  test("has no cors policy beside an OPTIONS operation", () => {
    const cors = PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://shop.contoso.com"] }));
    const surface = list({ method: HttpMethod.OPTIONS }).passThroughOptions("the backend answers");
    expect(() => publish(surface, cors)).toThrow(refusal("cors-with-options", "[app/Orders]"));
  });

  test("passes OPTIONS on for a reason, which is shown", () => {
    expect(() => publish(list({ method: HttpMethod.OPTIONS }))).toThrow(
      refusal("options-without-reason", "[app/Orders/Api]", 'ApiSurface.operations(...).passThroughOptions("why")'),
    );
    stack = stackWithProviders();
    publish(list({ method: HttpMethod.OPTIONS }).passThroughOptions("the backend answers"));
    expect(annotations(stack)).toEqual(["info: OPTIONS requests reach the backend: the backend answers"]);
  });

  test("shortens a default operation id, so that it stays the only one", () => {
    const path = `/${"customers-and-their-orders/".repeat(4)}`;
    publish(
      ApiSurface.operations([
        { method: HttpMethod.GET, urlTemplate: `${path}a` },
        { method: HttpMethod.GET, urlTemplate: `${path}b` },
      ]),
    );
    const ids = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_operation")).map(
      ({ operation_id }) => operation_id,
    );
    const start = "get-customers-and-their-orders-customers-and-their-orders-customers-and-t";
    expect(ids.sort()).toEqual([`${start}-bab1af`, `${start}-e5057d`]);
  });

  test.each([
    ["import", { content_format: "openapi", content_value: "openapi: 3.0.0" }],
    ["name", "other"],
  ])("is the API that it was, whatever an override says of %s", (attribute, value) => {
    publish(list({}));
    const [api] = stack.node.findAll().filter((node) => node instanceof ApiManagementApi);
    api.addOverride(attribute, value);
    expect(findings(stack)).toEqual([refusal("api-changed", `changes ${attribute} on it`)]);
  });

  test("keeps the requests that it lists, whatever an override says", () => {
    publish(list({}));
    const operations = stack.node.findAll().filter((node) => node instanceof ApiManagementApiOperation);
    operations.forEach((operation) => operation.addOverride("method", "TRACE"));
    expect(findings(stack)).toEqual([refusal("operation-changed", "changes method")]);
  });

  test.each<[string, Partial<ApiOperation>, string, string[]]>([
    ["no slash in front", { urlTemplate: "orders" }, "invalid-url-template", ['"orders"', '"/orders/{id}"']],
    ["a parameter of Flask", { urlTemplate: "/orders/<id>" }, "invalid-url-template", ['"/orders/<id>"', "in braces"]],
    ["a query", { urlTemplate: "/orders?id={id}" }, "invalid-url-template", ['"/orders?id={id}"']],
    ["a parameter of another kind of server", { urlTemplate: "/orders/:id" }, "colon-parameter", ['":id"', "{id}"]],
    [
      "something behind a parameter for the rest",
      { urlTemplate: "/files/{*rest}/lines" },
      "wildcard-not-last",
      ['"/files/{*rest}/lines"', "after {*rest}"],
    ],
    ["something behind a star", { urlTemplate: "/files/*/lines" }, "wildcard-not-last", ["after *"]],
    [
      "parameters that differ by case",
      { urlTemplate: "/orders/{id}/lines/{ID}" },
      "duplicate-url-parameter",
      ['parameter "ID"'],
    ],
    ["a bracket that is not closed", { urlTemplate: "/orders/{id" }, "invalid-url-template", ['"/orders/{id"']],
    [
      "a parameter twice",
      { urlTemplate: "/orders/{id}/lines/{id}" },
      "duplicate-url-parameter",
      ['"/orders/{id}/lines/{id}"', 'parameter "id"'],
    ],
    [
      "a template that only Terraform knows",
      { urlTemplate: "${var.template}" },
      "literal-required",
      ["The urlTemplate"],
    ],
    [
      "a description of a parameter that it does not have",
      { parameters: [{ name: "number" }] },
      "unknown-url-parameter",
      ['"number"', '"/orders/{id}"', 'Write one of "id", or add {number}'],
    ],
    [
      "a description of a parameter where it has none",
      { urlTemplate: "/orders", parameters: [{ name: "id" }] },
      "unknown-url-parameter",
      ['"id"', '"/orders"', "Omit parameters, or add {id}"],
    ],
    [
      "two descriptions of a parameter",
      { parameters: [{ name: "id" }, { name: "id" }] },
      "parameter-described-twice",
      ['"id"', '"/orders/{id}"'],
    ],
    ["an id that only Terraform knows", { operationId: "${var.id}" }, "literal-required", ["The operationId"]],
    ["an id that is refused", { operationId: "get order" }, "invalid-name", ['"get order"', '"get-order"']],
  ])("refuses %s", (_, operation, id, values) => {
    expect(() => publish(list(operation))).toThrow(refusal(id, "[app/Orders/Api]", ...values));
  });

  test("refuses no operation", () => {
    const surface = ApiSurface.operations([]);
    expect(() => publish(surface)).toThrow(refusal("no-operations", "[app/Orders/Api]", "ApiSurface.operations([{"));
  });

  test("refuses two that take the same requests", () => {
    const surface = ApiSurface.operations([
      { method: HttpMethod.GET, urlTemplate: "/orders/{id}" },
      { method: HttpMethod.GET, urlTemplate: "/Orders/{number}" },
    ]);
    expect(() => publish(surface)).toThrow(
      refusal("same-requests", "[app/Orders/Api]", '"GET /Orders/{number}"', '"GET /orders/{id}"'),
    );
  });

  test("refuses two of one id", () => {
    const surface = ApiSurface.operations([
      { method: HttpMethod.GET, urlTemplate: "/orders/{id}" },
      { method: HttpMethod.GET, urlTemplate: "/orders/id" },
    ]);
    expect(() => publish(surface)).toThrow(refusal("operation-id-taken", "[app/Orders/Api]", '"get-orders-id"'));
  });
});

describe("an API on all paths", () => {
  test("passes on the methods that were chosen, each once", () => {
    publish(ApiSurface.wildcard({ methods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.GET] }));
    expect(Object.values<Json>(operations()).map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  test.each<[string, HttpMethod[], string, string]>([
    ["no method", [], "empty-methods", "omit methods"],
    [
      "OPTIONS without its named call",
      [HttpMethod.GET, HttpMethod.OPTIONS],
      "options-among-methods",
      "passThroughOptions",
    ],
  ])("refuses %s", (_, methods, id, instead) => {
    expect(() => publish(ApiSurface.wildcard({ methods }))).toThrow(refusal(id, "[app/Orders/Api]", instead));
  });

  test("keeps both reasons, in whatever order they are given", () => {
    publish(ApiSurface.wildcard().passThroughOptions("preflight in the app").withoutSubscriptionKey("public"));
    expect(annotations(stack)).toEqual([
      "info: Open to consumers without a subscription key: public",
      "info: OPTIONS requests reach the backend: preflight in the app",
    ]);
    expect(Object.values<Json>(operations()).map(({ method }) => method)).toContain("OPTIONS");
  });
});

describe("a surface that is none", () => {
  class OrdersSurface {
    public bind(): void {}
  }

  test.each<[string, unknown, string, string[]]>([
    ["a factory that was not called", ApiSurface.wildcard, "factory-not-called", ["ApiSurface.wildcard(...)"]],
    ["the class of the factories", ApiSurface, "class-as-strategy", ["ApiSurface", "ApiSurface.wildcard()"]],
    ["another class", OrdersSurface, "class-as-strategy", ["new OrdersSurface(...)"]],
    [
      "an object without factory",
      new OrdersSurface(),
      "strategy-without-factory",
      ["OrdersSurface", "readonly factory"],
    ],
    ["an object with an empty factory", { factory: "", bind: () => {} }, "strategy-without-factory", ["Object"]],
    ["options", { path: "orders" }, "not-a-strategy", ["an object", "ApiSurface.wildcard()"]],
    ["an object without prototype", Object.create(null), "not-a-strategy", ["an object"]],
    ["a path", "orders", "not-a-strategy", ['"orders"']],
    ["a number", 42, "not-a-strategy", ["42"]],
  ])("is refused: %s", (_, surface, id, values) => {
    expect(() => publish(surface as IApiSurface)).toThrow(refusal(id, "[app/Orders]", ...values));
  });
});

describe("what was created is at hand", () => {
  const bound = (surface: IApiSurface): ApiSurfaceConfig => {
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    return surface.bind(stack, {
      gateway,
      defaultPath: "orders",
      defaultDisplayName: "Orders",
      backendUrl: "https://a",
    });
  };

  test("an API and its operations", () => {
    const { api, operations } = bound(ApiSurface.wildcard({ methods: [HttpMethod.GET] }));
    if (!api || !operations) throw new Error("the surface created nothing");
    api.termsOfServiceUrl = "https://contoso.com/terms";
    operations[0].description = "Reads";
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api").terms_of_service_url).toBe("https://contoso.com/terms");
    expect(only(json, "azurerm_api_management_api_operation").description).toBe("Reads");
  });

  test("an API whose operations API Management creates", () => {
    const { api, operations } = bound(ApiSurface.openApiFile("test/api/open-api/orders.yaml"));
    expect(api?.node.path).toBe("app/Resource");
    expect(operations).toBeUndefined();
  });

  test("nothing of an existing API", () => {
    const { api, operations } = bound(ApiSurface.existingApi("orders", PolicyDocument.EMPTY));
    expect([api, operations]).toEqual([undefined, undefined]);
  });

  test.each<[string, IApiSurface]>([
    ["ApiSurface.wildcard", ApiSurface.wildcard().withoutSubscriptionKey("public")],
    [
      "ApiSurface.operations",
      ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/a" }]).withoutSubscriptionKey("public"),
    ],
    ["ApiSurface.existingApi", ApiSurface.existingApi("orders", PolicyDocument.EMPTY).withoutSubscriptionKey("public")],
    [
      "ApiSurface.openApiFile",
      ApiSurface.openApiFile("test/api/open-api/orders.yaml").withoutSubscriptionKey("public"),
    ],
  ])("the call that creates the surface, which a second bind names: %s", (factory, surface) => {
    expect(surface.factory).toBe(factory);
    bound(surface);
    const second = (): unknown => surface.bind(new Construct(stack, "Again"), {} as ApiSurfaceBindOptions);
    const id = factory === "ApiSurface.existingApi" ? "call-bound-twice" : "surface-bound-twice";
    expect(second).toThrow(refusal(id, "[app/Again]", `${factory}(...)`, '"app"'));
  });
});
