import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  Audience,
  Backend,
  HttpMethod,
  IApimGateway,
  IApiSurface,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { KINDS } from "../backends/kinds";
import { refusal } from "../helpers/refusal";
import { GROUP, stackWithProviders, synth } from "../helpers/synth";

/* What exists once: a backend, a surface, and what has a name on a gateway. */

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = newGateway("Gateway");
});

const newGateway = (id: string): IApimGateway =>
  new ApimGateway(stack, id, { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" });

function publish(surface: IApiSurface, id = "Orders"): void {
  new SecureApimBackend(stack, id, {
    gateway,
    backend: Backend.url("https://a.contoso.com", Audience.clientId(GUID)),
    surface,
  });
}

const functionApp = () => Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });

describe("a backend", () => {
  test("is bound once", () => {
    const backend = functionApp();
    new SecureApimBackend(stack, "Orders", { gateway, backend });
    expect(() => new SecureApimBackend(stack, "Billing", { gateway, backend })).toThrow(
      refusal(
        "backend-bound-twice",
        "[app/Billing/Backend]",
        "Backend.functionApp(...)",
        "app/Orders/Backend",
        "Backend.url(first.backendUrl, Audience.registration(first.registration!))",
      ),
    );
  });

  test("has no attributes unless it is bound", () => {
    new AppRegistration(stack, "R", { displayName: functionApp().appName });
    expect(() => synth(stack)).toThrow(refusal("never-bound", "Backend.functionApp", "new SecureApimBackend("));
  });

  test("has an entity of its name on the gateway once", () => {
    publish(ApiSurface.wildcard({ apiName: "shop.v1" }), "Orders");
    expect(() => publish(ApiSurface.wildcard({ apiName: "shop-v1" }), "Billing")).toThrow(
      refusal(
        "backend-name-taken",
        "[app/Billing]",
        '"shop-v1"',
        "app/Gateway",
        "app/Orders",
        'backendEntityName: "..."',
      ),
    );
  });
});

describe("an API surface", () => {
  test("is bound once", () => {
    const surface = ApiSurface.wildcard();
    publish(surface, "Orders");
    expect(() => publish(surface, "Billing")).toThrow(
      refusal("surface-bound-twice", "[app/Billing/Api]", "ApiSurface.wildcard(...)", "app/Orders/Api"),
    );
  });

  test("has its path on a gateway once, whatever the case of its letters", () => {
    publish(ApiSurface.wildcard({ path: "shop/v1" }), "Orders");
    const operations = [{ method: HttpMethod.GET, urlTemplate: "/", operationId: "get" }];
    expect(() => publish(ApiSurface.operations(operations, { path: "Shop/v1" }), "Billing")).toThrow(
      refusal(
        "path-taken",
        "[app/Billing]",
        '"Shop/v1"',
        "app/Gateway",
        "app/Orders",
        "ApiSurface.operations(...) with path",
      ),
    );
  });

  test("has its name on a gateway once", () => {
    publish(ApiSurface.wildcard({ apiName: "shop" }), "Orders");
    expect(() => publish(ApiSurface.wildcard({ apiName: "shop" }), "Billing")).toThrow(
      refusal("api-name-taken", "[app/Billing]", '"shop"', "app/Gateway", "app/Orders", 'apiName: "..."'),
    );
  });

  test("has its path once on two objects for one gateway", () => {
    const existing = { apimName: "Contoso", resourceGroupName: "platform" };
    gateway = ApimGateway.fromLookup(stack, "First", existing);
    publish(ApiSurface.wildcard({ path: "shop" }), "Orders");
    gateway = ApimGateway.fromLookup(stack, "Second", { ...existing, apimName: "contoso" });
    expect(() => publish(ApiSurface.wildcard({ path: "shop" }), "Billing")).toThrow(
      refusal("path-taken", "[app/Billing]", '"shop"', "app/Second", "app/Orders"),
    );
  });

  test("may have the same path on another gateway", () => {
    publish(ApiSurface.wildcard({ path: "shop" }), "Orders");
    gateway = newGateway("Other");
    expect(() => publish(ApiSurface.wildcard({ path: "shop" }), "Billing")).not.toThrow();
  });
});

test("a stack with every kind of app that is created asks Azure once who is signed in", () => {
  const kinds = Object.keys(KINDS).filter((kind) => !kind.startsWith("from") && KINDS[kind].sku === undefined);
  kinds.forEach((kind, index) => {
    new SecureApimBackend(stack, `Api${index}`, { gateway, backend: KINDS[kind].backend(stack) });
  });
  const { resource, data } = synth(stack);
  expect(Object.keys(resource.azurerm_api_management_api)).toHaveLength(kinds.length);
  expect(Object.keys(data.azurerm_client_config)).toEqual(["SecureApimBackendClientConfig"]);
});
