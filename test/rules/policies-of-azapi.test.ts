import { Json } from "../helpers/synth";
import { verdictsOf } from "./judged";
import { policy, WRITTEN } from "./written-stack";

const TYPE = "Microsoft.ApiManagement/service/apis";
const SERVICE = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ApiManagement/service/gateway";
const OTHER_BACKEND = '<set-backend-service base-url="https://other.contoso.com" />';
const MANAGEMENT = '<authentication-managed-identity resource="https://management.azure.com" />';

const withPolicy = (type: string, parent: string, text: string): Json => ({
  type: `${type}/policies@2024-05-01`,
  name: "policy",
  parent_id: parent,
  body: { properties: { format: "rawxml", value: text } },
});

/** Two APIs, of which one signs in, and operations with the same policy, which are found by their labels. */
function stackWith(resource: Json): Json {
  const azapi = (name: string, parent = SERVICE): Json => ({ type: `${TYPE}@2024-05-01`, name, parent_id: parent });
  const operation = (parent: string): Json => ({
    type: `${TYPE}/operations@2024-05-01`,
    name: "get",
    parent_id: parent,
  });
  const all: Json = {
    azurerm_api_management_api: {
      written: { name: "written", api_management_name: "gateway" },
    },
    azurerm_api_management_api_operation: { get: { operation_id: "get", api_name: "closed" } },
    azapi_resource: {
      closed: azapi("closed"),
      open: azapi("open"),
      getClosed: operation("${azapi_resource.closed.id}"),
      getOpen: operation("${azapi_resource.open.id}"),
    },
  };
  for (const [type, more] of Object.entries(resource)) all[type] = { ...(all[type] as Json), ...(more as Json) };
  return { provider: { azurerm: [{ features: [{}] }] }, resource: all };
}

function violated(rule: string, resource: Json): string[] {
  const found = verdictsOf({ orders: stackWith(resource) }).violated.filter((each) => each.rule.id === rule);
  return found.map(({ resource: { name } }) => name);
}

const signsIn = policy("<base />", WRITTEN.token);
const changes = policy("<base />", OTHER_BACKEND);
const CLOSED = "${azapi_resource.closed.id}";

describe("the policy of an operation is judged with the policy of its API", () => {
  test.each<[what: string, ofApi: Json, ofOperation: Json]>([
    [
      "both below resources of azapi",
      { azapi_resource: { api: withPolicy(TYPE, CLOSED, signsIn) } },
      {
        azapi_resource: {
          changed: withPolicy(`${TYPE}/operations`, "${azapi_resource.getClosed.id}", changes),
          fine: withPolicy(`${TYPE}/operations`, "${azapi_resource.getOpen.id}", changes),
        },
      },
    ],
    [
      "both by IDs",
      { azapi_resource: { api: withPolicy(TYPE, `${SERVICE}/apis/closed`, signsIn) } },
      {
        azapi_resource: {
          changed: withPolicy(`${TYPE}/operations`, `${SERVICE}/apis/closed/operations/get`, changes),
          fine: withPolicy(`${TYPE}/operations`, `${SERVICE}/apis/open/operations/get`, changes),
        },
      },
    ],
    [
      "below an API of azurerm, and by an ID",
      { azapi_resource: { api: withPolicy(TYPE, "${azurerm_api_management_api.written.id}", signsIn) } },
      {
        azapi_resource: {
          changed: withPolicy(`${TYPE}/operations`, `${SERVICE}/apis/written/operations/get`, changes),
          fine: withPolicy(`${TYPE}/operations`, `${SERVICE}/apis/closed/operations/get`, changes),
        },
      },
    ],
    [
      "below an operation of azurerm, and by the name of the API",
      {
        azurerm_api_management_api_policy: {
          api: { api_name: "closed", api_management_name: "gateway", xml_content: signsIn },
        },
      },
      {
        azapi_resource: {
          changed: withPolicy(`${TYPE}/operations`, "${azurerm_api_management_api_operation.get.id}", changes),
          fine: withPolicy(`${TYPE}/operations`, "${azapi_resource.getOpen.id}", changes),
        },
      },
    ],
    [
      "one with azurerm, one with azapi",
      { azapi_resource: { api: withPolicy(TYPE, CLOSED, signsIn) } },
      {
        azurerm_api_management_api_operation_policy: {
          changed: { api_name: "${azapi_resource.closed.name}", operation_id: "get", xml_content: changes },
          fine: { api_name: "open", operation_id: "get", xml_content: changes },
        },
      },
    ],
    [
      "an API whose name only Terraform knows",
      {
        azurerm_api_management_api: { written: { name: "${var.name}", api_management_name: "gateway" } },
        azurerm_api_management_api_policy: {
          api: { api_name: "${azurerm_api_management_api.written.name}", xml_content: signsIn },
        },
      },
      {
        azapi_resource: {
          byParent: {
            type: `${TYPE}/operations@2024-05-01`,
            name: "get",
            parent_id: "${azurerm_api_management_api.written.id}",
          },
          changed: withPolicy(`${TYPE}/operations`, "${azapi_resource.byParent.id}", changes),
          fine: withPolicy(`${TYPE}/operations`, "${azapi_resource.getOpen.id}", changes),
        },
      },
    ],
  ])("%s", (_, ofApi, ofOperation) => {
    const all: Json = { ...ofApi };
    for (const [type, more] of Object.entries(ofOperation)) all[type] = { ...(all[type] as Json), ...(more as Json) };
    expect(violated("operation-changes-backend", all)).toEqual(["changed"]);
  });
});

test.each([
  ["its own address", "https://management.azure.com", []],
  ["another address", "https://orders.contoso.com", ["api"]],
])("a token for Azure goes to the address of an API of azapi: %s", (_, serviceUrl, expected) => {
  const closed = { type: `${TYPE}@2024-05-01`, name: "closed", body: { properties: { serviceUrl } } };
  for (const parent of [CLOSED, `${SERVICE}/apis/closed`]) {
    const api = withPolicy(TYPE, parent, policy("<base />", MANAGEMENT));
    expect(violated("management-audience", { azapi_resource: { closed, api } })).toEqual(expected);
  }
});

test("what is below itself belongs to no API", () => {
  const [one, two] = ["two", "one"].map((parent) =>
    withPolicy(`${TYPE}/operations`, `\${azapi_resource.${parent}.id}`, changes),
  );
  expect(violated("operation-changes-backend", { azapi_resource: { one, two } })).toEqual([]);
});

const OTHER = SERVICE.replace(/gateway$/, "other");
const ARM = "https://management.azure.com/x";
const EVIL = "https://evil.example.com";
const apiAt = (name: string, serviceUrl: string, parent = SERVICE): Json => ({
  type: `${TYPE}@2024-05-01`,
  name,
  parent_id: parent,
  body: { properties: { serviceUrl } },
});
const management = (parent: string): Json => withPolicy(TYPE, parent, policy("<base />", MANAGEMENT));

describe("a token for Azure Resource Manager is found if its API can be another one", () => {
  const IDS = { arm: "${azapi_resource.arm.id}", evil: "${azapi_resource.evil.id}" };
  const [arm, evil] = [apiAt("arm", ARM), apiAt("evil", EVIL)];
  const azurerm = (name: string, service_url: string, more: Json = {}): Json => ({
    name,
    api_management_name: "gateway",
    service_url,
    ...more,
  });

  test.each<[what: string, resource: Json, more?: Json]>([
    [
      "in a local map",
      { azapi_resource: { arm, evil, api: management("${local.ids.evil}") } },
      { locals: { ids: IDS } },
    ],
    [
      "whose name begins like another one",
      {
        azapi_resource: {
          arm,
          evil: apiAt("arm-v2", EVIL),
          api: management(`${SERVICE}/apis/\${azapi_resource.arm.name}-v2`),
        },
      },
    ],
    [
      "that Terraform chooses",
      { azapi_resource: { arm, evil, api: management("${var.x ? azapi_resource.arm.id : azapi_resource.evil.id}") } },
    ],
    [
      "of another service",
      { azapi_resource: { a: apiAt("x", ARM), b: apiAt("x", EVIL, OTHER), api: management(`${OTHER}/apis/x`) } },
    ],
    [
      "of a service that is not declared",
      { azapi_resource: { a: apiAt("x", ARM), api: management(`${OTHER}/apis/x`) } },
    ],
    [
      "of a workspace",
      {
        azapi_resource: {
          a: apiAt("x", ARM),
          b: apiAt("x", EVIL, `${SERVICE}/workspaces/w`),
          api: management(`${SERVICE}/workspaces/w/apis/x`),
        },
      },
    ],
    [
      "of a revision",
      { azapi_resource: { a: apiAt("x", ARM), b: apiAt("x;rev=2", EVIL), api: management(`${SERVICE}/apis/x;rev=2`) } },
    ],
    [
      "of a revision of azurerm",
      {
        azurerm_api_management_api: {
          a: azurerm("x", ARM, { revision: "1" }),
          b: azurerm("x", EVIL, { revision: "2" }),
        },
        azapi_resource: { api: management(`${SERVICE}/apis/x;rev=2`) },
      },
    ],
    [
      "of azurerm, on another service",
      {
        azurerm_api_management_api: {
          a: azurerm("x", ARM),
          b: azurerm("x", EVIL, { api_management_name: "other" }),
        },
        azurerm_api_management_api_policy: {
          api: { api_name: "x", api_management_name: "other", xml_content: policy("<base />", MANAGEMENT) },
        },
      },
    ],
    [
      "of azurerm, in a local map",
      {
        azurerm_api_management_api: { a: azurerm("x", ARM), b: azurerm("y", EVIL) },
        azurerm_api_management_api_policy: {
          api: {
            api_name: "${local.names.evil}",
            api_management_name: "gateway",
            xml_content: policy("<base />", MANAGEMENT),
          },
        },
      },
      {
        locals: {
          names: { arm: "${azurerm_api_management_api.a.name}", evil: "${azurerm_api_management_api.b.name}" },
        },
      },
    ],
  ])("%s", (_, resource, more = {}) => {
    const { violated: found } = verdictsOf({ orders: { ...stackWith(resource), ...more } });
    const names = found.filter(({ rule }) => rule.id === "management-audience").map(({ resource: { name } }) => name);
    expect(names).toEqual(["api"]);
  });

  test("one that goes to Azure Resource Manager complies, whatever names it", () => {
    const [ids, id] = ["${local.ids.arm}", `${SERVICE}/APIs/ARM`];
    for (const parent of [ids, id]) {
      const stack = { ...stackWith({ azapi_resource: { arm, evil, api: management(parent) } }), locals: { ids: IDS } };
      const { violated: found } = verdictsOf({ orders: stack });
      expect(found.filter(({ rule }) => rule.id === "management-audience")).toEqual([]);
    }
  });
});

describe("the policy of an API and that of its operation are found together", () => {
  const operationAt = (parent: string): Json => withPolicy(`${TYPE}/operations`, parent, changes);

  test.each<[what: string, api: string, operation: string, more?: Json]>([
    ["in another case", `${SERVICE}/APIs/Orders`, `${SERVICE.toUpperCase()}/apis/orders/operations/get`],
    ["with a revision", `${SERVICE}/apis/orders;rev=2`, `${SERVICE}/apis/orders;rev=2/operations/get`],
    ["by an expression", "${var.api_id}", "${var.api_id}/operations/get"],
    [
      "by a name with an expression",
      `${SERVICE}/apis/\${local.p}-\${var.q}`,
      `${SERVICE}/apis/x-\${var.q}/operations/get`,
    ],
    ["on a service that only Terraform knows", "${var.service}/apis/orders", `${SERVICE}/apis/orders/operations/get`],
    ["chosen by Terraform", CLOSED, "${var.x ? azapi_resource.open.id : azapi_resource.closed.id}/operations/get"],
    ["in a local map", CLOSED, "${local.operations.closed}"],
    ["below a data source by its ID", "${data.azapi_resource.read.id}", `${SERVICE}/apis/closed/operations/get`],
  ])("%s", (_, api, operation) => {
    const stack = {
      ...stackWith({ azapi_resource: { api: withPolicy(TYPE, api, signsIn), changed: operationAt(operation) } }),
      locals: {
        p: "x",
        operations: { open: "${azapi_resource.getOpen.id}", closed: "${azapi_resource.getClosed.id}" },
      },
      data: { azapi_resource: { read: { type: `${TYPE}@2024-05-01`, resource_id: `${SERVICE}/apis/closed` } } },
    };
    const { violated: found } = verdictsOf({ orders: stack });
    const names = found.filter(({ rule }) => rule.id === "operation-changes-backend").map(({ resource: r }) => r.name);
    expect(names).toEqual(["changed"]);
  });

  test.each([
    ["two expressions", "${var.a_id}", "${var.b_id}/operations/get"],
    ["two services", `${SERVICE}/apis/orders`, `${OTHER}/apis/orders/operations/get`],
    ["a workspace and its service", `${SERVICE}/apis/orders`, `${SERVICE}/workspaces/w/apis/orders/operations/get`],
    ["two revisions", `${SERVICE}/apis/orders`, `${SERVICE}/apis/orders;rev=2/operations/get`],
    [
      "names with expressions that have slashes",
      `${SERVICE}/apis/\${split("/", var.a)[0]}`,
      `${SERVICE}/apis/\${split("/", var.b)[0]}/operations/get`,
    ],
  ])("unless they are of different APIs: %s", (_, api, operation) => {
    const resource = { azapi_resource: { api: withPolicy(TYPE, api, signsIn), fine: operationAt(operation) } };
    expect(violated("operation-changes-backend", resource)).toEqual([]);
  });
});

test("a long chain of operations ends", () => {
  const chain = Array.from({ length: 12_000 }, (_, index) => [
    `o${index}`,
    { type: `${TYPE}/operations@2024-05-01`, name: "o", parent_id: `\${azapi_resource.o${index + 1}.id}` },
  ]);
  const azapi = {
    ...Object.fromEntries(chain),
    policy: withPolicy(`${TYPE}/operations`, "${azapi_resource.o0.id}", changes),
  };
  expect(violated("operation-changes-backend", { azapi_resource: azapi })).toEqual([]);
});
