import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { mkdtempSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformStack, Testing } from "cdktf";
import { EXAMPLES } from "../../examples/index";
import { ApimSecurityRules } from "../../lib/index";
import { refusal } from "../helpers/refusal";
import { Json, messageOf, only, synth } from "../helpers/synth";
import { linesOf, verdictsOf } from "./judged";
import { policy, writtenStack } from "./written-stack";

const GATEWAY = "${azurerm_api_management.gateway.name}";
const SERVICE = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ApiManagement/service/gateway";
const OPEN = policy("<base />");
const EACH = { for_each: "${var.apis}" };

const ofApi = (api_name: string, more: Json = {}): Json => ({
  api_name,
  api_management_name: GATEWAY,
  xml_content: OPEN,
  ...more,
});
const ofOperation = (api_name: string, operation_id: string): Json => ({ ...ofApi(api_name), operation_id });
const azapi = (type: string, parent_id: string, more: Json = {}): Json => ({
  type: `Microsoft.ApiManagement/service/${type}@2024-05-01`,
  name: "policy",
  parent_id,
  body: { properties: { format: "rawxml", value: OPEN } },
  ...more,
});

const API = "azurerm_api_management_api_policy";
const ORDERS = `${API}.orders`;

/** The resources of the stack, with more of them. */
function resourcesWith(more: Json): Json {
  const all = writtenStack().resource as Json;
  for (const [type, named] of Object.entries(more)) all[type] = { ...(all[type] as Json), ...(named as Json) };
  return all;
}

/** What the rule says of the stack with more, and of other stacks beside it. */
function said(resource: Json, more: Json = {}, others: Record<string, Json> = {}): string[] {
  const orders = { ...writtenStack(), ...more, resource: resourcesWith(resource) };
  const { violated, unknown } = verdictsOf({ orders, ...others });
  const ofRule = (found: typeof violated): string[] =>
    found
      .filter(({ rule }) => rule.id === "one-policy")
      .map(({ resource: { address, stack }, attribute, text, verdict }) => {
        const [other] = /azurerm_api_management\w*\.\w+|azapi_\w+\.\w+/.exec(text)!;
        return `${verdict === "violated" ? "two" : "perhaps"}: ${other} and ${stack.name}/${address} ${attribute}`;
      });
  return [...ofRule(violated), ...ofRule(unknown)];
}

test("a second policy of an API is an error, which names both and what to do", () => {
  const stack = { ...writtenStack(), resource: resourcesWith({ [API]: { second: ofApi("orders") } }) };
  expect(linesOf(verdictsOf({ orders: stack }).violated)).toEqual([
    `${API}.second api_name: ${ORDERS} is a policy of the same API. Azure keeps only the one that is applied last, so the more open one can replace the other. Write one policy that does what both must do, and remove the other. (one-policy)`,
  ]);
});

test("what can be a second policy is not judged", () => {
  const stack = { ...writtenStack(), resource: resourcesWith({ [API]: { second: ofApi("${var.api}") } }) };
  const { violated, unknown } = verdictsOf({ orders: stack });
  expect(linesOf(violated)).toEqual([]);
  expect(linesOf(unknown)).toEqual([
    `${API}.second api_name: Whether ${ORDERS} is a policy of the same API is known only when Terraform runs. Make sure that this holds: Each API, operation, product and gateway has one policy. (one-policy)`,
  ]);
});

test("a second policy in another stack is named with its stack", () => {
  const shared = { resource: { [API]: { mine: ofApi("orders", { api_management_name: "gateway" }) } } };
  const { violated } = verdictsOf({ orders: writtenStack(), shared });
  expect(linesOf(violated)).toEqual([
    `${API}.mine api_name: ${ORDERS} of the stack orders is a policy of the same API. Azure keeps only the one that is applied last, so the more open one can replace the other. Write one policy that does what both must do, and remove the other. (one-policy)`,
  ]);
});

describe("two policies of one API are found, whatever names it", () => {
  const read = { azurerm_api_management_api: { orders: { name: "orders", api_management_name: "gateway" } } };

  test.each<[what: string, second: Json, more?: Json]>([
    ["its name", ofApi("orders")],
    ["its name in another case", ofApi("Orders")],
    ["a reference to it", ofApi("${azurerm_api_management_api.orders.name}")],
    ["a local value", ofApi("${local.name}"), { locals: { name: "orders" } }],
    [
      "a local map",
      ofApi("${local.names.orders}"),
      { locals: { names: { orders: "${azurerm_api_management_api.orders.name}" } } },
    ],
    ["a data source", ofApi("${data.azurerm_api_management_api.orders.name}"), { data: read }],
    ["a template", ofApi("or${local.rest}"), { locals: { rest: "ders" } }],
    ["the name of a service", ofApi("orders", { api_management_name: "gateway" })],
  ])("%s", (_, second, more = {}) => {
    expect(said({ [API]: { second } }, more)).toEqual([`two: ${ORDERS} and orders/${API}.second api_name`]);
  });

  test.each<[what: string, second: Json]>([
    ["a reference to it", azapi("apis/policies", "${azurerm_api_management_api.orders.id}")],
    ["its ID", azapi("apis/policies", `${SERVICE}/apis/orders`)],
    ["the ID of its first revision", azapi("apis/policies", `${SERVICE}/apis/orders;rev=1`)],
    ["the ID of its service", azapi("apis/policies", "${azurerm_api_management.gateway.id}/apis/orders")],
  ])("with azapi: %s", (_, second) => {
    expect(said({ azapi_resource: { second } })).toEqual([`two: ${ORDERS} and orders/azapi_resource.second parent_id`]);
  });

  test("with azapi, as a change of the first", () => {
    const second = azapi("apis/policies", "", {
      parent_id: null,
      resource_id: `${SERVICE}/apis/orders/policies/policy`,
    });
    expect(said({ azapi_update_resource: { second } })).toEqual([
      `two: ${ORDERS} and orders/azapi_update_resource.second resource_id`,
    ]);
  });

  test("an API that is declared nowhere", () => {
    const [one, other] = [ofApi("elsewhere"), azapi("apis/policies", `${SERVICE}/apis/elsewhere`)];
    expect(said({ [API]: { one }, azapi_resource: { other } })).toEqual([
      `two: azurerm_api_management_api_policy.one and orders/azapi_resource.other parent_id`,
    ]);
  });

  test("an API whose name only Terraform knows", () => {
    const [one, other] = [ofApi("${var.api}"), ofApi("${var.api}")];
    const api = { named: { name: "${var.api}", api_management_name: GATEWAY } };
    expect(said({ azurerm_api_management_api: api, [API]: { one, other } })).toEqual([
      `two: ${API}.one and orders/${API}.other api_name`,
    ]);
  });

  test("a revision that is not the first, by its name", () => {
    const shop = { name: "shop", revision: "2", api_management_name: GATEWAY };
    const [one, other] = [ofApi("${azurerm_api_management_api.shop.name}"), ofApi("shop")];
    expect(said({ azurerm_api_management_api: { shop }, [API]: { one, other } })).toEqual([
      `two: ${API}.one and orders/${API}.other api_name`,
    ]);
  });

  test("three are two findings", () => {
    expect(said({ [API]: { second: ofApi("orders"), third: ofApi("orders") } })).toEqual([
      `two: ${ORDERS} and orders/${API}.second api_name`,
      `two: ${ORDERS} and orders/${API}.third api_name`,
    ]);
  });

  test("an instance", () => {
    const many = { ...EACH, name: "${each.key}", api_management_name: GATEWAY };
    const [one, other] = ["one", "other"].map(() => ofApi('${azurerm_api_management_api.many["a"].name}'));
    expect(said({ azurerm_api_management_api: { many }, [API]: { one, other } })).toEqual([
      `two: ${API}.one and orders/${API}.other api_name`,
    ]);
  });

  test("an API of another stack, by its output", () => {
    const state = "cross-stack-reference-input-orders";
    const output = { api: { value: "${azurerm_api_management_api.orders.name}" } };
    const second = ofApi(`\${data.terraform_remote_state.${state}.outputs.api}`, { api_management_name: "gateway" });
    expect(said({}, { output }, { shop: { resource: { [API]: { second } } } })).toEqual([
      `two: ${ORDERS} and shop/${API}.second api_name`,
    ]);
  });
});

describe("two policies of what is not an API are found", () => {
  const OPERATION = "azurerm_api_management_api_operation_policy";
  const PRODUCT = "azurerm_api_management_product_policy";

  test.each<[what: string, resource: Json, expected: string]>([
    [
      "an operation",
      { [OPERATION]: { second: ofOperation("orders", "get") } },
      `two: ${OPERATION}.get and orders/${OPERATION}.second operation_id`,
    ],
    [
      "an operation, by a reference",
      {
        azurerm_api_management_api_operation: { get: { ...ofApi("orders"), operation_id: "get" } },
        azapi_resource: {
          second: azapi("apis/operations/policies", "${azurerm_api_management_api_operation.get.id}"),
        },
      },
      `two: ${OPERATION}.get and orders/azapi_resource.second parent_id`,
    ],
    [
      "an operation, by its ID",
      { azapi_resource: { second: azapi("apis/operations/policies", `${SERVICE}/apis/orders/operations/get`) } },
      `two: ${OPERATION}.get and orders/azapi_resource.second parent_id`,
    ],
    [
      "a product",
      { [PRODUCT]: { second: { product_id: "partners", api_management_name: GATEWAY, xml_content: OPEN } } },
      `two: ${PRODUCT}.partners and orders/${PRODUCT}.second product_id`,
    ],
    [
      "a product, by its ID",
      { azapi_resource: { second: azapi("products/policies", `${SERVICE}/products/partners`) } },
      `two: ${PRODUCT}.partners and orders/azapi_resource.second parent_id`,
    ],
    [
      "a product, by a reference",
      {
        azurerm_api_management_product: { partners: { product_id: "partners", api_management_name: "gateway" } },
        azapi_resource: { second: azapi("products/policies", "${azurerm_api_management_product.partners.id}") },
      },
      `two: ${PRODUCT}.partners and orders/azapi_resource.second parent_id`,
    ],
    [
      "an instance of products, by its name and by its ID",
      {
        azurerm_api_management_product: {
          partners: { product_id: "partners", api_management_name: GATEWAY },
          many: { ...EACH, product_id: "${each.key}", api_management_name: "gateway" },
        },
        [PRODUCT]: {
          a: {
            ...ofApi("orders"),
            api_name: null,
            product_id: '${azurerm_api_management_product.many["a"].product_id}',
          },
        },
        azapi_resource: { second: azapi("products/policies", '${azurerm_api_management_product.many["a"].id}') },
      },
      `two: ${PRODUCT}.a and orders/azapi_resource.second parent_id`,
    ],
    [
      "the service",
      {
        azurerm_api_management_policy: {
          second: { api_management_id: "${azurerm_api_management.gateway.id}", xml_content: policy() },
        },
      },
      "two: azurerm_api_management_policy.all and orders/azurerm_api_management_policy.second api_management_id",
    ],
    [
      "the service, by its ID",
      { azapi_resource: { second: azapi("policies", SERVICE) } },
      "two: azurerm_api_management_policy.all and orders/azapi_resource.second parent_id",
    ],
  ])("%s", (_, resource, expected) => {
    expect(said(resource)).toEqual([expected]);
  });
});

describe("what only Terraform knows is not judged, and never passes", () => {
  test.each<[what: string, second: Json, more?: Json]>([
    ["a variable", ofApi("${var.api}")],
    ["a variable with a default", ofApi("${var.api}"), { variable: { api: { default: "orders" } } }],
    ["a module", ofApi("${module.api.name}")],
    ["a function", ofApi('${lower("ORDERS")}')],
    ["a choice", ofApi('${var.x ? "orders" : "shop"}')],
    ["a key", ofApi("${each.key}", EACH)],
    ["a service that only Terraform knows", ofApi("orders", { api_management_name: "${var.gateway}" })],
    ["a policy that Terraform may not create", ofApi("orders", { count: "${var.second ? 1 : 0}" })],
  ])("%s", (_, second, more = {}) => {
    expect(said({ [API]: { second } }, more)).toEqual([`perhaps: ${ORDERS} and orders/${API}.second api_name`]);
  });

  test.each(["${var.api_id}", "${var.gateway_id}/apis/orders", "${module.api.id}"])("an ID: %s", (id) => {
    expect(said({ azapi_resource: { second: azapi("apis/policies", id) } })).toHaveLength(1);
    expect(said({ azapi_resource: { second: azapi("apis/policies", id) } })[0]).toMatch(/^perhaps/);
  });

  describe("a stack that creates an API or takes that of another one", () => {
    const count = "${var.create ? 1 : 0}";
    const orders = { name: "orders", revision: "1", api_management_name: "gateway", count };
    const team = (policy: Json): Json => ({
      resource: {
        azurerm_api_management_api: { orders },
        [API]: { mine: { ...ofApi("orders", { api_management_name: "gateway" }), ...policy } },
      },
    });

    test("can write a second policy of it", () => {
      expect(said({}, {}, { team: team({}) })).toEqual([`perhaps: ${ORDERS} and team/${API}.mine api_name`]);
    });

    test.each<[what: string, policy: Json]>([
      ["with its own", { count }],
      ["of its own", { api_name: "${azurerm_api_management_api.orders[0].name}" }],
    ])("writes none, if the policy is created %s", (_, policy) => {
      expect(said({}, {}, { team: team(policy) })).toEqual([]);
    });
  });

  test("each of one set, by its value", () => {
    const many = { ...EACH, name: "${each.key}", api_management_name: GATEWAY };
    const each = ofApi("${each.value.name}", { for_each: "${azurerm_api_management_api.many}" });
    expect(said({ azurerm_api_management_api: { many }, [API]: { one: each, other: each } })).toEqual([
      `perhaps: ${API}.one and orders/${API}.other api_name`,
    ]);
  });

  test("policies of which Terraform creates one", () => {
    const one = ofApi("elsewhere", { count: "${var.closed ? 1 : 0}" });
    const other = ofApi("elsewhere", { count: "${var.closed ? 0 : 1}" });
    expect(said({ [API]: { one, other } })).toEqual([`perhaps: ${API}.one and orders/${API}.other api_name`]);
  });

  test("two revisions by their names, which can be the name of the current one", () => {
    const revision = (number: string): Json => ({ name: "shop", revision: number, api_management_name: GATEWAY });
    const apis = { shop1: revision("1"), shop2: revision("2") };
    const policies = {
      shop1: ofApi("${azurerm_api_management_api.shop1.name}"),
      shop2: ofApi("${azurerm_api_management_api.shop2.name}"),
    };
    expect(said({ azurerm_api_management_api: apis, [API]: policies })).toEqual([
      `perhaps: ${API}.shop1 and orders/${API}.shop2 api_name`,
    ]);
  });

  test("a revision that is declared alone can be the current one", () => {
    const shop = { name: "shop", revision: "2", api_management_name: GATEWAY };
    const resource = {
      azurerm_api_management_api: { shop },
      [API]: { shop: ofApi("shop") },
      azapi_resource: { second: azapi("apis/policies", "${azurerm_api_management_api.shop.id}") },
    };
    expect(said(resource)).toEqual([`perhaps: ${API}.shop and orders/azapi_resource.second parent_id`]);
  });

  test("one that is not known is found behind many that it cannot be", () => {
    const more = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`a${at}`, ofApi(`\${var.prefix}-a${at}`)]));
    const last = { z1: ofApi("${var.prefix}-shop"), z2: ofApi("${var.other}-shop") };
    expect(said({ [API]: { ...more, ...last } })).toEqual([`perhaps: ${API}.z1 and orders/${API}.z2 api_name`]);
  });

  test("names of which one can have the other in it", () => {
    const [one, other] = [ofApi("a-${var.x}"), ofApi("a-shop-${var.y}")];
    expect(said({ [API]: { one, other } })).toEqual([`perhaps: ${API}.one and orders/${API}.other api_name`]);
  });

  test("an ID that can be that of a workspace", () => {
    const of = (id: string): Json => azapi("apis/policies", `${id}/apis/shop`);
    const both = { one: of("${var.gateway_id}"), other: of(`${SERVICE}/workspaces/w`) };
    expect(said({ azapi_resource: both })).toEqual([
      "perhaps: azapi_resource.other and orders/azapi_resource.one parent_id",
    ]);
  });

  test("one that is not known is one finding, beside however many others", () => {
    const more = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`a${at}`, ofApi(`a${at}`)]));
    expect(said({ [API]: { aFirst: ofApi("${var.api}"), ...more } })).toHaveLength(1);
  });
});

describe("policies of different things are not found", () => {
  const revision = (number: string): Json => ({ name: "shop", revision: number, api_management_name: GATEWAY });
  const many = { ...EACH, name: "${each.key}", api_management_name: GATEWAY };

  test.each<[what: string, resource: Json, more?: Json]>([
    ["another API", { [API]: { second: ofApi("shop") } }],
    ["an API of another service", { [API]: { second: ofApi("orders", { api_management_name: "other" }) } }],
    [
      "an API in a workspace",
      { azapi_resource: { second: azapi("workspaces/apis/policies", `${SERVICE}/workspaces/w/apis/orders`) } },
    ],
    ["another operation", { azurerm_api_management_api_operation_policy: { second: ofOperation("orders", "put") } }],
    [
      "an operation of another API",
      { azurerm_api_management_api_operation_policy: { second: ofOperation("models", "get") } },
    ],
    ["a policy that is not created", { [API]: { second: ofApi("orders", { count: 0 }) } }],
    [
      "two revisions",
      {
        azurerm_api_management_api: { shop1: revision("1"), shop2: revision("2") },
        azapi_resource: {
          one: azapi("apis/policies", "${azurerm_api_management_api.shop1.id}"),
          other: azapi("apis/policies", "${azurerm_api_management_api.shop2.id}"),
        },
      },
    ],
    [
      "the current revision and the next one",
      {
        azurerm_api_management_api: { shop1: revision("1"), shop2: revision("2") },
        [API]: { one: ofApi("${azurerm_api_management_api.shop1.name}"), other: ofApi("shop;rev=2") },
      },
    ],
    [
      "two revisions of an API that is declared nowhere",
      { [API]: { one: ofApi("shop;rev=2"), other: ofApi("shop;rev=3") } },
    ],
    [
      "each API of many",
      {
        azurerm_api_management_api: { many },
        [API]: { many: ofApi("${azurerm_api_management_api.many[each.key].name}", EACH) },
      },
    ],
    [
      "instances with different keys",
      {
        azurerm_api_management_api: { many },
        [API]: {
          a: ofApi('${azurerm_api_management_api.many["a"].name}'),
          b: ofApi('${azurerm_api_management_api.many["b"].name}'),
        },
      },
    ],
    [
      "instances with different numbers",
      {
        azurerm_api_management_api: {
          many: { ...many, for_each: null, count: "${var.n}", name: "api-${count.index}" },
        },
        [API]: {
          a: ofApi("${azurerm_api_management_api.many[0].name}"),
          b: ofApi("${azurerm_api_management_api.many[1].name}"),
        },
      },
    ],
    [
      "each of two sets",
      {
        azurerm_api_management_api: { many, more: many },
        [API]: {
          many: ofApi("${azurerm_api_management_api.many[each.key].name}", EACH),
          more: ofApi("${azurerm_api_management_api.more[each.key].name}", EACH),
        },
      },
    ],
    [
      "each of two sets, by its value",
      {
        azurerm_api_management_api: { many, more: many },
        [API]: {
          many: ofApi("${each.value.name}", { for_each: "${azurerm_api_management_api.many}" }),
          more: ofApi("${each.value.name}", { for_each: "${azurerm_api_management_api.more}" }),
        },
        azapi_resource: {
          third: azapi("apis/operations/policies", "${each.value.id}/operations/get", {
            for_each: "${azurerm_api_management_api.more}",
          }),
        },
      },
    ],
    [
      "two APIs whose names only Terraform knows",
      {
        azurerm_api_management_api: {
          a: { name: "${var.a}", api_management_name: GATEWAY },
          b: { name: "${var.b}", api_management_name: GATEWAY },
        },
        [API]: {
          a: ofApi("${azurerm_api_management_api.a.name}"),
          b: ofApi("${azurerm_api_management_api.b.name}"),
        },
      },
    ],
    [
      "two services whose names only Terraform knows",
      {
        azurerm_api_management: { a: { name: "${var.a}" }, b: { name: "${var.b}" } },
        [API]: {
          a: ofApi("shop", { api_management_name: "${azurerm_api_management.a.name}" }),
          b: ofApi("shop", { api_management_name: "${azurerm_api_management.b.name}" }),
        },
      },
    ],
    [
      "instances of services",
      {
        azurerm_api_management: { all: { ...EACH, name: "${each.key}" } },
        [API]: {
          a: ofApi("shop", { api_management_name: '${azurerm_api_management.all["a"].name}' }),
          b: ofApi("shop", { api_management_name: '${azurerm_api_management.all["b"].name}' }),
        },
      },
    ],
    ...["product", "operation"].flatMap((kind): [string, Json][] => {
      const type = kind === "product" ? "azurerm_api_management_product" : "azurerm_api_management_api_operation";
      const api_name = kind === "product" ? null : "orders";
      const named = (name: string, more: Json = {}): Json => ({
        ...ofApi("orders"),
        api_name,
        [`${kind}_id`]: name,
        ...more,
      });
      const first = named(kind === "product" ? "partners" : "get");
      const of = (name: string, more?: Json): Json => named(`\${${type}.${name}.${kind}_id}`, more);
      const created = named("${each.key}", EACH);
      return [
        [
          `two ${kind}s whose names only Terraform knows`,
          {
            [type]: { first, a: named("${var.a}"), b: named("${var.b}") },
            [`${type}_policy`]: { a: of("a"), b: of("b") },
          },
        ],
        [
          `instances of ${kind}s with different keys`,
          { [type]: { first, many: created }, [`${type}_policy`]: { a: of('many["a"]'), b: of('many["b"]') } },
        ],
        [
          `each ${kind} of two sets`,
          {
            [type]: { first, many: created, more: created },
            [`${type}_policy`]: { a: of("many[each.key]", EACH), b: of("more[each.key]", EACH) },
          },
        ],
        [
          `two ${kind}s by their IDs`,
          {
            [type]: { first, many: created },
            azapi_resource: Object.fromEntries(
              ["a", "b"].map((key) => [
                key,
                azapi(`${kind === "product" ? "" : "apis/"}${kind}s/policies`, `\${${type}.many["${key}"].id}`),
              ]),
            ),
          },
        ],
      ];
    }),
    [
      "APIs whose names end differently",
      { [API]: { a: ofApi("${var.prefix}-shop"), b: ofApi("${var.prefix}-billing"), c: ofApi("shop") } },
    ],
    [
      "APIs of services whose names end differently",
      {
        [API]: {
          west: ofApi("shop", { api_management_name: "apim-${var.env}-weu" }),
          north: ofApi("shop", { api_management_name: "apim-${var.env}-neu" }),
        },
      },
    ],
    [
      "a service and its workspace, whose name only Terraform knows",
      { azapi_resource: { second: azapi("workspaces/policies", `${SERVICE}/workspaces/\${var.w}`) } },
    ],
    [
      "an API and one in a workspace whose name only Terraform knows",
      { azapi_resource: { second: azapi("workspaces/apis/policies", `${SERVICE}/workspaces/\${var.w}/apis/orders`) } },
    ],
    [
      "workspaces of two services, whose names only Terraform knows",
      {
        azapi_resource: {
          one: azapi("workspaces/policies", `${SERVICE}/workspaces/\${var.a}`),
          other: azapi("workspaces/policies", `${SERVICE}2/workspaces/\${var.b}`),
        },
      },
    ],
    [
      "a service whose name only Terraform knows, and its workspace",
      {
        azurerm_api_management: { second: { name: "${var.gateway}" } },
        azurerm_api_management_policy: {
          second: { api_management_id: "${azurerm_api_management.second.id}", xml_content: policy() },
        },
        azapi_resource: {
          second: azapi("workspaces/policies", "${azurerm_api_management.second.id}/workspaces/${var.w}"),
        },
      },
    ],
  ])("%s", (_, resource, more = {}) => {
    expect(said(resource, more)).toEqual([]);
  });

  test.each(["apim-STAGE-${var.x}", "${var.x}-apim-STAGE"])("services of two stages, named %s", (name) => {
    const of = (stage: string): Json => ({
      data: { azurerm_api_management: { gateway: { name: name.replace("STAGE", stage) } } },
      resource: {
        [API]: { shop: ofApi("shop", { api_management_name: "${data.azurerm_api_management.gateway.name}" }) },
        azurerm_api_management_policy: {
          all: { api_management_id: "${data.azurerm_api_management.gateway.id}", xml_content: policy() },
        },
      },
    });
    expect(said({}, {}, { dev: of("dev"), prod: of("prod") })).toEqual([]);
  });

  test.each<[what: string, second: Json]>([
    ["azurerm", { [API]: { second: ofApi("${azurerm_api_management_api.next.name};rev=2") } }],
    ["azapi", { azapi_resource: { second: azapi("apis/policies", "${azurerm_api_management_api.next.id}") } }],
  ])("the current revision that is read, and one that is made from it, with %s", (_, second) => {
    const shop = { name: "shop", revision: "1", api_management_name: GATEWAY };
    const next = { ...shop, revision: "2", source_api_id: "${data.azurerm_api_management_api.shop.id}" };
    const first = { shop: ofApi("${data.azurerm_api_management_api.shop.name}") };
    const resource = { azurerm_api_management_api: { next }, ...second, [API]: { ...first, ...(second[API] as Json) } };
    expect(said(resource, { data: { azurerm_api_management_api: { shop } } })).toEqual([]);
  });

  test("a policy that a stack creates and another one reads", () => {
    const read = azapi("apis/policies", `${SERVICE}/apis/orders`);
    const reading = { data: { azapi_resource: { policy: read } } };
    expect(said({}, {}, { reading })).toEqual([]);
  });

  test("stacks that each create the API", () => {
    expect(said({}, {}, { copy: writtenStack() })).toEqual([]);
  });
});

test("an acknowledgement is of the policy that is found", () => {
  const acknowledged = [{ rule: "one-policy", path: `${API}.second`, reason: "is removed in March, see ADR 12" }];
  const stack = {
    ...writtenStack(),
    "//": { apimSecurityRules: { acknowledged } },
    resource: resourcesWith({ [API]: { second: ofApi("orders") } }),
  };
  const verdicts = verdictsOf({ orders: stack });
  expect([verdicts.violated, verdicts.unused]).toEqual([[], []]);
  expect(verdicts.acknowledged.map(({ resource: { name } }) => name)).toEqual(["second"]);
});

describe("an API of this library", () => {
  const QUICKSTART = synth(new EXAMPLES.quickstart(Testing.app(), "quickstart")) as Json;
  const { api_name, api_management_name } = only(QUICKSTART, API);
  const withPolicy = (second: Json): Json => ({
    ...QUICKSTART,
    resource: { ...QUICKSTART.resource, [API]: { ...QUICKSTART.resource[API], second } },
  });

  test.each<[what: string, name: string]>([
    ["as its policy does", api_name],
    ["by its name", only(QUICKSTART, "azurerm_api_management_api").name],
  ])("has one policy: a second one names it %s", (_, name) => {
    const { violated } = verdictsOf({ quickstart: withPolicy(ofApi(name, { api_management_name })) });
    expect(violated.map(({ rule, resource }) => `${rule.id} ${resource.name}`)).toEqual(["one-policy second"]);
  });
});

test("synth fails if another stack writes a second policy", () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "one-policy-")) });
  const [orders, shop] = ["orders", "shop"].map((name) => {
    const stack = new TerraformStack(app, name);
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    return stack;
  });
  const service = { apiManagementName: "gateway", resourceGroupName: "rg" };
  const api = new ApiManagementApi(orders, "Api", { ...service, name: "orders", revision: "1", path: "orders" });
  for (const stack of [orders, shop])
    new ApiManagementApiPolicy(stack, "Policy", { ...service, apiName: api.name, xmlContent: OPEN });
  ApimSecurityRules.judge(app);
  expect(messageOf(() => app.synth())).toEqual(refusal("one-policy", "[shop/Policy]", "Policy of the stack orders"));
});
