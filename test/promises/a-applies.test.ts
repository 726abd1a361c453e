import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformResource, TerraformStack, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { EXAMPLES } from "../../examples/index";
import { refusal } from "../helpers/refusal";
import { blocksOf, bodiesOf, replacedWith, upstreamOf } from "../helpers/graph";
import { findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* What an apply does to what exists, from plain JavaScript. */

const { ApimGateway, ApimNamedValue, ApimProduct, ApimSku, ApimTag, ApiSurface, ApiVersionSet } = packed();
const { AppRuntime, Audience, Backend, Caller, HttpMethod, NamedValueContent, PolicyDocument } = packed();
const { PolicyStatement, PolicyValue, SecureApimBackend, SecurePolicyFragment } = packed();

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
beforeEach(() => {
  stack = stackWithProviders();
});

const created = (sku?: Json): Json =>
  new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku,
  });

const elsewhere = (): Json =>
  ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "platform",
    sku: ApimSku.BASIC,
    principalId: GUID,
  });

const external = (): Json => Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
const app = (): Json => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });

/** An API with everything that the gateway's name holds. */
function publish(gateway: Json, backend: Json): void {
  const region = new ApimNamedValue(stack, "Region", { gateway, value: NamedValueContent.plain("west") });
  new SecurePolicyFragment(stack, "Stock", { gateway, backend: external() });
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend,
    surface: ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders" }], {
      version: { versionSet: new ApiVersionSet(stack, "Versions", { gateway }), name: "v1" },
    }),
    policy: PolicyDocument.of(PolicyStatement.setHeader("X-Region", region.policyValue)),
    products: [new ApimProduct(stack, "Partners", { gateway })],
    tags: [new ApimTag(stack, "Sales", { gateway })],
  });
}

/** What is on a gateway, with its lifecycle. */
const onGateway = (json: Json): [string, Json | undefined][] =>
  [...blocksOf(json)]
    .filter(([address]) => address.startsWith("azurerm_api_management_"))
    .map(([address, { lifecycle }]) => [address, lifecycle]);

test.each([
  ["that is created", created, "azurerm_api_management.Gateway_43CB3636"],
  [
    "that the app declares",
    (): Json =>
      ApimGateway.fromApiManagement(
        stack,
        "Gateway",
        new ApiManagement(stack, "Own", {
          name: "contoso",
          resourceGroupName: "platform",
          location: "westeurope",
          publisherName: "Contoso",
          publisherEmail: "api@contoso.com",
          skuName: "Basic_1",
          identity: { type: "SystemAssigned" },
        }),
      ),
    "azurerm_api_management.Own",
  ],
])("a replaced gateway %s is not empty after the apply", (_, gateway, address) => {
  publish(gateway(), app());
  const json = synth(stack);
  const all = onGateway(json).map(([each]) => each);
  expect(all.length).toBeGreaterThan(10);
  expect([...replacedWith(json, address)].sort()).toEqual([address, ...all].sort());
});

test("an aspect cannot take that away", () => {
  publish(created(), app());
  stack.addOverride("resource.azurerm_api_management_tag.Sales_C2E3BB5C.lifecycle", { prevent_destroy: true });
  const { namedValue }: Json = stack.node.findChild("Region");
  namedValue.lifecycle = { preventDestroy: true };
  expect(findings(stack)).toEqual([refusal("replace-trigger-removed", "app/Region/Resource")]);
});

describe("what a policy names can be removed", () => {
  const early = (json: Json): string[] =>
    onGateway(json)
      .filter(([, lifecycle]) => lifecycle?.create_before_destroy)
      .map(([address]) => address);

  test("in one apply, on a gateway of another state", () => {
    publish(elsewhere(), external());
    expect(
      early(synth(stack))
        .map((address) => address.split(".")[0])
        .sort(),
    ).toEqual([
      "azurerm_api_management_api_version_set",
      "azurerm_api_management_backend",
      "azurerm_api_management_backend",
      "azurerm_api_management_named_value",
      "azurerm_api_management_policy_fragment",
    ]);
  });

  test.each([
    ["a gateway of the same state", created, external],
    ["a gateway and an app of the same state", created, app],
    ["an app of the same state", elsewhere, app],
  ])("and nothing that exists once is created a second time, with %s", (_, gateway, backend) => {
    publish(gateway(), backend());
    const json = synth(stack);
    const spread = [...upstreamOf(json, early(json))].filter((address) => !address.startsWith("data."));
    const kind = /^azurerm_api_management_(?:api_version_set|backend|named_value|policy_fragment)\./;
    expect(spread.filter((address) => !kind.test(address))).toEqual([]);
  });
});

test("resources can be moved, and keep what closes them", () => {
  publish(created(), app());
  const orders: Json = stack.node.findChild("Orders");
  orders.apiPolicy.moveFromId("azurerm_api_management_api_policy.Former");
  orders.api.moveFromId("azurerm_api_management_api.Former");
  const { moved } = synth(stack);
  expect(moved.map(({ from }: Json) => from)).toEqual([
    "azurerm_api_management_api.Former",
    "azurerm_api_management_api_policy.Former",
  ]);
});

test("a resource that nothing refers to can have another logical ID", () => {
  publish(created(), app());
  const link: Json = stack.node.findChild("Orders").node.findChild("Product-Partners");
  link.overrideLogicalId("Chosen");
  expect(synth(stack).resource.azurerm_api_management_product_api).toHaveProperty("Chosen");
});

test("another logical ID that comes too late is not lost silently", () => {
  publish(created(), app());
  const { apiPolicy }: Json = stack.node.findChild("Orders");
  apiPolicy.moveFromId("azurerm_api_management_api_policy.Former");
  apiPolicy.overrideLogicalId("Chosen");
  expect(findings(stack)).toEqual([
    refusal("logical-id-too-late", "app/Orders/Policy", 'moveFromId("azurerm_api_management_api_policy.Chosen")'),
  ]);
});

describe("what exists can become a resource of the user's own", () => {
  /** The backend entity, and a resource beside it with the same attributes, perhaps changed. */
  const moved = (move: (entity: Json) => void, changes: Json = {}): void => {
    publish(elsewhere(), external());
    const { backendEntity }: Json = stack.node.findChild("Orders");
    const own = new ApiManagementBackend(stack, "Own", {
      name: "orders",
      apiManagementName: "contoso",
      resourceGroupName: "platform",
      protocol: "http",
      url: "https://orders.contoso.com",
      tls: { validateCertificateChain: true, validateCertificateName: true },
      ...changes,
    });
    own.addMoveTarget("own");
    move(backendEntity);
  };
  const WAYS: [string, (entity: Json) => void][] = [
    ["moveTo", (entity) => entity.moveTo("own")],
    ["moveToId", (entity) => entity.moveToId("azurerm_api_management_backend.Own")],
  ];

  test.each(WAYS)("by %s", (_, move) => {
    moved(move);
    const json = synth(stack);
    expect(json.moved).toEqual([
      {
        from: "azurerm_api_management_backend.Orders_BackendEntity_5665C13F",
        to: "azurerm_api_management_backend.Own",
      },
    ]);
    expect(Object.keys(json.resource.azurerm_api_management_backend)).not.toContain("Orders_BackendEntity_5665C13F");
  });

  test.each(WAYS)("by %s, and is held to what closed it", (_, move) => {
    moved(move, { url: "https://elsewhere.contoso.com" });
    expect(findings(stack)).toEqual([
      refusal("backend-entity-changed", "app/Orders/BackendEntity", "what changes url"),
    ]);
  });

  test("but not one of another state", () => {
    moved((entity) => entity.moveToId("azurerm_api_management_backend.Elsewhere"));
    expect(findings(stack)).toEqual([refusal("moved-out-of-stack", "app/Orders/BackendEntity")]);
  });
});

describe("a renamed construct with the names that it had", () => {
  const published = (id: string, former?: ReadonlyMap<string, string>): Map<string, string> => {
    stack = stackWithProviders();
    const api: Json = new SecureApimBackend(stack, id, {
      gateway: elsewhere(),
      backend: external(),
      surface: ApiSurface.operations([{ method: "GET", urlTemplate: "/orders" }], {
        apiName: "orders",
        path: "orders",
        displayName: "Orders",
      }),
    });
    const made = api.node.findAll().filter((node: Json) => TerraformResource.isTerraformResource(node));
    const places = made.map((node: Json) => [
      node.node.path.replace(`app/${id}`, ""),
      `${node.terraformResourceType}.${node.friendlyUniqueId}`,
    ]);
    if (former) made.forEach((node: Json, at: number) => node.moveFromId(former.get(places[at][0])!));
    return new Map(places);
  };
  /** What has a name of its own in Azure. */
  const names = (json: Json): Json[] =>
    Object.entries<Json>(json.resource).flatMap(([type, all]) =>
      Object.values<Json>(all).map(({ name, operation_id, path }) => ({ type, name, operation_id, path })),
    );

  test("is other resources to Terraform, which Azure refuses beside the former ones", () => {
    const before = published("Orders");
    const namesBefore = names(synth(stack));
    const after = published("Purchases");
    expect(names(synth(stack))).toEqual(namesBefore);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect([...after.values()].filter((address) => [...before.values()].includes(address))).toEqual([]);
  });

  test("is the same resources with `moved` blocks, and nothing of them changes", () => {
    const before = published("Orders");
    const bodies = bodiesOf(synth(stack));
    const after = published("Purchases", before);
    const json = synth(stack);
    expect(json.moved).toEqual([...after].map(([place, to]) => ({ from: before.get(place), to })));
    const asBefore = (body: string): string =>
      [...after].reduce((text, [place, to]) => text.replaceAll(to, before.get(place)!), body);
    const renamed = [...bodiesOf(json)].map(([address, body]): [string, string] => [asBefore(address), asBefore(body)]);
    expect(new Map(renamed)).toEqual(bodies);
  });
});

/** The stacks of the phases of a migration stand in one file. */
const fileOf = (example: string): string => `${example.replace(/^(key-migration)-.*/, "$1")}.ts`;

describe("examples", () => {
  const all = Object.entries(EXAMPLES).map(([name, Example]): [string, Json, string] => [
    name,
    synth(new Example(Testing.app(), name)),
    readFileSync(join(__dirname, "../../examples", fileOf(name)), "utf8"),
  ]);
  const those = (type: string): typeof all => all.filter(([, json]) => json.resource[type] !== undefined);

  test.each(those("azurerm_application_insights"))("%s can be destroyed with what Azure adds", (_, json, source) => {
    const [{ features }] = [json.provider.azurerm].flat();
    expect([features].flat()[0].resource_group[0].prevent_deletion_if_contains_resources).toBe(false);
    expect(source).toMatch(/\/\/ Azure adds .*\n +new AzurermProvider/);
  });

  test.each(those("azurerm_cognitive_deployment"))("%s plans nothing after the apply", (_, json) => {
    const deployments = Object.values<Json>(json.resource.azurerm_cognitive_deployment);
    expect(deployments.map(({ rai_policy_name }) => rai_policy_name)).toEqual(
      deployments.map(() => "Microsoft.DefaultV2"),
    );
  });

  test.each(those("azurerm_storage_account"))("%s has no storage with public blobs", (_, json) => {
    const accounts = Object.values<Json>(json.resource.azurerm_storage_account);
    expect(accounts.map((account) => account.allow_nested_items_to_be_public)).toEqual(accounts.map(() => false));
  });

  const guide = readFileSync(join(__dirname, "../../docs/getting-started.md"), "utf8").split("\n");

  test.each(all)("%s stands in the first guide, with the variables that have no default", (name, { variable = {} }) => {
    const row = guide.find((line) => line.startsWith(`| [\`${name}\`](../examples/${fileOf(name)})`));
    const required = Object.keys(variable).filter((each) => variable[each].default === undefined);
    expect(row).toBeDefined();
    expect(new Set(row?.split("|")[3].match(/\w+/g))).toEqual(new Set(required));
  });

  test("can have another name and another location, as the first guide says", () => {
    const without = (name: string): string[] =>
      all.filter(([, { variable }]) => !variable?.[name]).map(([each]) => each);
    expect([without("name_prefix"), without("location")]).toEqual([
      ["from-hand-written"],
      ["government-cloud", "from-hand-written"],
    ]);
  });

  test("have each of these", () => {
    const types = ["azurerm_application_insights", "azurerm_cognitive_deployment", "azurerm_storage_account"];
    expect(types.filter((type) => those(type).length === 0)).toEqual([]);
  });
});

describe("texts that Terraform reads at once", () => {
  test("an OpenAPI document is a file with the same text, but without a byte order mark and with the line breaks of Unix", () => {
    const text =
      'openapi: 3.0.1\r\ninfo: { title: "${var.a} %{b}", version: "1" }\r\npaths: { /a: { get: { responses: {} } } }\r\n';
    const directory = mkdtempSync(join(tmpdir(), "applies-"));
    const path = join(directory, "orders.yaml");
    writeFileSync(path, `\uFEFF${text}`);
    const app = new App({ outdir: join(directory, "out") });
    stack = new TerraformStack(app, "app");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new AzureadProvider(stack, "azuread");
    new SecureApimBackend(stack, "Orders", {
      gateway: created(ApimSku.BASIC),
      backend: external(),
      surface: ApiSurface.openApiFile(path, { path: "orders" }),
    });
    app.synth();
    const folder = join(directory, "out/stacks/app");
    const json = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
    const { content_value: value } = only(json, "azurerm_api_management_api").import;
    const [, file] = /^\$\{file\("\$\{path\.module\}\/([^"]+)"\)\}$/.exec(value) ?? [];
    expect(readFileSync(join(folder, file!), "utf8")).toBe(text.replaceAll("\r\n", "\n"));
    rmSync(directory, { recursive: true });
  });

  test("a long policy is one line, with the references in it", () => {
    const header = PolicyStatement.setHeader("X-Region", PolicyValue.literal("${var.region}"));
    const line = '<set-variable name="a" value="b" />\n';
    new SecureApimBackend(stack, "Orders", {
      gateway: created(ApimSku.BASIC),
      backend: external(),
      policy: PolicyDocument.fromXml(
        `<policies>\n<inbound>\n<base />\n${line.repeat(2000)}</inbound>\n<backend><base /></backend></policies>`,
      ).merge(PolicyDocument.of(header)),
    });
    const { xml_content: xml } = only(synth(stack), "azurerm_api_management_api_policy");
    expect(xml).not.toContain("\n");
    expect(xml).toMatch(/^\$\{".*\$\{.*var\.region.*"\}$/);
  });
});

test("callers of an existing API meet no other revision of it", () => {
  new SecureApimBackend(stack, "Orders", {
    gateway: elsewhere(),
    backend: external(),
    surface: ApiSurface.existingApi("orders", PolicyDocument.EMPTY),
    callers: { allowed: [Caller.servicePrincipal(GUID, "job")] },
  });
  expect(only(synth(stack), "azapi_resource_action").lifecycle.postcondition).toEqual([
    expect.objectContaining({ error_message: refusal("other-revisions-online", '"orders"') }),
  ]);
});

describe("operations", () => {
  const bound = (...operations: unknown[]): unknown =>
    new SecureApimBackend(stack, "Orders", {
      gateway: created(),
      backend: external(),
      surface: ApiSurface.operations(operations),
    });

  test.each<[string, unknown[], string, string[]]>([
    ["a colon", [{ method: "GET", urlTemplate: "/orders/:id" }], "colon-parameter", ["{id}"]],
    ["a rest in the middle", [{ method: "GET", urlTemplate: "/{*rest}/orders" }], "wildcard-not-last", ["{*rest}"]],
    [
      "parameters that differ by case",
      [{ method: "GET", urlTemplate: "/{id}/{ID}" }],
      "duplicate-url-parameter",
      ['"ID"'],
    ],
    [
      "ids that differ by case",
      [
        { method: "GET", urlTemplate: "/a", operationId: "get-orders" },
        { method: "GET", urlTemplate: "/b", operationId: "Get-Orders" },
      ],
      "operation-id-taken",
      ['"Get-Orders"'],
    ],
    [
      "paths that differ by case",
      [
        { method: "GET", urlTemplate: "/orders" },
        { method: "GET", urlTemplate: "/Orders" },
      ],
      "same-requests",
      ["GET /orders"],
    ],
    ["OPTIONS without a reason", [{ method: "OPTIONS", urlTemplate: "/orders" }], "options-without-reason", []],
    ["TRACE", [{ method: "TRACE", urlTemplate: "/orders" }], "unknown-method", ['"TRACE"']],
  ])("with %s are refused", (_, operations, id, values) =>
    expect(() => bound(...operations)).toThrow(refusal(id, ...values)),
  );

  test("with long paths have ids that API Management accepts", () => {
    bound({ method: "GET", urlTemplate: `/${"orders/".repeat(20)}` });
    expect(only(synth(stack), "azurerm_api_management_api_operation").operation_id).toHaveLength(80);
  });
});
