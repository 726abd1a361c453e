import { Json } from "../helpers/synth";
import { policy, WRITTEN } from "../rules/written-stack";
import { reportOf } from "./reported";

const TYPE = "Microsoft.ApiManagement/service/apis";
const SERVICE = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ApiManagement/service/gateway";

const api = (name: string, parent = SERVICE, more: Json = {}): Json => ({
  type: `${TYPE}@2024-05-01`,
  name,
  parent_id: parent,
  body: { properties: { path: name, subscriptionRequired: false } },
  ...more,
});

const validation = (parent: string): Json => ({
  type: `${TYPE}/policies@2024-05-01`,
  name: "policy",
  parent_id: parent,
  body: { properties: { format: "rawxml", value: policy("<base />", WRITTEN.validation) } },
});

/** The APIs that ask for no token, by their Terraform names. */
function openAfter(azapi: Json, stack: Json = {}): string[] {
  const { parties, access } = reportOf({ orders: { resource: { azapi_resource: azapi }, ...stack } });
  const places = new Map(parties.map(({ id, place }) => [id, place]));
  const open = access.filter((row) => JSON.stringify(row).includes("The gateway asks for no token."));
  return open.map(({ party }) => /azapi_resource\.(\w+)/.exec(`${party} ${places.get(party)}`)?.[1] ?? party);
}

const IDS = { locals: { ids: { open: "${azapi_resource.open.id}", closed: "${azapi_resource.closed.id}" } } };

const CASES: Record<string, [azapi: Json, stack?: Json]> = {
  "by a reference": [{ open: api("open"), closed: api("closed"), policy: validation("${azapi_resource.closed.id}") }],
  "in a local map": [{ open: api("open"), closed: api("closed"), policy: validation("${local.ids.closed}") }, IDS],
  "of a revision": [
    { open: api("orders"), closed: api("orders;rev=2"), policy: validation(`${SERVICE}/apis/orders;rev=2`) },
  ],
  "of a workspace": [
    {
      open: api("orders"),
      closed: api("orders", `${SERVICE}/workspaces/w`),
      policy: validation(`${SERVICE}/workspaces/w/apis/orders`),
    },
  ],
  "one of two whose names only Terraform knows": [
    {
      open: api("${each.key}", SERVICE, { for_each: { a: "a" } }),
      closed: api("${each.key}", SERVICE, { for_each: { b: "b" } }),
      policy: { ...validation("${azapi_resource.closed[each.key].id}"), for_each: { b: "b" } },
    },
  ],
  "with a key in a local map": [
    { open: api("open"), closed: api("closed"), policy: validation('${local.ids["closed"]}') },
    IDS,
  ],
  "of one of two instances, by name": [
    {
      open: api("${each.key}", SERVICE, { for_each: { a: "a" } }),
      closed: api("${var.closed}"),
      policy: validation(`${SERVICE}/apis/\${var.closed}`),
    },
  ],
  "of a workspace by a reference": [
    {
      w: { type: "Microsoft.ApiManagement/service/workspaces@2024-05-01", name: "w", parent_id: SERVICE },
      open: api("orders"),
      closed: api("orders", "${azapi_resource.w.id}", { type: TYPE.replace("/apis", "/workspaces/apis") }),
      policy: validation(`${SERVICE}/workspaces/W/apis/Orders`),
    },
  ],
  "one of two with the same name": [
    {
      open: api("orders", SERVICE, { count: "${var.open}" }),
      closed: api("orders", SERVICE, { count: "${var.closed}" }),
      policy: validation("${azapi_resource.closed[0].id}"),
    },
  ],
  "on one of two gateways in a local map": [
    {
      open: api("orders"),
      closed: api("orders", SERVICE.replace(/gateway$/, "other")),
      policy: validation("${local.ids.closed}"),
    },
    IDS,
  ],
};

test.each(Object.keys(CASES))("a policy closes the API that its parent names: %s", (what) => {
  expect(openAfter(...CASES[what])).toEqual(["open"]);
});

/** Policies that can be of any of two APIs close none. */
test.each([
  ["a choice", "${var.x ? azapi_resource.open.id : azapi_resource.closed.id}"],
  ["a function", '${replace(azapi_resource.closed.id, "closed", "open")}'],
  ["the key of instances", `${SERVICE}/apis/\${each.key}`],
])("a policy of an API that is not known is one of its own: %s", (_, parent) => {
  const each = { for_each: "${var.all}" };
  const [open, closed] = [api("${each.key}", SERVICE, each), api("${each.key}", SERVICE, each)];
  expect(openAfter({ open, closed, policy: { ...validation(parent), ...each } })).toEqual(["closed", "open"]);
});

test("policies of APIs that only Terraform knows are of as many APIs as there are expressions", () => {
  const [one, two, three] = ["${var.a}", "${var.b}", "${var.b}"].map(validation);
  const { parties } = reportOf({ orders: { resource: { azapi_resource: { one, two, three } } } });
  expect(parties.filter(({ kind }) => kind === "api").map(({ name }) => name)).toEqual(["an API", "an API"]);
});

test("a change of an API is no other API", () => {
  const changed = { type: `${TYPE}@2024-05-01`, resource_id: "${azapi_resource.orders.id}", body: { properties: {} } };
  const { parties } = reportOf({
    orders: { resource: { azapi_update_resource: { changed }, azapi_resource: { orders: api("orders") } } },
  });
  expect(parties.filter(({ kind }) => kind === "api").map(({ name }) => name)).toEqual(["orders"]);
});

test("a long chain of policies gives a report", () => {
  const chain = Array.from({ length: 12_000 }, (_, at) => [`o${at}`, validation(`\${azapi_resource.o${at + 1}.id}`)]);
  const { parties } = reportOf({ orders: { resource: { azapi_resource: Object.fromEntries(chain) } } });
  expect(parties.some(({ kind }) => kind === "gateway")).toBe(true);
});
