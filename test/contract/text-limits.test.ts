import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Fn, TerraformStack, TerraformVariable } from "cdktf";
import {
  ApimGateway,
  ApimMcpServer,
  ApimProduct,
  ApimSku,
  ApimTag,
  ApiSurface,
  ApiVersionSet,
  AppRegistration,
  Audience,
  Backend,
  HttpMethod,
  IApimGateway,
  IApiSurface,
  McpAccess,
  McpSource,
  OpenApiLinkFormat,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { registrationOf } from "../../lib/entra/registration-of";
import { refusal } from "../helpers/refusal";
import { Json, messageOf, only, stackWithProviders, synth } from "../helpers/synth";

/* A text that API Management or Entra ID would refuse is an error before Terraform runs. */

const GUID = "11111111-2222-3333-4444-555555555555";
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

let stack: TerraformStack;
let gateway: IApimGateway;
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "text-limits-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku: ApimSku.PREMIUM,
    principalId: GUID,
  });
});

function publish(surface: IApiSurface): SecureApimBackend {
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
  return new SecureApimBackend(stack, "Orders", { gateway, backend, surface });
}

const list = (operation: Untyped): SecureApimBackend =>
  publish(ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders", ...operation }]));

function version(description: Untyped): void {
  const versionSet = new ApiVersionSet(stack, "Versions", { gateway });
  publish(ApiSurface.wildcard({ version: { versionSet, name: "v1", description } }));
}

function documentOf(info: object): string {
  const file = join(directory, "orders.json");
  const paths = { "/orders": { get: { responses: {} } } };
  writeFileSync(file, JSON.stringify({ openapi: "3.0.3", info: { version: "1", title: "Orders", ...info }, paths }));
  return file;
}

function openApiUrl(displayName: Untyped): void {
  const format = OpenApiLinkFormat.OPENAPI_JSON;
  publish(ApiSurface.openApiUrl("https://contoso.com/orders.json", { format, path: "orders", displayName }));
}

function mcpServer(texts: Untyped): void {
  const backend = Backend.url("https://mcp.contoso.com", Audience.clientId(GUID));
  const source = McpSource.backend(backend, { endpoint: "/mcp" });
  const access = McpAccess.subscriptionKey("a partner without Entra ID, see ADR 7");
  new ApimMcpServer(stack, "Server", { gateway, source, access, ...texts });
}

interface Text {
  readonly place: string;
  /** How the message names it. */
  readonly named: string;
  readonly min: number;
  readonly max: number;
  readonly create: (text: Untyped) => void;
  readonly type: string;
  /** The attribute that has it. */
  readonly attribute: string;
}

const text = (
  named: string,
  [min, max]: [number, number],
  [type, attribute]: [string, string],
  place: string,
  create: (text: Untyped) => void,
): Text => ({ named, min, max, type, attribute, place, create });

const API = "azurerm_api_management_api";
const OPERATION = "azurerm_api_management_api_operation";

const TEXTS: readonly Text[] = [
  text("displayName of the API", [1, 300], [API, "display_name"], "app/Orders/Api", (displayName) =>
    publish(ApiSurface.wildcard({ displayName })),
  ),
  text("displayName of the API", [1, 300], [API, "display_name"], "app/Orders/Api", (displayName) =>
    publish(ApiSurface.openApiFile(documentOf({ title: "a".repeat(301) }), { displayName })),
  ),
  text("displayName of the API", [1, 300], [API, "display_name"], "app/Orders/Api", openApiUrl),
  text("revisionDescription of the API", [0, 256], [API, "revision_description"], "app/Orders/Api", (described) =>
    publish(ApiSurface.openApiFile(documentOf({}), { revisionDescription: described })),
  ),
  text('description of the version "v1"', [0, 256], [API, "version_description"], "app/Orders/Api", version),
  text(
    'displayName of the operation "get-orders"',
    [1, 300],
    [OPERATION, "display_name"],
    "app/Orders/Api",
    (displayName) => list({ displayName }),
  ),
  text(
    'description of the operation "get-orders"',
    [0, 1000],
    [OPERATION, "description"],
    "app/Orders/Api",
    (description) => list({ description }),
  ),
  text(
    "displayName of the product",
    [1, 300],
    ["azurerm_api_management_product", "display_name"],
    "app/Product",
    (displayName) => new ApimProduct(stack, "Product", { gateway, displayName }),
  ),
  text(
    "description of the product",
    [0, 1000],
    ["azurerm_api_management_product", "description"],
    "app/Product",
    (description) => new ApimProduct(stack, "Product", { gateway, description }),
  ),
  text(
    "displayName of the version set",
    [1, 100],
    ["azurerm_api_management_api_version_set", "display_name"],
    "app/Versions",
    (displayName) => new ApiVersionSet(stack, "Versions", { gateway, displayName }),
  ),
  text(
    "displayName of the tag",
    [1, 160],
    ["azurerm_api_management_tag", "display_name"],
    "app/Tag",
    (displayName) => new ApimTag(stack, "Tag", { gateway, displayName }),
  ),
  text(
    "displayName of the MCP server",
    [1, 300],
    ["azapi_resource", "body.properties.displayName"],
    "app/Server",
    (displayName) => mcpServer({ displayName }),
  ),
  text(
    "displayName of the app registration",
    [1, 256],
    ["azuread_application", "display_name"],
    "app/Registration",
    (displayName) => new AppRegistration(stack, "Registration", { displayName }),
  ),
];

const rendered = ({ type, attribute }: Text): unknown =>
  attribute.split(".").reduce<Json>((value, name) => value[name], only(synth(stack), type));

describe.each(TEXTS)("the $named ($attribute), $min to $max characters", (each) => {
  const { place, named, min, max, create } = each;

  test("arrives as written up to the limit", () => {
    create("a".repeat(max));
    expect(rendered(each)).toBe("a".repeat(max));
  });

  test("is refused above it", () => {
    expect(() => create("a".repeat(max + 1))).toThrow(
      refusal("text-length", `[${place}]`, `The ${named} has ${max + 1} characters. Write `, ` ${max} characters.`),
    );
  });

  test.each(["", " \t"])("%j is accepted only if it can be empty", (blank) => {
    if (min === 0) create(blank);
    else expect(() => create(blank)).toThrow(refusal("text-length", `[${place}]`, `The ${named} is empty.`));
  });

  test("is not measured if only Terraform knows it", () => {
    const { stringValue } = new TerraformVariable(stack, "text", {});
    create(`${stringValue}${"a".repeat(max)}`);
    expect(rendered(each)).toBe(`\${var.text}${"a".repeat(max)}`);
  });

  test("is an expression of Terraform in its own syntax", () => {
    create(`\${join("", ["${"a".repeat(max)}"])}`);
    expect(rendered(each)).toBe(`\${join("", ["${"a".repeat(max)}"])}`);
  });

  test.each([5, {}, ["a"], true])("%j is no text", (value) => {
    const id = create === openApiUrl ? "wrong-value" : "not-a-string";
    expect(() => create(value)).toThrow(
      refusal(id, `[${create === openApiUrl ? "ApiSurface.openApiUrl" : place}]`, named.split(" ")[0]),
    );
  });
});

test("a text without a limit must be a text", () => {
  const surface = ApiSurface.wildcard({ description: { text: "Orders" } as Untyped });
  expect(() => publish(surface)).toThrow(refusal("not-a-string", "The description of the API is an object", "Write"));
  expect(() => new ApimProduct(stack, "Product", { gateway, terms: 5 as Untyped })).toThrow(
    refusal("not-a-string", "The terms of the product is 5"),
  );
  expect(() => mcpServer({ description: [] })).toThrow(refusal("not-a-string", "description of the MCP server"));
});

test("a long description of an API, and the terms of a product, arrive", () => {
  const long = "a".repeat(10_000);
  new ApimProduct(stack, "Product", { gateway, terms: long });
  publish(ApiSurface.wildcard({ description: long }));
  const json = synth(stack);
  expect(only(json, "azurerm_api_management_product").terms).toBe(long);
  expect(only(json, API).description).toBe(long);
});

test("what a function of cdktf returns is a text", () => {
  new ApimTag(stack, "Tag", { gateway, displayName: Fn.lookup({ tag: "Partners" }, "tag", "") });
  expect(only(synth(stack), "azurerm_api_management_tag").display_name).toMatch(/^\$\{.*"Partners"/);
});

test("a construct id that is too long for a title needs another title", () => {
  const id = "a".repeat(81);
  expect(() => new ApiVersionSet(stack, id.repeat(2), { gateway, versionSetName: "v", path: "v" })).toThrow(
    refusal("text-length", "displayName of the version set has 162 characters", 'Write displayName: "..."'),
  );
});

describe("an operation without a title", () => {
  test("is called by its method and URL template", () => {
    list({ urlTemplate: `/${"a".repeat(295)}` });
    expect(only(synth(stack), OPERATION).display_name).toBe(`GET /${"a".repeat(295)}`);
  });

  test("is called by the beginning of a URL template that is long", () => {
    list({ urlTemplate: `/${"a".repeat(296)}` });
    expect(only(synth(stack), OPERATION).display_name).toBe(`GET /${"a".repeat(292)}...`);
  });

  test("is not cut within a character", () => {
    list({ urlTemplate: `/${"a".repeat(291)}\u{1F4E6}${"a".repeat(10)}`, operationId: "get" });
    expect(only(synth(stack), OPERATION).display_name).toBe(`GET /${"a".repeat(291)}...`);
  });

  test("has a URL template of at most 1000 characters", () => {
    list({ urlTemplate: `/${"a".repeat(999)}` });
    expect(only(synth(stack), OPERATION).url_template).toHaveLength(1000);
  });

  test("is refused with a longer URL template", () => {
    expect(() => list({ urlTemplate: `/${"a".repeat(1000)}`, operationId: "get" })).toThrow(
      refusal("text-length", 'The urlTemplate of the operation "get" has 1001 characters', "at most 1000"),
    );
  });
});

test("a registration far down in the tree needs a title, and that of an app gets a shorter one", () => {
  const far = new TerraformStack(stack.node.root, "s".repeat(300));
  expect(() => new AppRegistration(far, "Partners")).toThrow(
    refusal("text-length", `The displayName of the app registration has 309 characters. Write displayName: "..."`),
  );
  const { application } = registrationOf(far, {}, "orders") as AppRegistration;
  expect(application.displayNameInput).toBe(`${"s".repeat(253)}...`);
});

describe("the title of an OpenAPI document", () => {
  const open = (info: object, options: Untyped = {}): SecureApimBackend =>
    publish(ApiSurface.openApiFile(documentOf(info), options));

  test("is the title of the API, without white space around it", () => {
    open({ title: ` ${"a".repeat(300)}\n` });
    expect(only(synth(stack), API).display_name).toBe("a".repeat(300));
  });

  test("is refused where it stands if it is too long for an API", () => {
    const message = messageOf(() => open({ title: "${".repeat(151) }));
    expect(message).toEqual(refusal("open-api-refused", "[app/Orders/Api]"));
    expect(message).toContain(
      "/orders.json:1:50 info.title has 302 characters, and API Management accepts at most 300 as the title of an API. " +
        'Shorten it, or write another title: ApiSurface.openApiFile("...", { displayName: "..." }). (open-api-title-length)',
    );
  });

  test("can be long if the API has another title", () => {
    open({ title: "a".repeat(301), description: "%{x}" }, { displayName: "Orders %{y}", revisionDescription: "%{z}" });
    expect(only(synth(stack), API)).toMatchObject({
      display_name: "Orders %%{y}",
      description: "%%{x}",
      revision_description: "%%{z}",
    });
  });

  test("does not limit its description", () => {
    open({ description: `\${${"a".repeat(3000)}` }, {});
    expect(only(synth(stack), API).description).toBe(`$\${${"a".repeat(3000)}`);
  });
});
