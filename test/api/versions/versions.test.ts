import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import {
  ApiCallers,
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  ApiVersionSetProps,
  Audience,
  Backend,
  IApimGateway,
  IApiVersionSet,
  NewApiOptions,
  SecureApimBackend,
  VersioningScheme,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { all, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";

const RESOLVER = new DefaultTokenResolver(new StringConcat());
const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = created("Gateway");
});

const created = (id: string): IApimGateway =>
  new ApimGateway(stack, id, { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" });
const set = (props: Partial<ApiVersionSetProps> = {}): IApiVersionSet =>
  new ApiVersionSet(stack, "Orders", { gateway, ...props });
const publish = (id: string, props: NewApiOptions, callers?: ApiCallers): SecureApimBackend =>
  new SecureApimBackend(stack, id, {
    gateway,
    backend: Backend.url(`https://${id.toLowerCase()}.contoso.com`, Audience.clientId(GUID)),
    surface: ApiSurface.wildcard(props),
    callers,
  });
const urlOf = ({ apiUrl }: SecureApimBackend): unknown =>
  Tokenization.resolve(apiUrl, { scope: stack, resolver: RESOLVER });
const api = (name: string): Json =>
  Object.values<Json>(all(synth(stack), "azurerm_api_management_api")).find((each) => each.name === name)!;

describe("versions of an API", () => {
  test("stand side by side at one path, and are told apart in it", () => {
    const versionSet = set({ displayName: "Orders", description: "Orders of the shop" });
    const v1 = publish("OrdersV1", { version: { versionSet, name: "v1" } });
    const v2 = publish("OrdersV2", { version: { versionSet, name: "v2", description: "With invoices" } });
    expect(only(synth(stack), "azurerm_api_management_api_version_set")).toEqual({
      name: "orders",
      lifecycle: { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] },
      api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
      resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
      display_name: "Orders",
      description: "Orders of the shop",
      versioning_scheme: "Segment",
    });
    expect(api("orders-v2")).toMatchObject({
      path: "orders",
      version: "v2",
      version_description: "With invoices",
      version_set_id: "${azurerm_api_management_api_version_set.Orders_A9B65338.id}",
    });
    expect(api("orders-v1")).toMatchObject({ path: "orders", version: "v1" });
    expect([v1, v2].map(urlOf)).toEqual(
      ["v1", "v2"].map((name) => `\${azurerm_api_management.Gateway_43CB3636.gateway_url}/orders/${name}`),
    );
  });

  test.each([
    [VersioningScheme.header("Api-Version"), { versioning_scheme: "Header", version_header_name: "Api-Version" }],
    [VersioningScheme.query("api-version"), { versioning_scheme: "Query", version_query_name: "api-version" }],
  ])("are told apart in a header or a query parameter, at one address", (scheme, attributes) => {
    const versionSet = set({ scheme, path: "shop/orders" });
    publish("OrdersV1", { version: { versionSet, name: "v1" } });
    const v2 = publish("OrdersV2", { version: { versionSet, name: "v2" } });
    expect(only(synth(stack), "azurerm_api_management_api_version_set")).toMatchObject(attributes);
    expect(urlOf(v2)).toBe("${azurerm_api_management.Gateway_43CB3636.gateway_url}/shop/orders");
    expect(v2.apiVersion?.name).toBe("v2");
  });

  test("of another gateway are called with the header that says which one", () => {
    const versionSet = set({ scheme: VersioningScheme.header("Api-Version") });
    const outer = created("Outer");
    const upstream = publish("OrdersV2", { version: { versionSet, name: "v2" } }, { allowed: [outer] });
    new SecureApimBackend(stack, "Shop", { gateway: outer, backend: Backend.upstreamApim(upstream) });
    const policies = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_policy"));
    expect(policies.map(({ xml_content }) => /name="Api-Version"[^>]*>\s*<value>v2</.test(xml_content))).toEqual([
      false,
      true,
    ]);
  });

  test("are those of a set that another state owns, whose scheme Terraform checks", () => {
    const versionSet = ApiVersionSet.fromLookup(stack, "Orders", {
      gateway,
      versionSetName: "orders",
      scheme: VersioningScheme.header("Api-Version"),
      path: "orders",
    });
    publish("OrdersV3", { version: { versionSet, name: "v3" } });
    const { lifecycle, ...read } = only(synth(stack), "azurerm_api_management_api_version_set");
    expect(read).toEqual({
      api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
      name: "orders",
      resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
    });
    expect(lifecycle).toEqual({
      postcondition: [
        {
          condition:
            '${join(":", [for each in [self.versioning_scheme, self.version_header_name, self.version_query_name] : each == null ? "" : each]) == "Header:Api-Version:"}',
          error_message: refusal("other-versioning-scheme", "${self.name}", "${self.versioning_scheme}"),
        },
      ],
    });
    expect(api("orders-v3").version_set_id).toBe("${data.azurerm_api_management_api_version_set.Orders_A9B65338.id}");
  });

  test("may be of one set that is named twice, and are then told apart as of one", () => {
    const existing = (id: string): IApiVersionSet =>
      ApiVersionSet.fromLookup(stack, id, {
        gateway,
        versionSetName: "orders",
        scheme: VersioningScheme.PATH,
        path: "orders",
      });
    publish("OrdersV1", { version: { versionSet: existing("First"), name: "v1" } });
    publish("OrdersV2", { version: { versionSet: existing("Second"), name: "v2" } });
    expect(() => publish("Again", { version: { versionSet: existing("Third"), name: "v2" } })).toThrow(
      refusal("version-taken", "[app/Again/Api]", '"v2"', '"app/Third"', '"app/OrdersV2/Api"'),
    );
  });

  test("have a version set at hand, to set anything else on", () => {
    const { versionSet } = new ApiVersionSet(stack, "Orders", { gateway });
    versionSet.description = "Orders of the shop";
    expect(only(synth(stack), "azurerm_api_management_api_version_set").description).toBe("Orders of the shop");
  });

  test.each<[string, () => unknown, ReturnType<typeof refusal>]>([
    [
      "a version at a path that another API has",
      () => {
        publish("A", { path: "orders/v1" });
        publish("B", { version: { versionSet: set(), name: "v1" } });
      },
      refusal("path-of-version-taken", "[app/B]", '"orders/v1"', '"v1"', '"app/A"', '"app/Gateway"'),
    ],
    [
      "a path beside a version",
      () => publish("A", { path: "a", version: { versionSet: set(), name: "v1" } }),
      refusal("path-with-version", "[app/A/Api]", '"a"', '"app/Orders"'),
    ],
    [
      "two of one name",
      () => {
        const versionSet = set();
        publish("A", { version: { versionSet, name: "v1" } });
        publish("B", { version: { versionSet, name: "V1" } });
      },
      refusal("version-taken", "[app/B/Api]", '"V1"', '"app/Orders"', '"app/A/Api"'),
    ],
    [
      "a name with a space",
      () => publish("A", { version: { versionSet: set(), name: "version 1" } }),
      refusal("invalid-name", "[app/A/Api]", 'version "version 1"', '"version-1"'),
    ],
    [
      "a name that only Terraform knows",
      () => publish("A", { version: { versionSet: set(), name: "${var.version}" } }),
      refusal("literal-required", "[app/A/Api]", "The name of a version"),
    ],
    [
      "a set on another gateway",
      () => publish("A", { version: { versionSet: set({ gateway: created("Other") }), name: "v1" } }),
      refusal("version-set-on-other-gateway", "[app/A/Api]", '"app/Orders"', '"app/Other"', '"app/Gateway"'),
    ],
    [
      "a set at a path that another API has",
      () => {
        publish("A", { path: "orders" });
        publish("B", { version: { versionSet: set(), name: "v1" } });
      },
      refusal("version-set-path-taken", "[app/B/Api]", '"orders"', '"app/Orders"', '"app/A"', '"app/Gateway"'),
    ],
    [
      "an API at a path that a set has",
      () => {
        publish("B", { version: { versionSet: set(), name: "v1" } });
        publish("A", { path: "orders" });
      },
      refusal("path-taken", "[app/A]", '"orders"', '"app/Gateway"', '"app/Orders"'),
    ],
    [
      "two sets of one name",
      () => {
        set();
        new ApiVersionSet(stack, "More", { gateway, versionSetName: "orders" });
      },
      refusal("name-taken-on-gateway", "[app/More]", '"orders"', '"app/Gateway"', '"app/Orders"', "versionSetName"),
    ],
    [
      "a path that is none",
      () => set({ path: "/orders" }),
      refusal("invalid-name", "[app/Orders]", '"/orders"', '"orders"'),
    ],
    [
      "a header that is none",
      () => set({ scheme: VersioningScheme.header("Api Version") }),
      refusal("invalid-name", "[app/Orders]", 'header name "Api Version"'),
    ],
    [
      "a query parameter that only Terraform knows",
      () => set({ scheme: VersioningScheme.query("${var.name}") }),
      refusal("literal-required", "[app/Orders]", "The name given to VersioningScheme.query"),
    ],
  ])("refuses %s", (_, action, error) => expect(action).toThrow(error));
});

describe("a revision", () => {
  test("that changes makes the API anew, and with it all that hangs on its name", () => {
    publish("Orders", { revision: "2", revisionDescription: "With invoices" });
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api")).toMatchObject({
      revision: "2",
      revision_description: "With invoices",
    });
    const hanging = Object.entries<Json>(json.resource)
      .flatMap(([type, resources]) => Object.values<Json>(resources).map((resource) => ({ type, resource })))
      .filter(({ resource }) => resource.api_name !== undefined);
    expect(hanging.map(({ type }) => type)).toContain("azurerm_api_management_api_policy");
    expect(hanging.map(({ resource }) => resource.lifecycle?.replace_triggered_by)).toEqual(
      hanging.map(() => ["azurerm_api_management_api.Orders_Api_A821092D.id"]),
    );
  });

  test("is a number, or letters and digits", () => {
    expect(() => publish("Orders", { revision: "2;rev=3" })).toThrow(
      refusal("invalid-name", "[app/Orders/Api]", 'revision "2;rev=3"'),
    );
  });
});
