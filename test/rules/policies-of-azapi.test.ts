import { Json } from "../helpers/synth";
import { workOf } from "../helpers/work";
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

/** The names of the policies in which a rule finds something in a stack with these parts. */
function foundIn(rule: string, { resource = {}, ...more }: Json): string[] {
  const { violated, unknown } = verdictsOf({ orders: { ...stackWith(resource as Json), ...more } });
  return [...violated, ...unknown].filter((found) => found.rule.id === rule).map(({ resource: { name } }) => name);
}

const azurermApi = (name: string, service_url: string, more: Json = {}): Json => ({
  name,
  api_management_name: "gateway",
  service_url,
  ...more,
});
const azurermPolicy = (api_name: string, xml_content: string, api_management_name = "gateway"): Json => ({
  api_name,
  api_management_name,
  xml_content,
});
const update = (attributes: Json, text?: string): Json => ({
  type: `${TYPE}${text === undefined ? "" : "/policies"}@2024-05-01`,
  body: { properties: text === undefined ? { serviceUrl: EVIL } : { value: text } },
  ...attributes,
});
const EACH = { for_each: { a: "a" } };
const MANAGED = policy("<base />", MANAGEMENT);
const choice = (yes: string, no: string): string => `\${var.x ? azapi_resource.${yes}.id : azapi_resource.${no}.id}`;

describe("a token for Azure Resource Manager is judged with each API that can get it", () => {
  const [arm, evil] = [apiAt("arm", ARM), apiAt("evil", EVIL)];
  const azapi = (parent: string, more: Json = {}): Json => ({
    resource: { azapi_resource: { arm, evil, api: management(parent), ...more } },
  });
  const azurerm = (apis: Json, api: Json): Json => ({
    resource: { azurerm_api_management_api: apis, azurerm_api_management_api_policy: { api } },
  });
  const gateways = { one: { name: "${var.one}" }, two: { name: "${var.two}" } };

  test.each<[what: string, stack: Json]>([
    [
      "in a local map with an index",
      {
        ...azapi('${local.ids["evil"]}'),
        locals: { ids: { evil: "${azapi_resource.evil.id}", arm: "${azapi_resource.arm.id}" } },
      },
    ],
    [
      "that a variable chooses in a map",
      {
        ...azapi("${local.ids[var.k]}"),
        locals: { ids: { arm: "${azapi_resource.arm.id}", evil: "${azapi_resource.evil.id}" } },
      },
    ],
    ["chosen in a local", { ...azapi("${local.id}"), locals: { id: choice("arm", "evil") } }],
    ["chosen by name", azapi(`${SERVICE}/apis/\${var.x ? "arm" : "evil"}`)],
    ["chosen of an ID and a reference", azapi(`\${var.x ? azapi_resource.arm.id : "${SERVICE}/apis/evil"}`)],
    [
      "chosen twice",
      azapi("${var.x ? azapi_resource.arm.id : (var.y ? azapi_resource.arm.id : azapi_resource.evil.id)}"),
    ],
    ["chosen, with one that is not declared", azapi(`\${var.x ? azapi_resource.arm.id : var.id}`)],
    ["made by a function", azapi('${replace(azapi_resource.arm.id, "/arm", "/evil")}')],
    ["with a name that a function makes", azapi(`${SERVICE}/apis/\${lower("EVIL")}`)],
    ["joined", azapi(`\${join("/", ["${OTHER}", "apis", "arm"])}`)],
    [
      "in a workspace by references",
      azapi("${azapi_resource.b.id}", {
        w: { type: "Microsoft.ApiManagement/service/workspaces@2024-05-01", name: "w", parent_id: SERVICE },
        b: {
          ...apiAt("arm", EVIL, "${azapi_resource.w.id}"),
          type: "Microsoft.ApiManagement/service/workspaces/apis@2024-05-01",
        },
      }),
    ],
    [
      "in a workspace by its ID, the API by a reference",
      azapi(`${SERVICE}/workspaces/w/apis/arm`, {
        w: { type: "Microsoft.ApiManagement/service/workspaces@2024-05-01", name: "w", parent_id: SERVICE },
        b: {
          ...apiAt("arm", EVIL, "${azapi_resource.w.id}"),
          type: "Microsoft.ApiManagement/service/workspaces/apis@2024-05-01",
        },
      }),
    ],
    [
      "on one of two services whose names only Terraform knows",
      {
        resource: {
          azurerm_api_management: gateways,
          azapi_resource: {
            a: apiAt("x", ARM, "${azurerm_api_management.one.id}"),
            b: apiAt("x", EVIL, "${azurerm_api_management.two.id}"),
            api: management("${azurerm_api_management.two.id}/apis/x"),
          },
        },
      },
    ],
    [
      "on a service that may not be the one of the API",
      {
        resource: {
          azurerm_api_management: gateways,
          azapi_resource: {
            a: apiAt("x", ARM, "${azurerm_api_management.one.id}"),
            api: management(`${OTHER}/apis/x`),
          },
        },
      },
    ],
    [
      "chosen of a revision of azurerm and one that is not declared",
      {
        resource: {
          azurerm_api_management_api: { a: azurermApi("x", ARM, { revision: "1" }) },
          azapi_resource: { api: management("${var.x ? azurerm_api_management_api.a.id : var.id}") },
        },
      },
    ],
    [
      "of azurerm, by the name of a later revision",
      azurerm(
        { a: azurermApi("x", ARM, { revision: "1" }), b: azurermApi("x", EVIL, { revision: "2" }) },
        azurermPolicy("${azurerm_api_management_api.b.name}", MANAGED),
      ),
    ],
    [
      "of azurerm, with its revision",
      azurerm(
        { a: azurermApi("x", ARM, { revision: "1" }), b: azurermApi("x", EVIL, { revision: "2" }) },
        azurermPolicy("x;rev=2", MANAGED),
      ),
    ],
    [
      "of azurerm, with the revision that is written first",
      azurerm(
        { a: azurermApi("x", ARM, { revision: "2" }), b: azurermApi("x", EVIL, { revision: "1" }) },
        azurermPolicy("x", MANAGED),
      ),
    ],
    [
      "of azurerm, chosen",
      azurerm(
        { a: azurermApi("x", ARM), b: azurermApi("y", EVIL) },
        azurermPolicy("${var.x ? azurerm_api_management_api.a.name : azurerm_api_management_api.b.name}", MANAGED),
      ),
    ],
    [
      "of azurerm, the name and more",
      azurerm(
        { a: azurermApi("x", ARM), b: azurermApi("x-2", EVIL) },
        azurermPolicy("${azurerm_api_management_api.a.name}-2", MANAGED),
      ),
    ],
    [
      "of azurerm, the name with another service",
      azurerm({ a: azurermApi("x", ARM) }, azurermPolicy("${azurerm_api_management_api.a.name}", MANAGED, "other")),
    ],
    [
      "that is updated",
      azapi("${azapi_resource.arm.id}", {}) && {
        resource: {
          azapi_resource: { arm, api: management("${azapi_resource.arm.id}") },
          azapi_update_resource: { more: update({ resource_id: "${azapi_resource.arm.id}" }) },
        },
      },
    ],
    [
      "that is updated by its ID",
      {
        resource: {
          azapi_resource: { arm, api: management(`${SERVICE}/apis/arm`) },
          azapi_update_resource: { more: update({ resource_id: `${SERVICE}/apis/arm` }) },
        },
      },
    ],
    [
      "of azurerm that is updated",
      {
        resource: {
          azurerm_api_management_api: { a: azurermApi("x", ARM) },
          azurerm_api_management_api_policy: { api: azurermPolicy("x", MANAGED) },
          azapi_update_resource: { more: update({ name: "x", parent_id: SERVICE }) },
        },
      },
    ],
    [
      "whose policy is updated by its ID",
      {
        resource: {
          azapi_resource: { arm, evil },
          azapi_update_resource: { api: update({ resource_id: `${SERVICE}/apis/evil/policies/policy` }, MANAGED) },
        },
      },
    ],
    [
      "of two with the same name for each",
      {
        resource: {
          azapi_resource: {
            a: { ...apiAt("${each.key}", ARM), ...EACH },
            b: { ...apiAt("${each.key}", EVIL), ...EACH },
            api: { ...management("${azapi_resource.b[each.key].id}"), ...EACH },
          },
        },
      },
    ],
    [
      "of two with the same name for each, by name",
      {
        resource: {
          azapi_resource: {
            a: { ...apiAt("${each.key}", ARM), ...EACH },
            b: { ...apiAt("${each.key}", EVIL), ...EACH },
            api: { ...management(`${SERVICE}/apis/\${each.key}`), ...EACH },
          },
        },
      },
    ],
    [
      "of two with the same name for each, of azurerm",
      {
        resource: {
          azurerm_api_management_api: {
            a: { ...azurermApi("${each.key}", ARM), ...EACH },
            b: { ...azurermApi("${each.key}", EVIL), ...EACH },
          },
          azurerm_api_management_api_policy: {
            api: { ...azurermPolicy("${azurerm_api_management_api.b[each.key].name}", MANAGED), ...EACH },
          },
        },
      },
    ],
    [
      "in a resource group with the name of an API",
      {
        resource: {
          azapi_resource: {
            arm: apiAt("providers", ARM),
            api: management(`${SERVICE.replace("/rg/", "/apis/")}/apis/evil`),
          },
        },
      },
    ],
  ])("%s", (_, stack) => {
    expect(foundIn("management-audience", stack)).toEqual(["api"]);
  });

  test.each<[what: string, stack: Json]>([
    ["both that Terraform chooses from", azapi(choice("arm", "arm"))],
    [
      "one whose name only Terraform knows",
      azapi("${azapi_resource.a.id}", { a: apiAt("${var.a}", ARM), b: apiAt("${var.b}", EVIL) }),
    ],
    [
      "one of two with the same name for each",
      azapi("${azapi_resource.a[each.key].id}", {
        a: { ...apiAt("${each.key}", ARM), ...EACH },
        b: { ...apiAt("${each.key}", EVIL), ...EACH },
      }),
    ],
    [
      "one that a data source reads",
      {
        ...azapi("${data.azapi_resource.a.id}"),
        data: { azapi_resource: { a: { type: `${TYPE}@2024-05-01`, resource_id: `${SERVICE}/apis/arm` } } },
      },
    ],
    [
      "one on a service by a reference",
      {
        resource: {
          azurerm_api_management: gateways,
          azapi_resource: {
            a: apiAt("x", ARM, "${azurerm_api_management.one.id}"),
            b: apiAt("x", EVIL, "${azurerm_api_management.two.id}"),
            api: management("${azurerm_api_management.one.id}/apis/x"),
          },
        },
      },
    ],
    [
      "a revision",
      azurerm(
        { a: azurermApi("x", EVIL, { revision: "1" }), b: azurermApi("x", ARM, { revision: "2" }) },
        azurermPolicy("x;rev=2", MANAGED),
      ),
    ],
  ])("complies: %s", (_, stack) => {
    expect(foundIn("management-audience", stack)).toEqual([]);
  });
});

describe("an update that can be of the API of a token for Azure Resource Manager", () => {
  const GATEWAY = "${module.apim.name}";
  const arm = (service: string, more: Json = {}): Json =>
    azurermApi("arm", ARM, { api_management_name: service, ...more });
  const say = (api: Json, change: Json): string => {
    const { violated, unknown } = verdictsOf({
      orders: {
        resource: {
          azurerm_api_management_api: { a: api },
          azurerm_api_management_api_policy: { api: azurermPolicy("arm", MANAGED, api.api_management_name as string) },
          azapi_update_resource: { more: update(change) },
        },
      },
    });
    const has = (findings: typeof violated): boolean => findings.some(({ rule }) => rule.id === "management-audience");
    return has(violated) ? "error" : has(unknown) ? "not judged" : "fine";
  };

  test.each<[what: string, expected: string, api: Json, change: Json]>([
    ["by the ID of a module", "not judged", arm(GATEWAY), { name: "arm", parent_id: "${module.apim.id}" }],
    ["on a service that is known", "not judged", arm(GATEWAY), { name: "arm", parent_id: SERVICE }],
    ["on a service that is not known", "not judged", arm("gateway"), { name: "arm", parent_id: "${var.id}" }],
    ["by an ID that is made", "not judged", arm("gateway"), { resource_id: '${format("%s", var.id)}' }],
    ["for each ID", "not judged", arm("gateway"), { resource_id: "${each.value}", for_each: "${var.ids}" }],
    ["of a revision", "not judged", arm("gateway", { revision: "2" }), { resource_id: `${SERVICE}/apis/arm;rev=2` }],
    ["of the API", "error", arm("gateway"), { resource_id: `${SERVICE}/apis/arm` }],
    ["of another API", "fine", arm("gateway"), { resource_id: `${SERVICE}/apis/orders` }],
    ["of another service", "fine", arm("gateway"), { name: "arm", parent_id: OTHER }],
    ["of another thing", "fine", arm("gateway"), { resource_id: `${SERVICE}/apis/arm`, body: { properties: {} } }],
  ])("%s: %s", (_, expected, api, change) => {
    expect(say(api, change)).toBe(expected);
  });
});

describe("an operation is judged with each API that can be its own", () => {
  const both = (api: string, operation: string, more: Json = {}): Json => ({
    ...more,
    resource: {
      ...(more.resource as Json),
      azapi_resource: {
        ...((more.resource as Json | undefined)?.azapi_resource as Json),
        api: withPolicy(TYPE, api, signsIn),
        changed: withPolicy(`${TYPE}/operations`, operation, changes),
      },
    },
  });
  const readId = (attributes: Json): Json => ({ type: `${TYPE}@2024-05-01`, ...attributes });
  /** The policy of an API that is named with its service, and that of an operation below an ID. */
  const named = (service: string, operation: string): Json => ({
    resource: {
      azurerm_api_management_api_policy: { api: azurermPolicy("x", signsIn, service) },
      azapi_resource: { changed: withPolicy(`${TYPE}/operations`, operation, changes) },
    },
  });
  const twoGateways = { azurerm_api_management: { one: { name: "${var.one}" }, two: { name: "${var.two}" } } };

  test.each<[what: string, stack: Json]>([
    [
      "a name with a revision",
      both("${azapi_resource.next.id}", `${SERVICE}/apis/orders;rev=2/operations/get`, {
        resource: { azapi_resource: { next: apiAt("orders;rev=2", EVIL) } },
      }),
    ],
    ["the first revision", both(`${SERVICE}/apis/orders;rev=1`, `${SERVICE}/apis/orders/operations/get`)],
    [
      "a revision of azurerm",
      both("${azurerm_api_management_api.r.id}", `${SERVICE}/apis/r;rev=1/operations/get`, {
        resource: { azurerm_api_management_api: { r: azurermApi("r", EVIL, { revision: "1" }) } },
      }),
    ],
    [
      "a revision of azurerm by name",
      both("${azurerm_api_management_api.r.id}", `${SERVICE}/apis/r/operations/get`, {
        resource: { azurerm_api_management_api: { r: azurermApi("r", EVIL, { revision: "1" }) } },
      }),
    ],
    [
      "the ID of azapi's data source",
      both("${data.azapi_resource_id.a.id}", `${SERVICE}/apis/closed/operations/get`, {
        data: { azapi_resource_id: { a: readId({ name: "closed", parent_id: SERVICE }) } },
      }),
    ],
    [
      "the ID of azapi's data source, written whole",
      both("${data.azapi_resource_id.a.id}", CLOSED + "/operations/get", {
        data: { azapi_resource_id: { a: readId({ resource_id: `${SERVICE}/apis/closed` }) } },
      }),
    ],
    ["a function", both(`${SERVICE}/apis/closed`, `\${format("%s/apis/%s", "${SERVICE}", "closed")}/operations/get`)],
    [
      "a function for the API",
      both(`\${format("%s/apis/%s", "${SERVICE}", "closed")}`, "${azapi_resource.getClosed.id}"),
    ],
    ["a list", both(CLOSED, "${one(azapi_resource.getClosed[*].id)}")],
    ["parts that are joined", both(CLOSED, `\${join("/", ["${SERVICE}", "apis", "closed", "operations", "get"])}`)],
    ["a choice of operations", both(CLOSED, choice("getOpen", "getClosed"))],
    ["a choice of names", both(CLOSED, `${SERVICE}/apis/\${var.x ? "open" : "closed"}/operations/get`)],
    ["a choice of functions", both(CLOSED, '${var.x ? azapi_resource.getOpen.id : format("%s", var.y)}')],
    [
      "a workspace by a reference",
      both("${azapi_resource.w.id}/apis/x", `${SERVICE}/workspaces/w/apis/x/operations/get`, {
        resource: {
          azapi_resource: {
            w: { type: "Microsoft.ApiManagement/service/workspaces@2024-05-01", name: "w", parent_id: SERVICE },
          },
        },
      }),
    ],
    [
      "a workspace of azurerm",
      both(
        "${azurerm_api_management_workspace.w.id}/apis/x",
        "${azurerm_api_management.g.id}/workspaces/w/apis/x/operations/get",
        {
          resource: {
            azurerm_api_management: { g: { name: "${var.g}" } },
            azurerm_api_management_workspace: { w: { name: "w", api_management_id: "${azurerm_api_management.g.id}" } },
          },
        },
      ),
    ],
    [
      "a service of azapi",
      both("${azapi_resource.g.id}/apis/x", `${SERVICE}/apis/x/operations/get`, {
        resource: {
          azapi_resource: {
            g: {
              type: "Microsoft.ApiManagement/service@2024-05-01",
              name: "Gateway",
              parent_id: "/subscriptions/1/resourceGroups/rg",
            },
          },
        },
      }),
    ],
    ["an API named apis", both(`${SERVICE}/apis/apis`, `${SERVICE}/apis/apis/operations/apis`)],
    ["an operation whose name is in its API's", both(`${SERVICE}/apis/x`, `${SERVICE}/apis/x/operations/apis`)],
    [
      "an instance",
      both('${azapi_resource.many["a"].id}', '${azapi_resource.many["a"].id}/operations/get', {
        resource: { azapi_resource: { many: { ...apiAt("${each.key}", EVIL), ...EACH } } },
      }),
    ],
    [
      "an instance by its name",
      both('${azapi_resource.many["a"].id}', `${SERVICE}/apis/\${each.key}/operations/get`, {
        resource: { azapi_resource: { many: { ...apiAt("${each.key}", EVIL), ...EACH } } },
      }),
    ],
    ...["${module.apim", "${var.apim", "${data.terraform_remote_state.platform.outputs.apim"].map(
      (apim): [string, Json] => [
        `a service whose name and whose ID only Terraform knows: ${apim}`,
        named(`${apim}_name}`, `${apim}_id}/apis/x/operations/get`),
      ],
    ),
    ["a service whose name is computed", named('${split("/", var.apim)[8]}', "${var.apim}/apis/x/operations/get")],
    [
      "a revision by the name of its API",
      {
        resource: {
          azurerm_api_management_api: { r: azurermApi("x", EVIL, { revision: "2" }) },
          azurerm_api_management_api_policy: {
            api: azurermPolicy("${azurerm_api_management_api.r.name}", signsIn),
          },
          azapi_resource: {
            changed: withPolicy(`${TYPE}/operations`, `${SERVICE}/apis/x;rev=2/operations/get`, changes),
          },
        },
      },
    ],
    [
      "a resource of a version that only Terraform knows",
      {
        resource: {
          azapi_resource: {
            api: withPolicy(TYPE, CLOSED, signsIn),
            changed: {
              ...withPolicy(`${TYPE}/operations`, "${azapi_resource.getClosed.id}", changes),
              type: `${TYPE}/operations/policies@\${var.version}`,
            },
          },
        },
      },
    ],
  ])("found: %s", (_, stack) => {
    expect(foundIn("operation-changes-backend", stack)).toEqual(["changed"]);
  });

  test("found: the policy of the API in an update", () => {
    const changed = withPolicy(`${TYPE}/operations`, `${SERVICE}/apis/closed/operations/get`, changes);
    for (const resource_id of [
      `${SERVICE}/apis/closed/policies/policy`,
      "${azapi_resource.closed.id}/policies/policy",
    ]) {
      const api = update({ resource_id }, signsIn);
      const resource = { azapi_resource: { changed }, azapi_update_resource: { api } };
      expect(foundIn("operation-changes-backend", { resource })).toEqual(["changed"]);
    }
  });

  test.each<[what: string, stack: Json]>([
    [
      "two data sources",
      both("${data.azapi_resource.a.id}", "${data.azapi_resource.b.id}/operations/get", {
        data: {
          azapi_resource: {
            a: readId({ resource_id: `${SERVICE}/apis/a` }),
            b: readId({ resource_id: `${SERVICE}/apis/b` }),
          },
        },
      }),
    ],
    [
      "two data sources with IDs that only Terraform knows",
      both("${data.azapi_resource.a.id}", "${data.azapi_resource.b.id}/operations/get", {
        data: { azapi_resource: { a: readId({ resource_id: "${var.a}" }), b: readId({ resource_id: "${var.b}" }) } },
      }),
    ],
    [
      "two services by references",
      both("${azurerm_api_management.one.id}/apis/x", "${azurerm_api_management.two.id}/apis/x/operations/get", {
        resource: twoGateways,
      }),
    ],
    [
      "two services of azurerm by references",
      {
        resource: {
          ...twoGateways,
          azurerm_api_management_api_policy: { api: azurermPolicy("x", signsIn, "${azurerm_api_management.one.name}") },
          azapi_resource: {
            changed: withPolicy(
              `${TYPE}/operations`,
              "${azurerm_api_management.two.id}/apis/x/operations/get",
              changes,
            ),
          },
        },
      },
    ],
    [
      "two workspaces by references",
      both("${azapi_resource.v.id}/apis/x", "${azapi_resource.w.id}/apis/x/operations/get", {
        resource: {
          azapi_resource: {
            v: { type: "Microsoft.ApiManagement/service/workspaces@2024-05-01", name: "v", parent_id: SERVICE },
            w: { type: "Microsoft.ApiManagement/service/workspaces@2024-05-01", name: "w", parent_id: SERVICE },
          },
        },
      }),
    ],
    [
      "two revisions by references",
      both("${azapi_resource.a.id}", "${azapi_resource.b.id}/operations/get", {
        resource: { azapi_resource: { a: apiAt("orders", EVIL), b: apiAt("orders;rev=2", EVIL) } },
      }),
    ],
    [
      "two revisions of azurerm",
      both("${azurerm_api_management_api.a.id}", "${azurerm_api_management_api.b.id}/operations/get", {
        resource: {
          azurerm_api_management_api: {
            a: azurermApi("x", EVIL, { revision: "1" }),
            b: azurermApi("x", EVIL, { revision: "2" }),
          },
        },
      }),
    ],
    [
      "two with the same name for each",
      both("${azapi_resource.a[each.key].id}", "${azapi_resource.b[each.key].id}/operations/get", {
        resource: {
          azapi_resource: {
            a: { ...apiAt("${each.key}", EVIL), ...EACH },
            b: { ...apiAt("${each.key}", EVIL), ...EACH },
          },
        },
      }),
    ],
  ])("not found: %s", (_, stack) => {
    expect(foundIn("operation-changes-backend", stack)).toEqual([]);
  });
});

/** What the rules say of the operation policy in a stack. */
function sayOf(stacks: Readonly<Record<string, Json>>): string {
  const { violated, unknown } = verdictsOf(stacks);
  const isOf = ({ rule }: { readonly rule: { readonly id: string } }): boolean =>
    rule.id === "operation-changes-backend";
  return violated.some(isOf) ? "error" : unknown.some(isOf) ? "not judged" : "fine";
}

const azurermOperation = (api_name: string, api_management_name = "gateway", more: Json = {}): Json => ({
  ...azurermPolicy(api_name, changes, api_management_name),
  operation_id: "get",
  ...more,
});

/** The policy of an API and that of an operation, both of azurerm. */
function both(ofApi: Json, ofOperation: Json, { resource = {}, ...more }: Json = {}): Json {
  const policies = {
    azurerm_api_management_api_policy: { api: ofApi },
    azurerm_api_management_api_operation_policy: { changed: ofOperation },
  };
  return { ...more, resource: { ...policies, ...(resource as Json) } };
}

describe("an API whose name or service is computed", () => {
  const signing = (name: string, service = "gateway", more: Json = {}): Json => ({
    ...azurermPolicy(name, signsIn, service),
    ...more,
  });
  const revision = { azurerm_api_management_api: { a: azurermApi("orders", EVIL, { revision: "${var.r}" }) } };
  const counted = { azurerm_api_management_api: { a: azurermApi("orders", EVIL, { count: 1 }) } };
  const below = (id: string): Json => ({
    azapi_resource: { changed: withPolicy(`${TYPE}/operations`, `${id}/operations/get`, changes) },
  });

  test.each<[what: string, stack: Json]>([
    ["a function", both(signing("orders"), azurermOperation('${lookup(local.n, "api", "")}'), { locals: { n: {} } })],
    ["a key", both(signing("orders"), azurermOperation("${each.value}", "gateway", { for_each: "${toset(var.all)}" }))],
    ["a variable", both(signing("${var.api}"), azurermOperation("orders"))],
    ["a variable in a name", both(signing("orders-${var.stage}"), azurermOperation("orders-test"))],
    [
      "a revision",
      both(signing("${azurerm_api_management_api.a.name}"), azurermOperation("orders;rev=2"), { resource: revision }),
    ],
    [
      "a list",
      both(signing("${one(azurerm_api_management_api.a[*].name)}"), azurermOperation("orders"), { resource: counted }),
    ],
    [
      "many choices",
      both(
        signing("orders"),
        azurermOperation(`\${${Array.from({ length: 40 }, (_, i) => `var.k == ${i} ? "a${i}" : `).join("")}"orders"}`),
      ),
    ],
    ["a service of a module", both(signing("orders", "${module.apim.name}"), azurermOperation("orders"))],
    [
      "a service that a function makes",
      both(signing("orders", "${var.apim}"), azurermOperation("orders", "${lower(var.apim)}")),
    ],
    [
      "keys of two sets",
      both(
        signing("orders", "${each.value}", { for_each: "${var.a}" }),
        azurermOperation("orders", "${each.value}", { for_each: "${var.b}" }),
      ),
    ],
    ["an ID", { resource: { ...(both(signing("orders"), {}).resource as Json), ...below("${var.api_id}") } }],
    [
      "an ID of a service",
      {
        resource: {
          ...(both(signing("orders", "${var.name}"), {}).resource as Json),
          ...below("${var.id}/apis/orders"),
        },
      },
    ],
  ])("can be another one: %s", (_, stack) => {
    expect(sayOf({ orders: stack })).toBe("not judged");
  });

  test.each<[what: string, stack: Json]>([
    ["another beginning", both(signing("orders-${var.stage}"), azurermOperation("stock-test"))],
    ["another end", both(signing("${lower(var.stage)}-orders"), azurermOperation("test-stock"))],
    [
      "another revision",
      both(signing("${azurerm_api_management_api.a.name}"), azurermOperation("stock;rev=2"), { resource: revision }),
    ],
    ["two variables", both(signing("${var.a}"), azurermOperation("${var.b}"))],
    ["two services of variables", both(signing("orders", "${var.a}"), azurermOperation("orders", "${var.b}"))],
    [
      "a workspace",
      {
        resource: { ...(both(signing("orders"), {}).resource as Json), ...below("${var.id}/workspaces/w/apis/orders") },
      },
    ],
  ])("is another one: %s", (_, stack) => {
    expect(sayOf({ orders: stack })).toBe("fine");
  });

  test.each([
    ["${terraform.workspace}"],
    ["${basename(path.root)}"],
    ["${lower(var.env)}"],
    ['${format("%s", var.env)}'],
    ["${local.env}"],
    ["${random_string.a.result}"],
  ])("two services are two, whatever is in their names: %s", (part) => {
    const service = (name: string): Json => ({ name: `${name}${part}` });
    for (const names of [
      ["one-", "two-"],
      ["", "two-"],
      ["", "x"],
    ]) {
      const azurerm_api_management = {
        one: service(names[0]),
        two: names[1] === "x" ? { name: "two" } : service(names[1]),
      };
      const [one, two] = ["one", "two"].map((each) => `\${azurerm_api_management.${each}.name}`);
      const stack = { locals: { env: "${lower(var.env)}" }, resource: { azurerm_api_management } };
      expect(sayOf({ orders: both(signing("orders", one), azurermOperation("orders", two), stack) })).toBe("fine");
      expect(sayOf({ orders: both(signing("orders", one), azurermOperation("orders", one), stack) })).toBe("error");
    }
  });

  test.each([
    [
      "instances of an API",
      { azurerm_api_management_api: { a: azurermApi("${each.value}", EVIL, { for_each: "${local.all}" }) } },
      ["azurerm_api_management_api.a", "gateway"],
    ],
    [
      "instances of a service",
      { azurerm_api_management: { g: { name: "apim-${each.key}", for_each: "${local.all}" } } },
      ["orders", "azurerm_api_management.g"],
    ],
  ])("%s are different things", (_, resource, addresses) => {
    const at = (index: string): [string, string] => {
      const [api, service] = addresses.map((each) => (each.includes(".") ? `\${${each}${index}.name}` : each));
      return [api, service];
    };
    const say = (one: string, other: string): string =>
      sayOf({
        orders: both(signing(...at(one)), azurermOperation(...at(other)), {
          locals: { all: { a: "x", b: "y" } },
          resource,
        }),
      });
    expect(say('["a"]', '["b"]')).toBe("fine");
    expect(say('["a"]', '["a"]')).toBe("error");
    expect(say('["a"]', "[var.key]")).toBe("not judged");
    expect(say("[each.key]", '["a"]')).toBe("not judged");
  });

  test("many names that only Terraform knows are found as fast for each", () => {
    const work = (count: number): number => {
      const names = Array.from({ length: count }, (_, at) => `a${at}`);
      const all = <T>(make: (name: string) => T): Record<string, T> =>
        Object.fromEntries(names.map((name) => [name, make(name)]));
      const stack = {
        resource: {
          azurerm_api_management_api: all((name) => azurermApi(`\${lower("${name}")}`, EVIL)),
          azurerm_api_management_api_policy: all((name) => signing(`\${azurerm_api_management_api.${name}.name}`)),
          azurerm_api_management_api_operation_policy: all((name) => azurermOperation(`\${upper("${name}")}`)),
        },
      };
      return workOf(() => sayOf({ orders: stack }));
    };
    expect(work(80) / work(40)).toBeLessThan(2.2);
  });
});

describe("the policies of an API and of its operation in two stacks", () => {
  const STATE = "data.terraform_remote_state.cross-stack-reference-input-platform.outputs";
  const platform = (name: string, service: string): Json => ({
    output: {
      api: { value: "${azurerm_api_management_api.a.name}" },
      id: { value: "${azurerm_api_management_api.a.id}" },
      gateway: { value: "${azurerm_api_management.g.name}" },
    },
    resource: {
      azurerm_api_management: { g: { name: service } },
      azurerm_api_management_api: { a: { name, api_management_name: "${azurerm_api_management.g.name}" } },
      azurerm_api_management_api_policy: {
        api: azurermPolicy("${azurerm_api_management_api.a.name}", signsIn, "${azurerm_api_management.g.name}"),
      },
    },
  });
  const team = (api: string, service: string): Json => ({
    resource: {
      azurerm_api_management: { g: { name: "${var.gateway}" } },
      azurerm_api_management_api: {
        a: { name: "${var.api}", api_management_name: "${azurerm_api_management.g.name}" },
      },
      azurerm_api_management_api_operation_policy: { changed: azurermOperation(api, service) },
    },
  });

  test.each([
    ["orders", "contoso"],
    ["${var.api}", "${var.gateway}"],
    ["${lower(var.api)}", "${lower(var.gateway)}"],
  ])("belong together by outputs: %s on %s", (name, service) => {
    const all = { platform: platform(name, service), team: team(`\${${STATE}.api}`, `\${${STATE}.gateway}`) };
    expect(sayOf(all)).toBe("error");
    const changed = withPolicy(`${TYPE}/operations`, `\${${STATE}.id}/operations/get`, changes);
    expect(sayOf({ ...all, team: { resource: { azapi_resource: { changed } } } })).toBe("error");
  });

  test("belong together by names", () => {
    expect(sayOf({ platform: platform("orders", "contoso"), team: team("Orders", "Contoso") })).toBe("error");
    expect(sayOf({ platform: platform("orders", "contoso"), team: team("orders", "other") })).toBe("fine");
  });

  test("are of two APIs if each stack has its own", () => {
    const own = team("${azurerm_api_management_api.a.name}", "${azurerm_api_management.g.name}");
    expect(sayOf({ platform: platform("${var.api}", "${var.gateway}"), team: own })).toBe("fine");
  });
});

describe("a type that Terraform chooses or knows", () => {
  const typed = (type: string, body: Json = { properties: { value: changes } }): Json => ({
    resource: {
      azapi_resource: {
        api: withPolicy(TYPE, CLOSED, signsIn),
        changed: { ...withPolicy(`${TYPE}/operations`, "${azapi_resource.getClosed.id}", ""), type, body },
      },
    },
  });
  const OPERATION = `${TYPE}/operations/policies`;

  test.each([
    `\${var.x ? "${OPERATION}@2024-05-01" : "${OPERATION}@2023-05-01-preview"}`,
    `${OPERATION}@\${var.x ? "2024-05-01" : "2023-05-01-preview"}`,
    `\${var.x ? "${OPERATION}" : "${OPERATION.replace("/apis", "/workspaces/apis")}"}@2024-05-01`,
  ])("is one type: %s", (type) => {
    expect(foundIn("operation-changes-backend", typed(type))).toEqual(["changed"]);
    expect(foundIn("policy-unreadable", typed(type))).toEqual([]);
  });

  test.each([
    "${var.type}",
    `\${var.x ? "${OPERATION}@2024-05-01" : "${TYPE}/policies@2024-05-01"}`,
    `${TYPE}/\${var.of}/policies@2024-05-01`,
  ])("can be several: %s", (type) => {
    for (const body of [{ properties: { value: changes } }, "${var.body}"])
      expect(foundIn("policy-unreadable", typed(type, body as Json))).toEqual(["changed"]);
    expect(foundIn("policy-unreadable", typed(type, { properties: { displayName: "Orders" } }))).toEqual([]);
  });
});

describe("what is hard to read is read", () => {
  const operationBelow = (parent_id: string, locals: Json = {}): Json => ({
    locals,
    resource: { azapi_resource: { changed: withPolicy(`${TYPE}/operations`, parent_id, changes) } },
  });

  test("local values that refer to each other in ever more ways", () => {
    const locals = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => {
        const next = `\${coalesce(local.a${level + 1}, local.b${level + 1})}`;
        return [`a${level}`, `b${level}`].map((name): [string, string] => [name, next]);
      }).flat(),
    );
    const api = withPolicy(TYPE, "${local.a0}/apis/x", signsIn);
    const stack = operationBelow("${local.b0}/apis/x/operations/get", locals);
    Object.assign((stack.resource as Json).azapi_resource as Json, { api });
    expect(foundIn("operation-changes-backend", stack)).toEqual(["changed"]);
  });

  test.each([
    ["${local.list[1]}", "error"],
    ["${local.list[0]}", "fine"],
    ["${local.list[2]}", "not judged"],
    ["${local.list[var.at]}", "not judged"],
    ["${local.all[1].name}", "error"],
    ["${local.all[0].name}", "fine"],
    ["${local.all[*].name}", "not judged"],
    ['${local.map["v1.orders"].name}', "error"],
    ['${local.map["name"]}', "fine"],
    ["${local.map[var.key].name}", "not judged"],
    ["${~ local.list[1] ~}", "error"],
    ["${(local.list[1])}", "error"],
    ["${~ (var.x ? (local.list[0]) : (local.list[1])) }", "error"],
  ])("a name in a local value: %s", (name, expected) => {
    const locals = {
      list: ["stock", "orders"],
      all: [{ name: "stock" }, { name: "orders" }],
      map: { name: "stock", "v1.orders": { name: "orders" } },
    };
    const stack = both(azurermPolicy("orders", signsIn), azurermOperation(name), { locals });
    expect(sayOf({ orders: stack })).toBe(expected);
  });

  test("an ID of very many parts", () => {
    const stack = operationBelow(`${SERVICE}/apis/${"a/".repeat(200_000)}`);
    expect(foundIn("operation-changes-backend", stack)).toEqual([]);
  });
});
