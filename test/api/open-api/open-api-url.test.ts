import { TerraformStack, TerraformVariable } from "cdktf";
import {
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  Audience,
  Backend,
  IApimGateway,
  IApiSurface,
  OpenApiLinkFormat,
  OpenApiUrlProps,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecureApimBackendProps,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { all, annotations, Json, messageOf, only, stackWithProviders, synth } from "../../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const URL = "https://docs.contoso.com/orders.yaml";
const PROPS: OpenApiUrlProps = { format: OpenApiLinkFormat.OPENAPI_YAML, path: "shop", displayName: "Shop" };

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
});

function publish(surface: IApiSurface, props: Partial<SecureApimBackendProps> = {}): void {
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
  new SecureApimBackend(stack, "Orders", { gateway, backend, surface, ...props });
}

const api = (): Json => only(synth(stack), "azurerm_api_management_api");

describe("an API from an OpenAPI document at an address", () => {
  test("has the address for API Management to fetch from, and the address of the backend", () => {
    publish(ApiSurface.openApiUrl(URL, { ...PROPS, description: "What the shop sells" }));
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api")).toEqual({
      name: "orders",
      api_management_name: "${data.azurerm_api_management.Gateway_43CB3636.name}",
      resource_group_name: "${data.azurerm_api_management.Gateway_43CB3636.resource_group_name}",
      revision: "1",
      display_name: "Shop",
      description: "What the shop sells",
      path: "shop",
      protocols: ["https"],
      import: { content_format: "openapi-link", content_value: URL },
      service_url: "https://orders.contoso.com",
      subscription_required: true,
      subscription_key_parameter_names: { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" },
    });
    expect(all(json, "azurerm_api_management_api_operation")).toEqual({});
  });

  test.each([
    [OpenApiLinkFormat.OPENAPI_YAML, "openapi-link"],
    [OpenApiLinkFormat.OPENAPI_JSON, "openapi+json-link"],
    [OpenApiLinkFormat.SWAGGER_JSON, "swagger-link-json"],
  ])("says that there stands %s", (format, written) => {
    publish(ApiSurface.openApiUrl(URL, { ...PROPS, format }));
    expect(api().import.content_format).toBe(written);
  });

  test("takes an address that Terraform knows", () => {
    const address = new TerraformVariable(stack, "document", { type: "string" });
    publish(ApiSurface.openApiUrl(address.stringValue, PROPS));
    expect(api().import.content_value).toBe("${var.document}");
  });

  test("is opened to consumers without a key by a named call, whose reason is shown", () => {
    publish(ApiSurface.openApiUrl(URL, PROPS).withoutSubscriptionKey("public price list"));
    expect(api().subscription_required).toBe(false);
    expect(annotations(stack)).toEqual(["info: Open to consumers without a subscription key: public price list"]);
  });

  test("is a version at the path of its version set", () => {
    const versionSet = new ApiVersionSet(stack, "Shop", { gateway });
    publish(ApiSurface.openApiUrl(URL, { ...PROPS, path: versionSet.path, version: { versionSet, name: "v1" } }));
    expect(api()).toMatchObject({ path: "shop", version: "v1" });
  });

  test("is no version at another path", () => {
    const versionSet = new ApiVersionSet(stack, "Store", { gateway });
    const surface = ApiSurface.openApiUrl(URL, { ...PROPS, version: { versionSet, name: "v1" } });
    expect(() => publish(surface)).toThrow(
      refusal("path-not-of-version-set", "[app/Orders/Api]", '"shop"', '"app/Store"', "path: versionSet.path"),
    );
  });

  test("has policies of operations that are not known here", () => {
    const policy = PolicyDocument.of(PolicyStatement.setHeader("X-Listed", PolicyValue.literal("yes")));
    publish(ApiSurface.openApiUrl(URL, PROPS), { operationPolicies: [{ operationId: "listorders", policy }] });
    expect(only(synth(stack), "azurerm_api_management_api_operation_policy").operation_id).toBe("listorders");
  });

  test.each([
    ["http", "http://docs.contoso.com/orders.yaml"],
    ["a path", "docs/orders.yaml"],
    ["no host", "https:///orders.yaml"],
  ])("has no address with %s", (_, url) => {
    expect(() => publish(ApiSurface.openApiUrl(url, PROPS))).toThrow(
      refusal("insecure-document-url", "[app/Orders/Api]", `"${url}"`, "ApiSurface.openApiFile("),
    );
  });

  test.each([
    ["a password", "https://shop:secret@docs.contoso.com/orders.yaml", "secret"],
    ["a signature", "https://docs.blob.core.windows.net/open/orders.yaml?sv=2024-11-04&sig=c2VjcmV0", "c2VjcmV0"],
  ])("has no address with %s, which is not shown again", (_, url, secret) => {
    const message = messageOf(() => publish(ApiSurface.openApiUrl(url, PROPS)));
    expect(message).toEqual(refusal("credentials-in-document-url", "[app/Orders/Api]", "ApiSurface.openApiFile("));
    expect(message).not.toContain(secret);
  });
});
