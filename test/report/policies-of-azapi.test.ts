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
};

test.each(Object.keys(CASES))("a policy closes the API that its parent names: %s", (what) => {
  expect(openAfter(...CASES[what])).toEqual(["open"]);
});
