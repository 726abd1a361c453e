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
import { withTexts } from "../../helpers/assets";
import type * as Content from "../../../lib/api/open-api/content";
import { refusal } from "../../helpers/refusal";
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
/** A line of a list: its place and its finding. */
const line = (place: string, id: string, ...values: string[]): unknown => refusal(id, `- ${place} `, ...values);
const at = (place: string, id: string, ...values: string[]): unknown => line(`orders.yaml:${place}`, id, ...values);
const linesOf = (message: string): string[] => message.split("\n").slice(1, -1);
const refused = (content: string | object | Uint8Array): string =>
  nameless(messageOf(() => publish(ApiSurface.openApiFile(file(content)))));
const api = (): Json => only(withTexts(stack, synth(stack)), "azurerm_api_management_api");

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
        content_value: '${file("${path.module}/assets/Orders_Api_Document_08FF5603/openapi.yaml")}',
      },
      service_url: "https://orders.contoso.com",
      lifecycle: { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] },
      subscription_required: true,
      subscription_key_parameter_names: { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" },
    });
    expect(all(json, "azurerm_api_management_api_operation")).toEqual({});
    expect(annotations(stack)).toEqual([]);
  });

  test("has a long text of the document in a file, and Terraform reads it", () => {
    const description = `All orders.\n${"1e5 $\{a} ".repeat(1_000)}`;
    publish(ApiSurface.openApiFile(file(document({ info: { ...INFO, description, license: { name: description } } }))));
    const json = synth(stack);
    expect(only(json, "azurerm_api_management_api")).toMatchObject({
      description: expect.stringMatching(/^\$\{file\("\$\{path\.module\}\/assets\/\w+\/description\.txt"\)\}$/),
      license: { name: expect.stringMatching(/^\$\{file\("\$\{path\.module\}\/assets\/\w+\/licensename\.txt"\)\}$/) },
    });
    const written = description.trim();
    expect(api()).toMatchObject({ description: written, license: { name: written } });
  });

  test("is read once", () => {
    const path = `${DOCUMENTS}/orders.yaml`;
    const opened = jest.spyOn(jest.requireActual<typeof import("fs")>("fs"), "openSync");
    publish(ApiSurface.openApiFile(path));
    synth(stack);
    const times = opened.mock.calls.filter(([each]) => each === path).length;
    opened.mockRestore();
    expect(times).toBe(1);
  });

  test("is checked once", () => {
    const checked = jest.spyOn(jest.requireActual<typeof Content>("../../../lib/api/open-api/content"), "contentOf");
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`));
    synth(stack);
    const times = checked.mock.calls.length;
    checked.mockRestore();
    expect(times).toBe(1);
  });

  test("is parsed once", () => {
    const ofYaml = jest.spyOn(jest.requireActual<typeof import("js-yaml")>("js-yaml"), "loadAll");
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`));
    synth(stack);
    expect(ofYaml).toHaveBeenCalledTimes(1);
    ofYaml.mockRestore();
    const text = JSON.stringify(document({}));
    const path = file(text);
    const ofJson = jest.spyOn(JSON, "parse");
    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    publish(ApiSurface.openApiFile(path));
    synth(stack);
    const parsed = ofJson.mock.calls.filter(([each]) => each === text);
    ofJson.mockRestore();
    expect(parsed).toHaveLength(1);
  });

  test("may have properties with the names of fields, and data below them", () => {
    const examples = { headers: { example: { $ref: "#/nothing" } }, parameters: { default: { $ref: "#/nothing" } } };
    const schemas = { A: { properties: examples } };
    expect(() => imported(document({ components: { schemas } }))).not.toThrow();
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
    ["of a server with a variable scheme", { servers: [{ url: "{scheme}://contoso.com/v1" }] }, "v1"],
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

  test("takes Swagger in YAML as JSON, with texts that begin with any character", () => {
    const text = 'swagger: "2.0"\ninfo: { title: A, version: "1" }\npaths: { /a: { get: { x-a: "\\0123" } } }\nx-b: { "\\0123": 1 }\n';
    const { content_value: value } = imported(text).import;
    expect(JSON.parse(value)).toMatchObject({
      paths: { "/a": { get: { "x-a": "\u0000123" } } },
      "x-b": { "\u0000123": 1 },
    });
  });

  test("is the same from a checkout on Windows, and without a byte order mark", () => {
    const text = readFileSync(`${DOCUMENTS}/orders.yaml`, "utf8");
    const content = imported(`\uFEFF${text.replaceAll("\n", "\r\n")}`).import.content_value;
    expect(content).toBe(text);
  });

  test("is opened to consumers without a key by a named call, whose reason is shown", () => {
    publish(ApiSurface.openApiFile(`${DOCUMENTS}/orders.yaml`).withoutSubscriptionKey("public price list"));
    expect(api().subscription_required).toBe(false);
    expect(annotations(stack)).toEqual(["info: Open to consumers without a subscription key: public price list"]);
  });

  test("has no cors policy beside an options operation", () => {
    const cors = PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://shop.contoso.com"] }));
    const paths = { "/orders": { options: { responses: RESPONSES } } };
    const surface = ApiSurface.openApiFile(file(document({ paths }))).passThroughOptions("old clients");
    expect(() => publish(surface, { policy: cors })).toThrow(refusal("cors-with-options", "[app/Orders]"));
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
    expect(() => publish(surface, { operationPolicies: [{ operationId: "cancel", policy }] })).toThrow(
      refusal("unknown-operation", "[app/Orders]", '"cancel"', '"listorders", "get-orders-id"'),
    );
  });
});

describe("an OpenAPI file that API Management would refuse", () => {
  test.each<[string, unknown[]]>([
    [
      "broken-paths.yaml",
      [
        line("broken-paths.yaml:2:1", "open-api-info-incomplete", 'version: "..."'),
        line("broken-paths.yaml:5:3", "open-api-path-without-slash", '"orders"', '"/orders"'),
        line("broken-paths.yaml:13:9", "open-api-parameter-unused", '"orderId"', '"/orders/{id}"', "Add {orderId}"),
        line("broken-paths.yaml:17:5", "open-api-parameter-undeclared", "{id}", '"/orders/{id}"', "get", "name: id"),
        line("broken-paths.yaml:18:20", "open-api-operation-id-taken", '"listOrders"', 'get operation of "orders"'),
        line("broken-paths.yaml:21:17", "open-api-dangling-reference", '"#/components/responses/Order"'),
        line("broken-paths.yaml:22:5", "open-api-trace-operation", '"/orders/{id}"'),
        line("broken-paths.yaml:27:5", "open-api-same-requests", "get", '"/orders/{number}"', '"/orders/{id}"'),
        line("broken-paths.yaml:29:17", "open-api-external-reference", '"parameters.yaml#/number"'),
        line("broken-paths.yaml:33:9", "open-api-duplicate-key", '"200"'),
      ],
    ],
    [
      "broken-swagger.json",
      [
        line("broken-swagger.json:2:13", "open-api-version-unsupported", 'swagger is "2.1"', 'Write "2.0"'),
        line("broken-swagger.json:3:42", "open-api-info-unquoted", "info.version"),
        line("broken-swagger.json:9:6", "open-api-parameter-name-taken", '"ID"', '"/orders/{id}"'),
        line("broken-swagger.json:11:58", "open-api-duplicate-key", '"200"'),
        line("broken-swagger.json:11:87", "open-api-dangling-reference", '"#/definitions/Order"'),
        line("broken-swagger.json:14:4", "open-api-duplicate-key", '"put"'),
        line("broken-swagger.json:14:4", "open-api-empty-operation", "put", '"/orders/{id}"'),
      ],
    ],
    ["broken-syntax.yaml", [line("broken-syntax.yaml:4:12", "open-api-syntax", 'within a double quoted scalar')]],
  ])("%s is an error that names all that is wrong, with line and column", (name, found) => {
    const message = messageOf(() => publish(ApiSurface.openApiFile(`${DOCUMENTS}/${name}`)));
    expect(message).toEqual(refusal("open-api-refused", "[app/Orders/Api]", `${DOCUMENTS}/${name}:\n`));
    expect(linesOf(message).map((each) => each.replace(`${DOCUMENTS}/`, ""))).toEqual(found);
  });

  const withPath = (path: string, item: object): Json => document({ paths: { [path]: item } });
  const get = (parts: object): object => ({ get: { responses: RESPONSES, ...parts } });
  const parameter = (name: string, place: string): object => ({ name, in: place, required: true });

  test.each<[string, string | object, ...unknown[]]>([
    ["is empty", "", at("1:1", "open-api-missing", "openapi, info and paths")],
    ["is a list", "[]", at("1:1", "open-api-missing", "openapi, info and paths")],
    ["has two documents", "openapi: 3.0.3\n---\nopenapi: 3.0.3\n", at("2:1", "open-api-second-document")],
    ["has an alias of nothing", "openapi: 3.0.3\ninfo: *info\n", at("2:7", "open-api-dangling-reference", '"*info"')],
    ["has no version", { info: INFO, paths: PATHS }, at("1:1", "open-api-version-missing", 'openapi: "3.0.3"')],
    [
      "is of a version to come",
      document({ openapi: "3.2.0" }),
      at("1:12", "open-api-version-unsupported", 'openapi is "3.2.0"', '"3.0.3" or "3.1.0", in quotes'),
    ],
    [
      "has a version that is a list",
      document({ openapi: ["3.0.3"] }),
      at("1:12", "open-api-version-unsupported", '"3.0.3" or "3.1.0", in quotes'),
    ],
    [
      "has a version that is an object, which cannot be written as text",
      document({ openapi: { toString: "3.0.3" } }),
      at("1:12", "open-api-version-unsupported", '"3.0.3" or "3.1.0", in quotes'),
    ],
    [
      "has a version without quotes",
      "swagger: 2.0\ninfo: { title: Orders, version: '1' }\npaths: { /a: { get: { x-a: 1 } } }\n",
      at("1:10", "open-api-version-unsupported", "swagger is 2,", '"2.0", in quotes'),
    ],
    [
      "has no info",
      document({ info: undefined }),
      at("1:1", "open-api-info-incomplete", 'title: "..."'),
      at("1:1", "open-api-info-incomplete", 'version: "..."'),
    ],
    [
      "has an empty title",
      document({ info: { ...INFO, title: " " } }),
      at("1:28", "open-api-info-incomplete", 'title: "..."'),
    ],
    ["has no paths", document({ paths: undefined }), at("1:1", "open-api-no-operations")],
    ["has paths without operations", withPath("/orders", { summary: "Orders" }), at("1:62", "open-api-no-operations")],
    [
      "has an empty operation",
      "openapi: 3.0.3\ninfo: { title: Orders, version: '1' }\npaths:\n  /orders:\n    get:\n",
      at("5:5", "open-api-empty-operation", "get", '"/orders"'),
    ],
    [
      "has a brace that is not closed",
      withPath("/orders/{id", get({})),
      at("1:71", "open-api-path-braces", '"/orders/{id"', "{name}"),
    ],
    [
      "has a parameter twice in a path",
      withPath("/{id}/{ID}", get({ parameters: [parameter("id", "path"), parameter("ID", "path")] })),
      at("1:71", "open-api-path-parameter-twice", '"/{id}/{ID}"', "has {ID} twice"),
    ],
    [
      "has a trace operation among the extended paths",
      document({ "x-ms-paths": { "/orders?top={top}": { trace: {} } } }),
      at("1:169", "open-api-trace-operation", '"/orders?top={top}"'),
    ],
    [
      "refers to nothing among the extended paths",
      document({ "x-ms-paths": { "/orders?top={top}": get({ parameters: [{ $ref: "#/parameters/top" }] }) } }),
      at("1:240", "open-api-dangling-reference", '"#/parameters/top"'),
    ],
    [
      "has a property with the name of a field, and in it refers to nothing",
      document({ components: { schemas: { A: { properties: { links: { $ref: "#/nothing" } } } } } }),
      at("1:194", "open-api-dangling-reference", '"#/nothing"'),
    ],
    [
      "refers to itself and nothing else",
      withPath("/orders", get({ parameters: [{ $ref: "#/paths/~1orders/get/parameters/0" }] })),
      at("1:153", "open-api-dangling-reference", '"#/paths/~1orders/get/parameters/0"'),
    ],
    [
      "refers to a file",
      document({ components: { responses: { Order: { $ref: "order.json" } } } }),
      at("1:177", "open-api-external-reference", '"order.json"'),
    ],
  ])("one that %s", (_, content, ...found) => {
    const message = refused(content);
    expect(message).toEqual(refusal("open-api-refused", "[app/Orders/Api]", "orders.yaml:\n"));
    expect(linesOf(message)).toEqual(found);
  });

  test("one that is not encoded in UTF-8", () => {
    expect(refused(new Uint8Array([0x61, 0xff]))).toEqual(refusal("not-utf8", "[app/Orders/Api]", '"orders.yaml"'));
  });

  describe("a reference points to", () => {
    const isFound = (key: string, part: string): void => {
      const schemas = { Order: { $ref: `#/x-a/${part}` } };
      expect(() => imported(document({ "x-a": { [key]: {} }, components: { schemas } }))).not.toThrow();
    };
    // The first and the last characters of as many bytes, and those around surrogates.
    const characters = [..."\0\x7f\x80\u07ff\u0800\u0fff\u1000\ucfff\ud000\ud7ff\ue000\uffff"];
    const others = [0x10000, 0x3ffff, 0x40000, 0xfffff, 0x100000, 0x10ffff].map((each) => String.fromCodePoint(each));
    // Bytes that no character has.
    const bytes = ["80", "c1%80", "c3", "c3%41", "e0%9f%80", "ed%a0%80", "ef%bf", "f0%8f%80%80", "f4%90%80%80", "f5%80%80%80"];

    test.each([...characters, ...others].map((each) => [each, encodeURIComponent(`a${each}b${each}`)]))(
      "a key with %j, as %p",
      (character, part) => isFound(`a${character}b${character}`, part),
    );

    test.each([
      ["é", "é"],
      ["a b", "a%20b"],
      ["é", "%c3%a9"],
      ["/", "~1"],
      ["~1", "~01"],
      ["~%41", "~0%2541"],
    ])("the key %p, as %p", isFound);

    test.each(["100%", "%4", "%4g", "%41%", ...bytes.map((each) => `%${each}`)])("the key %p, which encodes nothing, as it is", (key) =>
      isFound(key, key),
    );
  });

  test("a reference in an example is data, and nobody follows it", () => {
    const schema = { type: "object", example: { $ref: "order.json" } };
    expect(() => imported(document({ components: { schemas: { Order: schema } } }))).not.toThrow();
  });

  test("what YAML has once, and names twice, is read twice", () => {
    const operation = "get: &get { parameters: [{ name: id, in: path, required: true }], responses: {} }";
    const text = `openapi: 3.0.3\ninfo: { title: Orders, version: 1.0 }\npaths:\n  /orders/{id}: { ${operation} }\n  /carts: { get: *get }\n`;
    expect(linesOf(refused(text))).toEqual([at("4:44", "open-api-parameter-unused", '"id"', '"/carts"')]);
  });

  test("operations in a path item that several paths share are known", () => {
    const paths = { "/orders": { $ref: "#/components/pathItems/Orders" } };
    const pathItems = { Orders: { get: { operationId: "listOrders", responses: RESPONSES } } };
    const surface = ApiSurface.openApiFile(file(document({ openapi: "3.1.0", paths, components: { pathItems } })));
    const policy = PolicyDocument.of(PolicyStatement.setHeader("X-Listed", PolicyValue.literal("yes")));
    expect(() => publish(surface, { operationPolicies: [{ operationId: "listorders", policy }] })).not.toThrow();
  });

  test("of more than 20 findings, 20 are shown", () => {
    const paths = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`orders${index}`, PATHS["/orders"]]));
    const lines = linesOf(refused(JSON.stringify(document({ paths }), null, 1)));
    expect(lines).toHaveLength(21);
    expect(lines[0]).toEqual(at("8:3", "open-api-path-without-slash", '"orders0"', '"/orders0"'));
    expect(lines[20]).toBe("- and more");
  });

  test("one that is not there", () => {
    expect(() => publish(ApiSurface.openApiFile("nowhere.yaml"))).toThrow(
      refusal("unreadable-file", "[app/Orders/Api]", "ENOENT", '"nowhere.yaml"', join(process.cwd(), "nowhere.yaml")),
    );
  });

  test("one that takes more than 4 MB", () => {
    const text = JSON.stringify(document({}));
    const size = 4 * 1024 * 1024;
    expect(() => imported(text + " ".repeat(size - text.length))).not.toThrow();
    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    expect(refused(text + " ".repeat(size - text.length + 1))).toEqual(
      refusal("open-api-too-large", "[app/Orders/Api]", "orders.yaml", "4194305", "4194304", "ApiSurface.openApiUrl("),
    );
  });
});

describe("an OpenAPI file of which API Management would leave out a part", () => {
  /** The parts that the only warning lists. */
  const parts = (content: object): string[] => {
    publish(ApiSurface.openApiFile(file(JSON.stringify(content, null, 1))));
    const warnings = annotations(stack).map(nameless);
    expect(warnings).toEqual([refusal("open-api-omissions", "warn: ", "orders.yaml:\n")]);
    return linesOf(warnings[0]);
  };

  test("is imported with a warning that names the parts, with line and column", () => {
    const operation = (parts: object): object => ({ responses: RESPONSES, ...parts });
    expect(
      parts(
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
    ).toEqual([
      at("2:13", "open-api-newer-version", "3.0.4"),
      at("9:4", "open-api-servers-ignored"),
      at("21:5", "open-api-body-ignored"),
      at("24:6", "open-api-cookie-ignored"),
      at("28:6", "open-api-style-ignored"),
      at("41:20", "open-api-operation-renamed", '"orders_list"', '"orders-list"'),
      at("42:5", "open-api-callbacks-ignored"),
      at("46:2", "open-api-security-ignored", "PolicyStatement.requireEntraToken", "Also at 2 more."),
      at("54:4", "open-api-recursive-schema"),
    ]);
  });

  test("has no form parameter of Swagger", () => {
    const parameters = [{ name: "note", in: "formData", type: "string" }];
    const paths = { "/orders": { post: { parameters, responses: RESPONSES } } };
    expect(parts({ swagger: "2.0", info: INFO, paths, securityDefinitions: {} })).toEqual([
      at("11:6", "open-api-form-parameter-ignored"),
      at("25:2", "open-api-security-ignored"),
    ]);
  });

  test("may take more than 4 MB in a request, where it is escaped", () => {
    const text = JSON.stringify(document({}));
    publish(ApiSurface.openApiFile(file(text + "\n".repeat(3_000_000))));
    const escaped = 6_000_000 + JSON.stringify(text).length;
    expect(annotations(stack).map(nameless)).toEqual([
      refusal("open-api-request-too-large", "warn: ", "orders.yaml", `${escaped} bytes`, "4194304", "413", "openApiUrl("),
    ]);
  });
});
