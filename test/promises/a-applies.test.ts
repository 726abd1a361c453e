import { TerraformStack } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { refusal } from "../helpers/refusal";
import { bodiesOf, replacedWith, upstreamOf } from "../helpers/graph";
import { findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* What an apply does to what exists, from plain JavaScript. */

const { ApimGateway, ApimNamedValue, ApimProduct, ApimSku, ApimTag, ApiSurface, ApiVersionSet } = packed();
const { AppRuntime, Audience, Backend, Caller, HttpMethod, NamedValueContent, PolicyDocument } = packed();
const { PolicyStatement, SecureApimBackend, SecurePolicyFragment } = packed();

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
beforeEach(() => {
  stack = stackWithProviders();
});

const created = (): Json =>
  new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
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
  [...bodiesOf(json)]
    .filter(([address]) => address.startsWith("azurerm_api_management_"))
    .map(([address, body]) => [address, JSON.parse(body).lifecycle]);

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
  orders.apiPolicy.overrideLogicalId("Chosen");
  expect(synth(stack).moved).toHaveLength(2);
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
