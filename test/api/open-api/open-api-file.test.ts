import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  Audience,
  Backend,
  IApimGateway,
  IApiSurface,
  OpenApiFileOptions,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecureApimBackendProps,
} from "cdktf-secure-apim-backend";
import { all, annotations, GROUP, Json, messageOf, only, stackWithProviders, synth } from "../../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const DOCUMENTS = "test/api/open-api";

let stack: TerraformStack;
let gateway: IApimGateway;
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "open-api-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
});

function publish(surface: IApiSurface, props: Partial<SecureApimBackendProps> = {}): SecureApimBackend {
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
  return new SecureApimBackend(stack, "Orders", { gateway, backend, surface, ...props });
}

/** A file with a document; messages name it without its directory. */
function file(content: string | object | Uint8Array, name = "orders.yaml"): string {
  const path = join(directory, name);
  const isText = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(path, isText ? content : JSON.stringify(content));
  return path;
}

const nameless = (text: string): string => text.replaceAll(`${directory}/`, "");
const refusal = (content: string | object | Uint8Array): string =>
  nameless(messageOf(() => publish(ApiSurface.openApiFile(file(content)))));
const escaped = (text: string): string => text.replace(/[$%](?=\{)/g, "$&$&");
const api = (): Json => only(synth(stack), "azurerm_api_management_api");

function imported(content: string | object | Uint8Array, props?: OpenApiFileOptions): Json {
  publish(ApiSurface.openApiFile(file(content), props));
  return api();
}

const INFO = { title: "Orders", version: "1.0" };
const RESPONSES = { 200: { description: "Yes" } };
const PATHS = { "/orders": { get: { responses: RESPONSES } } };
const document = (parts: object): Json => ({ openapi: "3.0.3", info: INFO, paths: PATHS, ...parts });

describe("an API from an OpenAPI file", () => {
  test("has the text of the file, its title, description and path, and the address of the backend", () => {
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`));
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api")).toEqual({
      name: "orders",
      api_management_name: "${azurerm_api_management.Gateway_43CB3636.name}",
      resource_group_name: "${azurerm_api_management.Gateway_43CB3636.resource_group_name}",
      revision: "1",
      display_name: "Orders of $${shop}",
      description: "Place orders.\nA value is written as $${name}, a directive as %%{ if true }.",
      path: "shop/orders",
      protocols: ["https"],
      import: {
        content_format: "openapi",
        content_value: escaped(readFileSync(`${DOCUMENTS}/orders.yaml`, "utf8")),
      },
      service_url: "https://orders.contoso.com",
      subscription_required: true,
      subscription_key_parameter_names: { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" },
    });
    expect(all(json, "azurerm_api_management_api_operation")).toEqual({});
    expect(annotations(stack)).toEqual([]);
  });

  test("has its own title, description and path where they are given", () => {
    const props = { path: "shop", displayName: "Shop", description: "What the shop sells" };
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`, props));
    expect(api()).toMatchObject({ path: "shop", display_name: "Shop", description: "What the shop sells" });
  });

  test("has the contact, licence and terms of the document, so that no plan takes them off again", () => {
    const info = {
      ...INFO,
      termsOfService: "https://contoso.com/terms?of=${shop}",
      contact: { name: "Shop", email: "shop@contoso.com", url: "https://contoso.com/shop" },
      license: { name: "Apache 2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    };
    expect(imported(document({ info }))).toMatchObject({
      terms_of_service_url: "https://contoso.com/terms?of=$${shop}",
      contact: { name: "Shop", email: "shop@contoso.com", url: "https://contoso.com/shop" },
      license: { name: "Apache 2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    });
  });

  test("has no address of the document that azurerm would refuse", () => {
    const info = {
      ...INFO,
      termsOfService: "/terms",
      contact: { email: "shop" },
      license: { name: "MIT", url: "mit" },
    };
    const { terms_of_service_url, contact, license } = imported(document({ info }));
    expect({ terms_of_service_url, contact, license }).toEqual({ license: { name: "MIT" } });
  });

  test.each([
    ["of the first server", { servers: [{ url: "https://contoso.com/a/b" }, { url: "https://contoso.com/c" }] }, "a/b"],
    ["of a relative server", { servers: [{ url: "/v1" }] }, "v1"],
    ["of its own, beside a server without a path", { servers: [{ url: "https://contoso.com" }] }, "orders"],
    ["of its own, beside one with variables", { servers: [{ url: "https://contoso.com/{stage}" }] }, "orders"],
    ["of its own, without servers", {}, "orders"],
  ])("has the path %s", (_, parts, path) => expect(imported(document(parts)).path).toBe(path));

  test("has the path of its version set, and not that of the document", () => {
    const versionSet = new ApiVersionSet(stack, "Shop", { gateway });
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`, { version: { versionSet, name: "v1" } }));
    expect(api()).toMatchObject({ path: "shop", version: "v1" });
  });

  test("takes JSON as it is", () => {
    const text = JSON.stringify(document({ openapi: "3.1.0" }), null, "\t");
    expect(imported(text).import).toEqual({ content_format: "openapi+json", content_value: text });
  });

  test("takes Swagger in JSON as it is, and its base path", () => {
    const text = JSON.stringify({ swagger: "2.0", info: INFO, basePath: "/v1", paths: PATHS });
    expect(imported(text)).toMatchObject({
      path: "v1",
      import: { content_format: "swagger-json", content_value: text },
    });
  });

  test("takes Swagger in YAML as JSON, with every digit of its numbers", () => {
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/swagger.yaml`));
    expect(api()).toMatchObject({
      path: "v1",
      import: {
        content_format: "swagger-json",
        content_value:
          '{"swagger":"2.0","info":{"title":"Orders","version":"1.0"},"basePath":"/v1","paths":{"/orders/{id}":{"get":{"parameters":' +
          '[{"name":"id","in":"path","required":true,"type":"integer","format":"int64","maximum":9223372036854775807}],' +
          '"responses":{"200":{"description":"An order"}}}}}}',
      },
    });
  });

  test("is the same from a checkout on Windows, and without a byte order mark", () => {
    const text = readFileSync(`${DOCUMENTS}/orders.yaml`, "utf8");
    const content = imported(`\uFEFF${text.replaceAll("\n", "\r\n")}`).import.content_value;
    expect(content).toBe(escaped(text));
  });

  test("is opened to consumers without a key by a named call, whose reason is shown", () => {
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`).withoutSubscriptionKey("public price list"));
    expect(api().subscription_required).toBe(false);
    expect(annotations(stack)).toEqual(["info: Open to consumers without a subscription key: public price list"]);
  });

  test("has no cors policy beside an options operation", () => {
    const cors = PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://shop.contoso.com"] }));
    const paths = { "/orders": { options: { responses: RESPONSES } } };
    const surface = ApiSurface.openApiFile(file(document({ paths })));
    expect(messageOf(() => publish(surface, { policy: cors }))).toMatch(/^\[app\/Orders\] The cors policy/);
  });

  test("has policies of single operations, under the names that API Management gives them, once the API is there", () => {
    const policy = PolicyDocument.of(PolicyStatement.setHeader("X-Listed", PolicyValue.literal("yes")));
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`), {
      operationPolicies: [{ operationId: "listorders", policy }],
    });
    expect(only(synth(stack), "azurerm_api_management_api_operation_policy")).toMatchObject({
      operation_id: "listorders",
      depends_on: ["azurerm_api_management_api.Orders_Api_A821092D"],
    });
  });

  test("has no policy of an operation that the document does not have", () => {
    const policy = PolicyDocument.of(PolicyStatement.setHeader("X-Listed", PolicyValue.literal("yes")));
    const surface = ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`);
    expect(messageOf(() => publish(surface, { operationPolicies: [{ operationId: "cancel", policy }] }))).toBe(
      '[app/Orders] The API has no operation "cancel", for which there is a policy. Write one of listorders, get-orders-id.',
    );
  });
});

describe("an OpenAPI file that API Management would refuse", () => {
  test.each(["broken-paths.yaml", "broken-swagger.json", "broken-syntax.yaml"])(
    "%s is an error that names all that is wrong, with line and column",
    (name) => expect(messageOf(() => publish(ApiSurface.openApiFile(`${DOCUMENTS}/${name}`)))).toMatchSnapshot(),
  );

  const withPath = (path: string, item: object): Json => document({ paths: { [path]: item } });
  const get = (parts: object): object => ({ get: { responses: RESPONSES, ...parts } });
  const parameter = (name: string, place: string): object => ({ name, in: place, required: true });

  test.each<[string, string | object | Uint8Array]>([
    ["is empty", ""],
    ["is a list", "[]"],
    ["has two documents", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n"],
    ["has an alias of nothing", "openapi: 3.0.3\ninfo: *info\n"],
    ["has no version", { info: INFO, paths: PATHS }],
    ["is of a version to come", document({ openapi: "3.2.0" })],
    [
      "has a version without quotes",
      "swagger: 2.0\ninfo: { title: Orders, version: '1' }\npaths: { /a: { get: { x-a: 1 } } }\n",
    ],
    ["has no info", document({ info: undefined })],
    ["has an empty title", document({ info: { ...INFO, title: " " } })],
    ["has no paths", document({ paths: undefined })],
    ["has paths without operations", withPath("/orders", { summary: "Orders" })],
    ["has an empty operation", "openapi: 3.0.3\ninfo: { title: Orders, version: '1' }\npaths:\n  /orders:\n    get:\n"],
    ["has a brace that is not closed", withPath("/orders/{id", get({}))],
    [
      "has a parameter twice in a path",
      withPath("/{id}/{ID}", get({ parameters: [parameter("id", "path"), parameter("ID", "path")] })),
    ],
    [
      "has a trace operation among the extended paths",
      document({ "x-ms-paths": { "/orders?top={top}": { trace: {} } } }),
    ],
    [
      "refers to itself and nothing else",
      withPath("/orders", get({ parameters: [{ $ref: "#/paths/~1orders/get/parameters/0" }] })),
    ],
    [
      "refers to a file",
      document({ components: { schemas: { Order: { properties: { example: { $ref: "order.json" } } } } } }),
    ],
    ["is not encoded in UTF-8", new Uint8Array([0x61, 0xff])],
  ])("one that %s", (_, content) => expect(refusal(content)).toMatchSnapshot());

  test("a reference in an example is data, and nobody follows it", () => {
    const schema = { type: "object", example: { $ref: "order.json" } };
    expect(() => imported(document({ components: { schemas: { Order: schema } } }))).not.toThrow();
  });

  test("what YAML has once, and names twice, is read twice", () => {
    const operation = "get: &get { parameters: [{ name: id, in: path, required: true }], responses: {} }";
    const text = `openapi: 3.0.3\ninfo: { title: Orders, version: 1.0 }\npaths:\n  /orders/{id}: { ${operation} }\n  /carts: { get: *get }\n`;
    expect(refusal(text)).toBe(
      "[app/Orders/Api] The OpenAPI document orders.yaml cannot be imported:\n" +
        '- orders.yaml:4:44 The parameter "id" is in: path, and the path "/carts" has no {id}. Write {id} in it, or remove the parameter.',
    );
  });

  test("operations in a path item that several paths share are known", () => {
    const paths = { "/orders": { $ref: "#/components/pathItems/Orders" } };
    const pathItems = { Orders: { get: { operationId: "listOrders", responses: RESPONSES } } };
    const surface = ApiSurface.openApiFile(file(document({ openapi: "3.1.0", paths, components: { pathItems } })));
    const policy = PolicyDocument.of(PolicyStatement.setHeader("X-Listed", PolicyValue.literal("yes")));
    expect(() => publish(surface, { operationPolicies: [{ operationId: "listorders", policy }] })).not.toThrow();
  });

  test("more than 20 findings are counted", () => {
    const paths = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`orders${index}`, PATHS["/orders"]]));
    const lines = refusal(JSON.stringify(document({ paths }), null, 1)).split("\n");
    expect(lines).toHaveLength(22);
    expect(lines[1]).toBe('- orders.yaml:8:3 The path "orders0" has no slash in front. Write "/orders0".');
    expect(lines[21]).toBe("- and 3 more");
  });

  test("one that is not there", () => {
    expect(messageOf(() => publish(ApiSurface.openApiFile("nowhere.yaml")))).toBe(
      "[app/Orders/Api] The OpenAPI document cannot be read: ENOENT: no such file or directory, open 'nowhere.yaml'. Write the path of a " +
        'file, relative to the directory the app runs in: ApiSurface.openApiFile("nowhere.yaml").',
    );
  });

  test("one that takes more than 4 MB", () => {
    const text = JSON.stringify(document({}));
    const size = 4 * 1024 * 1024;
    expect(() => imported(text + " ".repeat(size - text.length))).not.toThrow();
    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    expect(refusal(text + " ".repeat(size - text.length + 1))).toBe(
      "[app/Orders/Api] The OpenAPI document orders.yaml takes 4194305 bytes, and API Management accepts 4194304 within a request. " +
        'Publish the document where API Management can fetch it, and write ApiSurface.openApiUrl("https://...", { ... }).',
    );
  });
});

describe("an OpenAPI file of which API Management would leave out a part", () => {
  const warning = (content: object): string[] => {
    publish(ApiSurface.openApiFile(file(JSON.stringify(content, null, 1))));
    return annotations(stack).map(nameless);
  };

  test("is imported with a warning that names the parts, with line and column", () => {
    const operation = (parts: object): object => ({ responses: RESPONSES, ...parts });
    expect(
      warning(
        document({
          openapi: "3.0.4",
          security: [{ key: [] }],
          paths: {
            "/orders": {
              servers: [{ url: "https://contoso.com" }],
              get: operation({
                operationId: "orders.list",
                requestBody: {},
                security: [],
                parameters: [
                  { name: "session", in: "cookie" },
                  { name: "ids", in: "query", explode: false },
                ],
              }),
              post: operation({ operationId: "orders_list", callbacks: {} }),
            },
          },
          components: {
            securitySchemes: {},
            schemas: {
              Line: { properties: { order: { $ref: "#/components/schemas/Order" } } },
              Order: { properties: { lines: { items: { $ref: "#/components/schemas/Line" } } } },
              Total: { properties: { order: { $ref: "#/components/schemas/Order" } } },
            },
          },
        }),
      ),
    ).toMatchSnapshot();
  });

  test("has no form parameter of Swagger", () => {
    const parameters = [{ name: "note", in: "formData", type: "string" }];
    const paths = { "/orders": { post: { parameters, responses: RESPONSES } } };
    expect(warning({ swagger: "2.0", info: INFO, paths, securityDefinitions: {} })).toMatchSnapshot();
  });

  test("may take more than 4 MB in a request, where it is escaped", () => {
    const text = JSON.stringify(document({}));
    publish(ApiSurface.openApiFile(file(text + "\n".repeat(3_000_000))));
    const escaped = 6_000_000 + JSON.stringify(text).length;
    expect(annotations(stack).map(nameless)).toEqual([
      `warn: The OpenAPI document orders.yaml takes ${escaped} bytes in a request, where its quotes and newlines are escaped, and Azure ` +
        "Resource Manager may refuse more than 4194304. Publish the document where API Management can fetch it, and write " +
        'ApiSurface.openApiUrl("https://...", { ... }) if it answers 413.',
    ]);
  });
});
