import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformStack, Testing } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { withTexts } from "../helpers/assets";
import { HOSTILE_DOCUMENTS } from "../helpers/hostile-documents";
import { refusal } from "../helpers/refusal";
import { annotations, Json, messageOf, only, synth } from "../helpers/synth";
import { workOf } from "../helpers/work";
import { packed } from "./packed";

/** A stack with the provider that an API needs. */
function newStack(app: App = Testing.app(), name = "app"): TerraformStack {
  const created = new TerraformStack(app, name);
  new AzurermProvider(created, "azurerm", { features: [{}] });
  return created;
}

const { ApimGateway, ApiSurface, Audience, Backend, PolicyDocument, PolicyStatement, SecureApimBackend } = packed();

let directory: string;
/** The stack of the last API. */
let stack: TerraformStack;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "e-open-api-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

function publish(surface: unknown, props: Json = {}, on = newStack()): void {
  stack = on;
  const gateway = ApimGateway.fromLookup(on, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  new SecureApimBackend(on, "Orders", { gateway, backend, surface, ...props });
}

function file(text: string | Uint8Array, name = "orders.yaml"): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const nameless = (text: string): string => text.replaceAll(`${directory}/`, "");

/** What an import is refused for, each as `line:column` and its message. */
function refusedAt(text: string | Uint8Array, name?: string): string[] {
  const message = nameless(messageOf(() => publish(ApiSurface.openApiFile(file(text, name)))));
  expect(message).toEqual(refusal("open-api-refused", "[app/Orders/Api]"));
  return message.split("\n").slice(1, -1);
}

function imported(text: string | Uint8Array, name?: string): Json {
  publish(ApiSurface.openApiFile(file(text, name)));
  return only(withTexts(stack, synth(stack)), "azurerm_api_management_api");
}

const at = (place: string, id: string, ...values: string[]): unknown => refusal(id, `- ${place} `, ...values);
const warnedOf = (): string[] => annotations(stack).flatMap((each) => nameless(each).split("\n").slice(1, -1));

const HEAD = 'openapi: 3.0.3\ninfo: { title: Orders, version: "1" }\n';
const LIST = 'get: { responses: { "200": { description: All } } }';
const PATHS = `paths:\n  /orders:\n    ${LIST}\n`;
const SWAGGER = 'swagger: "2.0"\ninfo: { title: Orders, version: "1" }\n';

describe("YAML that libyaml reads is read", () => {
  test.each([
    ["a flow mapping whose end is less indented", 'x-a:\n    b: {\n      "c": 1\n  }\n'],
    ["a flow sequence whose end is less indented", "x-a:\n    b: [\n      1,\n 2\n]\n"],
    ["a double-quoted text that goes on less indented", 'x-a:\n    b: "one\n  two\nthree"\n'],
    ["a single-quoted text that goes on less indented", "x-a:\n    b: 'one\n  two\nthree'\n"],
    [
      "tags of other tools",
      "x-a: !Ref b\nx-b: !Sub [ c ]\nx-c: !<tag:example.com,2000:d> { e: 1 }\nx-d: !!timestamp 2020-01-01\n",
    ],
    ["a directive and a document's end", ""],
  ])("%s", (_, extension) => {
    const text = extension === "" ? `%YAML 1.1\n---\n${HEAD}${PATHS}...\n` : HEAD + PATHS + extension;
    expect(imported(text).import).toEqual({ content_format: "openapi", content_value: text });
  });
});

describe("what arrives at Terraform", () => {
  const TEXT = `${HEAD.replace("Orders", "'${TfToken[TOKEN.999]} #{TfToken[TOKEN.0]} %{ if }'")}${PATHS}x-a: "\${b} %{c} #{TfToken[TOKEN.1]} -1.8881545897087626e+289"\n`;

  test("is the text of the file, with all that looks like a template or a token", () => {
    expect(imported(TEXT).import.content_value).toBe(TEXT);
  });

  test("is in a file beside the configuration of each stack, which Terraform reads", () => {
    const app = new App({ outdir: join(directory, "out") });
    const path = file(TEXT);
    for (const name of ["one", "two"]) {
      const each = newStack(app, name);
      publish(ApiSurface.openApiFile(path, { apiName: name }), {}, each);
    }
    app.synth();
    for (const name of ["one", "two"]) {
      const folder = join(directory, "out", "stacks", name);
      const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
      const { content_value: value } = only(json, "azurerm_api_management_api").import;
      const [, asset] =
        /^\$\{file\("\$\{path\.module\}\/(assets\/Orders_Api_Document_[0-9A-F]{8}\/openapi\.yaml)"\)\}$/.exec(value)!;
      expect(readFileSync(join(folder, asset), "utf8")).toBe(TEXT);
      expect(JSON.stringify(json)).not.toMatch(/TfToken\[TOKEN|[^$]\$\{TfToken/);
    }
  });

  test("is without a byte order mark, and with line breaks of Unix", () => {
    expect(imported(`\uFEFF${(HEAD + PATHS).replaceAll("\n", "\r\n")}`).import.content_value).toBe(HEAD + PATHS);
  });
});

describe("the version of a document", () => {
  test("may be empty, as API Management exports it", () => {
    expect(() => imported(HEAD.replace('"1"', "''") + PATHS)).not.toThrow();
    expect(annotations(stack)).toEqual([]);
  });

  test("3.1 is imported as 3.0, and webhooks are ignored: a warning says so", () => {
    const webhooks = "webhooks:\n  placed:\n    post: { responses: { '200': { description: Seen } } }\n";
    imported(HEAD.replace("3.0.3", "3.1.0") + PATHS + webhooks);
    expect(warnedOf()).toEqual([
      at("orders.yaml:1:10", "open-api-newer-version", "3.1.0 as 3.0.3"),
      at("orders.yaml:6:1", "open-api-webhooks-ignored"),
    ]);
  });
});

describe("the path of an API", () => {
  test.each([
    ["../v1", "orders"],
    ["v1/../..", "orders"],
    ["./v1", "v1"],
    ["/v1/", "v1"],
    ["v1", "v1"],
    ["v1.2", "v1.2"],
    ["v1/", "v1"],
    ["v1/orders", "v1/orders"],
    ["10.0.0.1/v1", "v1"],
    ["//contoso.com/v1", "v1"],
    ["contoso.com/v1", "v1"],
    ["host/v1", "v1"],
    ["localhost:8080/v1", "v1"],
    ["https://contoso.com:8443/v1?a=b#c", "v1"],
    ["contoso.com", "orders"],
    ["//contoso.com", "orders"],
    ["https://contoso.com/", "orders"],
    ["{scheme}://contoso.com/{stage}", "orders"],
    ["", "orders"],
    [".", "orders"],
    ["/", "orders"],
  ])("beside the server %p is %p", (url, path) => {
    expect(imported(`${HEAD}servers: [ { url: "${url}" } ]\n${PATHS}`).path).toBe(path);
  });

  test.each([
    ["/api/v1", "api/v1"],
    ["api/v1", "api/v1"],
    ["/", "orders"],
  ])("beside the basePath %p is %p", (basePath, path) => {
    expect(imported(`${SWAGGER}basePath: "${basePath}"\n${PATHS}`).path).toBe(path);
  });
});

describe("what API Management refuses", () => {
  test("is named at its line, where the parser lost its way, and nothing after it", () => {
    const text = `openapi: 3.0.3\ninfo: { title: Orders, version: "1.0" }\n"x-kind": "shop"\n  ],\n  "x-tags": [\n    1\n  ],\n${PATHS}`;
    expect(refusedAt(text)).toEqual([at("orders.yaml:4:3", "open-api-syntax")]);
  });

  test("is a component whose name OpenAPI does not allow", () => {
    const components =
      "components:\n  schemas:\n    Page`1: { type: object }\n    Order_1.0-a: {}\n  securitySchemes:\n    Back Office: { type: http }\n";
    expect(refusedAt(HEAD + PATHS + components)).toEqual([
      at("orders.yaml:8:5", "open-api-component-name", '"Page`1"', "components.schemas"),
      at("orders.yaml:11:5", "open-api-component-name", '"Back Office"', "components.securitySchemes"),
    ]);
  });

  test("is a request that differs from another by case only", () => {
    expect(refusedAt(`${HEAD}${PATHS}  /Orders:\n    ${LIST}\n`)).toEqual([
      at("orders.yaml:7:5", "open-api-same-requests", '"/Orders"', '"/orders"'),
    ]);
  });

  test("is a comment in JSON", () => {
    const json =
      '{\n  // made by hand\n  "openapi": "3.0.3", "info": { "title": "https://a /* b */", "version": "1" }\n}';
    expect(refusedAt(json, "orders.json")).toEqual([at("orders.json:2:3", "open-api-json-comment")]);
    expect(refusedAt(json.replace("// made by hand", '"a": 1, /* b */'), "orders.json")).toEqual([
      at("orders.json:2:11", "open-api-json-comment"),
    ]);
  });

  test.each([
    ["YAML", `${HEAD}${PATHS}x-a: ${"[".repeat(3000)}1${"]".repeat(3000)}\n`],
    ["compact YAML", `${HEAD}${PATHS}x-a:\n  ${"- ".repeat(3000)}1\n`],
    ["JSON", `{"openapi":"3.0.3","x-a":${'{"b":'.repeat(3000)}1${"}".repeat(3000)}}`],
    [
      "aliases",
      `${HEAD}${PATHS}x-0: &a0 [1]\n${Array.from({ length: 3000 }, (_, i) => `x-${i + 1}: &a${i + 1} [*a${i}]\n`).join("")}`,
    ],
  ])("is %s that is nested too deep", (_, text) => {
    expect(refusedAt(text)).toEqual([refusal("open-api-too-deep", "200")]);
  });

  test.each([
    ["OpenAPI", HEAD],
    ["Swagger", SWAGGER],
  ])("is %s whose aliases have no end, or stand for too much", (_, head) => {
    const circular = "x-a: &a\n  b: &b { c: *a }\n";
    expect(refusedAt(head + PATHS + circular)).toEqual([at("orders.yaml:7:14", "open-api-circular-alias")]);
    const levels = Array.from({ length: 9 }, (_, i) => `x-${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(10)}]\n`);
    const bomb = `${head}${PATHS}x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${levels.join("")}`;
    expect(refusedAt(bomb)).toEqual([refusal("open-api-aliases-too-large", "4194304")]);
  });

  test.each([
    ["directly after a tag", "x-a: !<tag:x>&a { b: *a }\n"],
    ["whose name begins with a no-break space", "x-a: &\u00a0a { b: *\u00a0a }\n"],
  ])("is a document with an anchor %s that contains its alias", (_, circular) => {
    expect(refusedAt(HEAD + PATHS + circular)).toEqual([refusal("open-api-circular-alias")]);
  });

  test("is a document of more than 4 MB, before it is parsed, and of more than 8 MB before it is read", () => {
    const large = file(`${HEAD}# ${"x".repeat(4 * 1024 * 1024)}`);
    expect(() => publish(ApiSurface.openApiFile(large))).toThrow(
      refusal("open-api-too-large", "4194304", "openApiUrl("),
    );
    const larger = file("x".repeat(8 * 1024 * 1024 + 1));
    expect(() => publish(ApiSurface.openApiFile(larger))).toThrow(refusal("file-too-large", "8388609", "8388608"));
  });

  test("is a document of more paths or operations than a gateway can have", () => {
    const paths = (count: number) =>
      Array.from({ length: count }, (_, index) => `  /orders${index}: { ${LIST} }\n`).join("");
    expect(() => imported(`${HEAD}paths:\n${paths(10_000)}`)).not.toThrow();
    expect(refusedAt(`${HEAD}paths:\n${paths(10_001)}`)).toEqual([
      at("orders.yaml:3:1", "open-api-too-many-operations", "10000"),
    ]);
    const inBraces = `{ openapi: 3.0.3, info: { title: a, version: "1" }, paths: { `;
    const many = Array.from({ length: 10_001 }, (_, index) => `/o${index}: { ${LIST} }`).join(", ");
    expect(refusedAt(`${inBraces}${many} } }\n`)).toEqual([
      at("orders.yaml:1:53", "open-api-too-many-operations", "10000"),
    ]);
    const item = JSON.parse(`{${["get", "put"].map((method) => `"${method}":{"responses":{}}`)}}`);
    const shared = Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`/${index}`, { $ref: "#/x-item" }]));
    const json = { openapi: "3.0.3", info: { title: "Orders", version: "1" }, paths: shared, "x-item": item };
    expect(refusedAt(JSON.stringify(json))).toEqual([refusal("open-api-too-many-operations", "10000")]);
  });

  test("is YAML of more keys and values than a document can have, which JSON may have", () => {
    const values = `[${"1,".repeat(524_288)}1]`;
    expect(refusedAt(`${HEAD}${PATHS}x-a: ${values}\n`)).toEqual([refusal("open-api-too-many-values", "524288")]);
    const json = `{"openapi":"3.0.3","info":{"title":"Orders","version":"1"},"paths":{"/a":{"get":{"responses":{}}}},"x-a":${values}}`;
    expect(() => imported(json)).not.toThrow();
  });

  test("is YAML of more anchors than anybody writes", () => {
    const anchors = (count: number): string =>
      `${HEAD}${PATHS}x-a:\n${Array.from({ length: count }, (_, index) => `- &a${index} 1\n`).join("")}`;
    expect(() => imported(anchors(50_000))).not.toThrow();
    expect(refusedAt(anchors(50_001))).toEqual([at("orders.yaml:50007:11", "open-api-too-many-anchors", "50000")]);
  });

  test("is TRACE, which would send the gateway's token back", () => {
    const trace = PATHS.replace("get:", "trace:");
    expect(refusedAt(HEAD + trace)).toEqual([at("orders.yaml:5:5", "open-api-trace-operation", '"/orders"')]);
  });

  test("is shown 20 times at most", () => {
    const paths = Array.from({ length: 4000 }, (_, index) => `  orders${index}:\n    ${LIST}\n`);
    const lines = refusedAt(`${HEAD}paths:\n${paths.join("")}`);
    expect(lines).toHaveLength(21);
    expect(lines[0]).toEqual(at("orders.yaml:4:3", "open-api-path-without-slash", '"orders0"'));
    expect(lines[20]).toBe("- and more");
  });
});

describe("references that lead on to others", () => {
  const schemas = (end: string): string =>
    `components:\n  schemas:\n    S0: ${end}\n${[1, 2, 3, 4].map((i) => `    S${i}: { $ref: "#/components/schemas/S${i - 1}" }\n`).join("")}`;

  test("point to what the last one points to", () => {
    imported(HEAD + PATHS + schemas("{ type: object }"));
    expect(warnedOf()).toEqual([]);
  });

  test.each([
    ["all, where they lead back", "S4", 5],
    ["the last one, where it does", "None", 1],
  ])("point to nothing: %s", (_, end, count) => {
    expect(refusedAt(HEAD + PATHS + schemas(`{ $ref: "#/components/schemas/${end}" }`))).toHaveLength(count);
  });
});

describe("references out of a document", () => {
  const schemas =
    "components:\n  schemas:\n    Order: { properties: { state: { $ref: 'https://contoso.com/common.yaml#/State' } } }\n";

  test("leave a schema without content, of which a warning tells", () => {
    imported(HEAD + PATHS + schemas);
    expect(warnedOf()).toEqual([at("orders.yaml:8:37", "open-api-external-schema")]);
  });

  test("are refused where API Management needs what they name", () => {
    const parameter = PATHS.replace("get: {", "get: { parameters: [ { $ref: 'common.yaml#/id' } ],");
    expect(refusedAt(HEAD + parameter)).toEqual([
      at("orders.yaml:5:34", "open-api-external-reference", '"common.yaml#/id"'),
    ]);
  });
});

describe("merge keys", () => {
  const merged =
    'x-failures: &failures { "404": { description: None } }\npaths:\n  /orders:\n    get: { responses: { <<: *failures, "200": { description: All } } }\n';
  const responses = { 200: { description: "All" }, 404: { description: "None" } };

  test.each([
    ["Swagger", SWAGGER, "swagger-json"],
    ["OpenAPI", HEAD, "openapi+json"],
  ])("of %s are merged in the JSON that is imported", (_, head, format) => {
    const { import: content } = imported(head + merged);
    expect(content.content_format).toBe(format);
    expect(JSON.parse(content.content_value).paths).toEqual({ "/orders": { get: { responses } } });
  });

  test("that merge more than can be imported are refused", () => {
    const keys = Array.from({ length: 200 }, (_, index) => `k${index}: 1`);
    const uses = Array.from({ length: 100 }, (_, index) => `x-${index}: { <<: *all }\n`);
    expect(refusedAt(`${HEAD}${PATHS}x-all: &all { ${keys.join(", ")} }\n${uses.join("")}`)).toEqual([
      refusal("open-api-aliases-too-large"),
    ]);
  });
});

describe("OPTIONS", () => {
  const path = (): string => file(HEAD + PATHS.replace("get:", "options:"));

  test("in a document asks for a reason, which is shown", () => {
    expect(() => publish(ApiSurface.openApiFile(path()))).toThrow(
      refusal("options-without-reason", '.passThroughOptions("why")'),
    );
    publish(ApiSurface.openApiFile(path()).passThroughOptions("old clients"));
    expect(annotations(stack)).toEqual(["info: OPTIONS requests reach the backend: old clients"]);
  });

  test("at an address is believed, so that a cors policy is refused beside it", () => {
    const policy = PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://shop.contoso.com"] }));
    const props = { format: "openapi-link", path: "shop", displayName: "Shop" };
    const surface = ApiSurface.openApiUrl("https://docs.contoso.com/a.yaml", props).passThroughOptions("old clients");
    expect(() => publish(surface, { policy })).toThrow(refusal("cors-with-options"));
  });

  test.each([undefined, null, "", " ", 1])("is not opened by the reason %p", (reason) => {
    const surface = ApiSurface.openApiFile(path()).passThroughOptions(reason);
    expect(() => publish(surface)).toThrow(refusal("missing-reason"));
  });
});

describe("the address of a document", () => {
  const publishUrl = (url: string): void =>
    publish(ApiSurface.openApiUrl(url, { format: "openapi-link", path: "shop", displayName: "Shop" }));

  test.each([
    ..."code token sig access_token X-Amz-Signature subscription-key apiKey client_secret".split(" "),
    ..."functionKey clientSecret sessionToken accesskey pat jwt auth Authorization".split(" "),
  ])("has no secret in %s, and the message does not repeat it", (name) => {
    const message = messageOf(() => publishUrl(`https://docs.contoso.com/a.yaml?v=1&${name}=c2VjcmV0`));
    expect(message).toEqual(refusal("credentials-in-document-url"));
    expect(message).not.toContain("c2VjcmV0");
  });

  test("has no token after #", () => {
    expect(() => publishUrl("https://docs.contoso.com/a.yaml#access_token=c2VjcmV0")).toThrow(
      refusal("credentials-in-document-url"),
    );
  });

  test.each(["country_code=nl", "keyboard=1", "tokens=2", "q=code", "monkey=1", "authors=all"])(
    "may have %s",
    (query) => {
      expect(() => publishUrl(`https://docs.contoso.com/a.yaml?${query}`)).not.toThrow();
    },
  );

  test.each([
    [
      "https://github.com/contoso/shop/blob/main/api/orders.yaml#L3",
      "https://raw.githubusercontent.com/contoso/shop/main/api/orders.yaml",
    ],
    ["https://gitlab.contoso.com/a/b/-/blob/main/orders.yaml", "https://gitlab.contoso.com/a/b/-/raw/main/orders.yaml"],
    ["https://bitbucket.org/a/b/src/main/orders.yaml", "https://bitbucket.org/a/b/raw/main/orders.yaml"],
  ])("%s is a page, and %s the document", (page, document) => {
    expect(() => publishUrl(page)).toThrow(refusal("document-url-of-page", page, `Write "${document}"`));
  });

  test.each([
    "localhost:8080",
    "LOCALHOST",
    "127.0.0.1",
    "127.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "169.254.169.254",
    "168.63.129.16",
    "[::ffff:169.254.169.254]",
    "[fe80::1]",
  ])("on %s is not reached", (host) => {
    expect(() => publishUrl(`https://${host}/a.yaml`)).toThrow(refusal("document-url-unreachable"));
  });

  test.each([
    "10.0.0.4",
    "100.64.0.1",
    "100.127.255.254",
    "172.16.0.1",
    "192.168.1.1",
    "[fd00::1]",
    "docs.internal",
    "docs",
  ])("on %s is reached from a private network only, of which a warning tells", (host) => {
    publishUrl(`https://${host}/a.yaml`);
    expect(annotations(stack)).toEqual([refusal("document-url-private", "warn: ", host)]);
  });

  test.each([
    "172.15.0.1",
    "172.32.0.1",
    "11.0.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "docs.contoso.com",
    "localhost.contoso.com",
    "127.example.com",
    "10.example.com",
  ])("on %s is public", (host) => {
    publishUrl(`https://${host}/a.yaml`);
    expect(annotations(stack)).toEqual([]);
  });
});

describe("the path of a file", () => {
  test("is none for an address, whose credentials are not repeated", () => {
    const message = messageOf(() => publish(ApiSurface.openApiFile("https://docs.contoso.com/a.yaml?sig=c2VjcmV0")));
    expect(message).toEqual(refusal("open-api-file-at-address", "[app/Orders/Api]", "ApiSurface.openApiUrl("));
    expect(message).not.toContain("c2VjcmV0");
  });

  test("is shown resolved where there is nothing", () => {
    expect(() => publish(ApiSurface.openApiFile("nowhere.yaml"))).toThrow(
      refusal("unreadable-file", '"nowhere.yaml"', join(process.cwd(), "nowhere.yaml")),
    );
  });

  test("is none of a directory, or of a link to nothing", () => {
    const folder = join(directory, "folder");
    mkdirSync(folder);
    expect(() => publish(ApiSurface.openApiFile(folder))).toThrow(refusal("not-a-file", "a directory"));
    symlinkSync("nowhere", join(directory, "link"));
    expect(() => publish(ApiSurface.openApiFile(join(directory, "link")))).toThrow(refusal("unreadable-file"));
  });

  test.each([undefined, null, 7, {}, ["a.yaml"]])("is not %p", (path) => {
    expect(() => publish(ApiSurface.openApiFile(path))).toThrow(refusal("not-a-string"));
  });
});

describe("the work to read a document grows with its length", () => {
  // By default, only some go up to what API Management takes. `.ci/full` sets WHOLE_DOCUMENTS, and all do.
  const whole = process.env.WHOLE_DOCUMENTS
    ? Object.keys(HOSTILE_DOCUMENTS)
    : ["chains of schemas", "quotes", "slashes of a server"];

  test.each(Object.keys(HOSTILE_DOCUMENTS))("%s", (name) => {
    const work = (length: number): number => {
      const text = HOSTILE_DOCUMENTS[name](length);
      expect(text.length).toBeLessThan(4 * 1024 * 1024);
      const path = file(text);
      return workOf(() => {
        try {
          publish(ApiSurface.openApiFile(path));
        } catch (error) {
          if (!/^\[app\/Orders[^]*\([a-z-]+\)$/.test((error as Error).message)) throw error;
        }
      });
    };
    const most = whole.includes(name) ? 4_000_000 : 512_000;
    const [small, large] = [64_000, most].map(work);
    expect(large / small).toBeLessThan((most / 64_000) * 1.25);
  });
});
