import { join } from "path";
import { creationTimes } from "../../bench/creation-times";
import { chains, chainsOf, exampleNamed, exampleNames, longestChainOf } from "../../bench/chains";
import { summaryOf, tableOf } from "../../bench/table";
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

test("the guide says of its examples what the benchmark prints, in the same order", () => {
  const rows = rowsOf("its longest chain");
  const names = rows.map(([example]) => /`([\w-]+)`/.exec(example)?.[1] ?? "");
  const printed = chains()[0].rows.map(({ what, library }) => ({ what: what.split(": "), library }));
  expect(rows).toEqual(
    printed
      .filter(({ what: [name] }) => names.includes(name))
      .map(({ what: [name, chain], library }) => [
        `[\`${name}\`](../../examples/${name}.ts)`,
        `${library.toFixed(0)} minutes`,
        chain
          .split(" → ")
          .map((type) => `\`${type}\``)
          .join(", "),
      ]),
  );
  expect(names.length).toBeGreaterThan(5);
});

test("the guide says of each time where it is from", () => {
  expect(rowsOf("source")).toEqual(
    creationTimes().map(({ what, minutes, source }) => {
      const words = source?.words.map((each) => `"${each}"`).join(" and ");
      return [what, String(minutes), source ? `[${words}](${source.url})` : "an assumption"];
    }),
  );
});

test("the guide says when an app is ready that does not wait for its gateway, and one that does", () => {
  const readyAfter = (example: string): string => {
    const [app] = [...chainsOf(exampleNamed(example, ROOT))].filter(([address]) => /_web_app\./.test(address));
    return app[1].minutes.toFixed(0);
  };
  expect(GUIDE).toContain(
    `ready after about ${readyAfter("user-assigned-identity")} minutes instead of ${readyAfter("government-cloud")}.`,
  );
});

test("each time that has a source is a time that the source says, or is between two of them", () => {
  const said = creationTimes().flatMap(({ what, minutes, source }) => (source ? [{ what, minutes, ...source }] : []));
  expect(said.length).toBeGreaterThan(5);
  said.forEach(({ what, minutes, words }) => {
    const times = words.map(minutesIn);
    const fits = minutes >= Math.min(...times) - 0.06 && minutes <= Math.max(...times) + 0.06;
    expect({ what, minutes, times, fits }).toMatchObject({ fits: true });
  });
});

/** The time in words like "3m6s", "33s", "12min" and "three minutes". */
function minutesIn(words: string): number {
  const [, minutes, short = "0", seconds = "0"] =
    /(\d+) ?min|(?:(\d+)m ?)?(\d+)s/.exec(words.replace("three", "3")) ?? [];
  return minutes === undefined ? Number(short) + Number(seconds) / 60 : Number(minutes);
}

test.each([
  ["Consumption_0", 7],
  ["BasicV2_1", 15],
  ["StandardV2_1", 15],
  ["PremiumV2_1", 15],
  ["Developer_1", 80],
  ["Premium_1", 80],
])("a custom domain takes its time by the tier of its gateway: %s", (tier, minutes) => {
  const { addresses, ...chain } = longestChainOf({
    resource: {
      azurerm_api_management: { gateway: { sku_name: tier }, other: { sku_name: "Consumption_0" } },
      azurerm_api_management_custom_domain: {
        domain: { api_management_id: "${azurerm_api_management.gateway.id}" },
      },
    },
  });
  expect(chain).toEqual({ minutes });
  expect(addresses).toEqual(["azurerm_api_management.gateway", "azurerm_api_management_custom_domain.domain"]);
});

test("a custom domain on a gateway that exists takes the time of a classic tier", () => {
  const chain = longestChainOf({
    data: { azurerm_api_management: { gateway: { name: "apim" } } },
    resource: {
      azurerm_api_management_custom_domain: {
        domain: { api_management_id: "${data.azurerm_api_management.gateway.id}" },
      },
    },
  });
  expect(chain.minutes).toBe(40);
});

test("the benchmark prints the examples in the order of their times", () => {
  const times = chains()[0].rows.map(({ library }) => library);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(tableOf({ ...chains()[0], rows: chains()[0].rows.slice(-1) })).toBe(`\
## The longest chain of each example, and the time that it implies

|  | about |
| --- | --- |
| custom-domain: azurerm_resource_group → azurerm_api_management → azurerm_role_assignment → azurerm_api_management_custom_domain | 81 min |
`);
  expect(summaryOf(chains())).toBeUndefined();
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
