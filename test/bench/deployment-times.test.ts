import { join } from "path";
import { creationTimes } from "../../bench/creation-times";
import { exampleNamed, exampleNames, longestChainOf, typeOf } from "../../bench/chains";
import { read } from "../helpers/snippets";

const ROOT = join(__dirname, "..", "..");
const GUIDE = read("docs/guides/how-long-does-it-take.md");

/** The rows of the guide's table whose last column has this name. */
function rowsOf(column: string): string[][] {
  const tables = GUIDE.split("\n\n").filter((part) => part.startsWith("|"));
  const rows = tables.map((table) => table.split("\n").map(cellsOf));
  const [, , ...found] = rows.find(([head]) => head.at(-1) === column) ?? [];
  return found;
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test("the guide says of each example what its longest chain takes", () => {
  const expected = rowsOf("its longest chain").map(([example]) => {
    const name = /`([\w-]+)`/.exec(example)?.[1] ?? "";
    const { addresses, minutes } = longestChainOf(exampleNamed(name, ROOT));
    const types = addresses.map((address) => `\`${typeOf(address)}\``).join(", ");
    return [`[\`${name}\`](../../examples/${name}.ts)`, `${Math.round(minutes)} minutes`, types];
  });
  expect(rowsOf("its longest chain")).toEqual(expected);
  expect(expected.length).toBeGreaterThan(5);
});

test("the guide says of each time where it is from", () => {
  expect(rowsOf("source")).toEqual(
    creationTimes().map(([what, { minutes, source }]) => [what, String(minutes), source ?? "an assumption"]),
  );
});

test("each example has a chain that ends with what its gateway serves, or with what closes it", () => {
  expect(exampleNames(ROOT).map((name) => longestChainOf(exampleNamed(name, ROOT)).minutes)).not.toContain(0);
});

test("the longest chain adds up what waits for each other, and not what is created at the same time", () => {
  const chain = longestChainOf({
    resource: {
      azurerm_service_plan: { plan: { name: "plan" } },
      azurerm_container_app_environment: { slow: { name: "slow" } },
      azurerm_linux_web_app: { app: { service_plan_id: "${azurerm_service_plan.plan.id}" } },
      azurerm_container_app: { fast: { depends_on: ["azurerm_container_app_environment.slow"] } },
    },
  });
  expect(chain).toEqual({
    addresses: ["azurerm_container_app_environment.slow", "azurerm_container_app.fast"],
    minutes: 13,
  });
});
