import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApiOperation,
  ApiSurface,
  Audience,
  Backend,
  HttpMethod,
  IApiSurface,
  NewApiOptions,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  UrlParameterType,
} from "cdktf-secure-apim-backend";
import { all, annotations, GROUP, Json, messageOf, only, stackWithProviders, synth } from "../helpers/synth";

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
  const list = (operation: Partial<ApiOperation> = {}, props?: NewApiOptions): IApiSurface =>
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
    expect(messageOf(() => publish(list({ method: HttpMethod.OPTIONS }), cors))).toMatch(
      /^\[app\/Orders\] The cors policy/,
    );
  });

  test.each<[string, () => unknown]>([
    ["no operation", () => publish(ApiSurface.operations([]))],
    ["no slash in front", () => publish(list({ urlTemplate: "orders" }))],
    ["a query", () => publish(list({ urlTemplate: "/orders?id={id}" }))],
    ["a bracket that is not closed", () => publish(list({ urlTemplate: "/orders/{id" }))],
    ["a parameter twice", () => publish(list({ urlTemplate: "/orders/{id}/lines/{id}" }))],
    ["a template that only Terraform knows", () => publish(list({ urlTemplate: "${var.template}" }))],
    ["a description of a parameter that it does not have", () => publish(list({ parameters: [{ name: "number" }] }))],
    [
      "a description of a parameter where it has none",
      () => publish(list({ urlTemplate: "/orders", parameters: [{ name: "id" }] })),
    ],
    ["two descriptions of a parameter", () => publish(list({ parameters: [{ name: "id" }, { name: "id" }] }))],
    ["an id that only Terraform knows", () => publish(list({ operationId: "${var.id}" }))],
    [
      "two that take the same requests",
      () =>
        publish(
          ApiSurface.operations([
            { method: HttpMethod.GET, urlTemplate: "/orders/{id}" },
            { method: HttpMethod.GET, urlTemplate: "/Orders/{number}" },
          ]),
        ),
    ],
    ["an id that is refused", () => publish(list({ operationId: "get order" }))],
    [
      "two of one id",
      () =>
        publish(
          ApiSurface.operations([
            { method: HttpMethod.GET, urlTemplate: "/orders/{id}" },
            { method: HttpMethod.GET, urlTemplate: "/orders/id" },
          ]),
        ),
    ],
  ])("refuses %s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
});

describe("an API on all paths", () => {
  test("passes on the methods that were chosen, each once", () => {
    publish(ApiSurface.wildcard({ methods: [HttpMethod.GET, HttpMethod.POST, HttpMethod.GET] }));
    expect(Object.values<Json>(operations()).map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  test.each([
    ["no method", []],
    ["OPTIONS without its named call", [HttpMethod.GET, HttpMethod.OPTIONS]],
  ])("refuses %s", (_, methods) => {
    expect(messageOf(() => publish(ApiSurface.wildcard({ methods })))).toMatchSnapshot();
  });
});
