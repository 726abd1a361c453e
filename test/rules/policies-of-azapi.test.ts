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
      { azurerm_api_management_api_policy: { api: { api_name: "closed", xml_content: signsIn } } },
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
