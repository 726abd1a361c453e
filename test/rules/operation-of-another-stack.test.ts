import { Json } from "../helpers/synth";
import { linesOf, verdictsOf } from "./judged";
import { policy } from "./written-stack";

const TOKEN = policy('<base /><authentication-managed-identity resource="api://orders" />');
const MOVED = policy('<base /><set-backend-service base-url="https://other.example" />');
const OPERATION = "azurerm_api_management_api_operation_policy";

const read = (name: string): Json => ({ azurerm_api_management: { gateway: { name } } });
const ofOrders = (xml_content: string, gateway: string, more: Json = {}): Json => ({
  api_name: "orders",
  api_management_name: `\${data.azurerm_api_management.${gateway}.name}`,
  xml_content,
  ...more,
});
const adding = (gateway: string): Json => ({
  azurerm_api_management_api_policy: { orders: ofOrders(TOKEN, gateway) },
});
const moving = (gateway: string): Json => ({ [OPERATION]: { get: ofOrders(MOVED, gateway, { operation_id: "get" }) } });

function said(stacks: Record<string, Json>): string[] {
  const { violated, unknown } = verdictsOf(stacks);
  return linesOf([...violated, ...unknown].filter(({ rule }) => rule.id === "operation-changes-backend"));
}

test("an operation of another stack can be of an API that adds the token, if both are told their service", () => {
  const data = read("${var.gateway}");
  expect(said({ platform: { data, resource: adding("gateway") }, ops: { data, resource: moving("gateway") } })).toEqual(
    [
      `${OPERATION}.get xml_content 3:13: Whether the API of this operation adds the gateway's token is known only when Terraform runs. If it does: <set-backend-service> comes after <base />, so the gateway's token for the API's backend would go to another backend. Make sure that this holds: An operation does not send the gateway's token to another backend. (operation-changes-backend)`,
    ],
  );
});

test("services that one stack is told are two", () => {
  const data = { azurerm_api_management: { one: { name: "${var.one}" }, other: { name: "${var.other}" } } };
  expect(said({ platform: { data, resource: { ...adding("one"), ...moving("other") } } })).toEqual([]);
});

test("services of two stacks whose names end differently are two", () => {
  const [west, north] = ["weu", "neu"].map((region) => read(`apim-\${var.env}-${region}`));
  const stacks = {
    west: { data: west, resource: adding("gateway") },
    north: { data: north, resource: moving("gateway") },
  };
  expect(said(stacks)).toEqual([]);
});

describe("an API that two stacks are told", () => {
  const named = (name: string, resource: Json): Json => {
    const policies = Object.entries(resource).map(([type, all]) => {
      const [[key, written]] = Object.entries(all as Json);
      return [type, { [key]: { ...written, api_name: name, api_management_name: "apim" } }];
    });
    return { resource: Object.fromEntries(policies) };
  };
  const platform = (name: string): Json => named(name, adding("gateway"));
  const ops = (name: string): Json => named(name, moving("gateway"));

  test.each([
    ["by the same variable", "${var.api}", "${var.api}"],
    ["by two variables", "${var.api}", "${var.name}"],
    ["with the same end", "${var.stage}-orders", "${var.prefix}-orders"],
  ])("can be the same: %s", (_, one, other) => {
    expect(said({ platform: platform(one), ops: ops(other) })).toEqual([
      expect.stringContaining(
        "Whether the API of this operation adds the gateway's token is known only when Terraform runs.",
      ),
    ]);
  });

  test("is found behind many stacks that it cannot be of", () => {
    const others = Array.from({ length: 10 }, (_, at) => [`s${at}`, platform("${var.stage}-shop")]);
    const stacks = { ...Object.fromEntries(others), last: platform("${var.stage}-orders") };
    expect(said({ ...stacks, ops: ops("${var.stage}-orders") })).toHaveLength(1);
  });

  test.each([
    [
      "one stack is told two names",
      { both: { resource: { ...platform("${var.a}").resource, ...ops("${var.b}").resource } } },
    ],
    ["the names end differently", { platform: platform("${var.stage}-orders"), ops: ops("${var.stage}-shop") }],
  ])("is another one: %s", (_, stacks) => {
    expect(said(stacks)).toEqual([]);
  });

  test("is another one than each of many of one stack", () => {
    const { resource } = ops("${var.api}");
    const policies = Array.from({ length: 40 }, (_, at) => [
      `p${at}`,
      ofOrders(TOKEN, "gateway", { api_name: `\${var.api${at}}`, api_management_name: "apim" }),
    ]);
    expect(
      said({ one: { resource: { ...resource, azurerm_api_management_api_policy: Object.fromEntries(policies) } } }),
    ).toEqual([]);
  });
});
