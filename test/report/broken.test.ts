import { diffOf } from "../../lib/report/diff/compared";
import { reportMarkdown } from "../../lib/report/markdown/report";
import { Json } from "../helpers/synth";
import { policy, writtenStack } from "../rules/written-stack";
import { reportOf } from "./reported";

/** What a value can be in a file that no provider has seen. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  "",
  "${",
  "${var.x}",
  "${azurerm_linux_web_app.orders.id}",
  [],
  {},
  [[{}]],
  { a: { a: 1 } },
];

/** The paths of all values of a JSON value. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsIn(each, [...path, name]))];
}

function replaced(stack: Json, path: readonly string[], value: unknown): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value as Json;
  const copy: Json = Array.isArray(stack) ? [...stack] : { ...stack };
  copy[name] = replaced(copy[name], rest, value);
  return copy;
}

const whole = reportOf({ orders: writtenStack() });
const paths = pathsIn(writtenStack().resource).filter((path) => path.length > 1);

test.each(WRONG.map((value): [string, unknown] => [JSON.stringify(value), value]))(
  "%s in any place gives a report",
  (_, value) => {
    const stack = writtenStack();
    // Every fourth place: each kind of place is among them.
    const some = paths.filter((__, index) => index % 4 === WRONG.indexOf(value) % 4);
    expect(some.length).toBeGreaterThan(20);
    for (const path of some) {
      const report = reportOf({ orders: { ...stack, resource: replaced(stack.resource, path, value) } });
      expect(reportMarkdown(report)).toMatch(/^# Trust report: orders\n/);
      expect(diffOf(whole, report).format).toBe(1);
    }
  },
);

test("what refers to itself gives a report", () => {
  const { resource, ...rest } = writtenStack();
  const include = '<include-fragment fragment-id="round" />';
  const apis = "Microsoft.ApiManagement/service/apis@2024-05-01";
  const report = reportOf({
    orders: {
      ...rest,
      resource: {
        ...resource,
        azurerm_api_management_policy_fragment: { round: { name: "round", value: `<fragment>${include}</fragment>` } },
        azurerm_api_management_policy: { all: { api_management_id: "x", xml_content: policy(include) } },
        azurerm_api_management_api_policy: {
          orders: { ...resource.azurerm_api_management_api_policy.orders, xml_content: policy("<base />", include) },
        },
        azurerm_linux_web_app_slot: {
          staging: { name: "a", app_service_id: "${azurerm_linux_web_app_slot.staging.id}" },
        },
        azapi_resource: {
          one: { type: apis, name: "one", parent_id: "${azapi_resource.two.id}" },
          two: { type: apis, name: "two", parent_id: "${azapi_resource.one.id}" },
        },
      },
    },
  });
  expect(report.parties.map(({ name }) => name)).toEqual(expect.arrayContaining(["one", "two", "orders"]));
});
