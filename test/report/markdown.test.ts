import { join } from "path";
import { Testing } from "cdktf";
import { toMatchFile } from "jest-file-snapshot";
import { EXAMPLES } from "../../examples/index";
import { reportMarkdown } from "../../lib/report/markdown/report";
import { Json, synth } from "../helpers/synth";
import { writtenStack } from "../rules/written-stack";
import { reportAfter, reportOf } from "./reported";

expect.extend({ toMatchFile });

const reviewed = (name: string): string => join(__dirname, "reviewed", `${name}.md`);

function example(name: string): Json {
  return synth(new EXAMPLES[name](Testing.app(), name));
}

test.each(["apim-chain", "many-backends", "mcp-server"])("the report of %s is reviewed", (name) => {
  expect(reportMarkdown(reportOf({ [name]: example(name) }))).toMatchFile(reviewed(name));
});

test("the report of a stack that nobody generated is reviewed", () => {
  expect(reportMarkdown(reportOf({ orders: writtenStack() }))).toMatchFile(reviewed("written"));
});

test("the report of nothing says so in each section", () => {
  expect(reportMarkdown(reportOf({ empty: {} }))).toMatchFile(reviewed("empty"));
});

test("findings say where they are, what to do and which control they serve", () => {
  const report = reportAfter((all) => void delete all.azurerm_linux_web_app.orders.auth_settings_v2);
  const markdown = reportMarkdown(report);
  expect(markdown).toContain("\n- The rules found 1 error.\n");
  expect(markdown).toContain(
    "| error | `azurerm_linux_web_app.orders auth_settings_v2` | The app has no Entra sign-in, so everyone who knows its address can call it. ",
  );
  expect(markdown).toContain("| `sign-in-not-required` | IM-1, CWE-306 |\n");
});

/** Names that are markup, links, mentions or the end of a line elsewhere. */
const HOSTILE: readonly (readonly [what: string, name: string, written: string])[] = [
  ["HTML", "<img src=x onerror=alert(1)>", "API \\<img src=x onerror=alert(1)\\>"],
  ["a comment", "a <!-- b", "API a \\<!-- b"],
  ["an entity", "&lt;b&gt;", "API &amp;lt;b&amp;gt;"],
  ["a link", "[x](javascript:alert(1))", "API \\[x\\](javascript:alert(1))"],
  ["an address", "https://evil.example", "API https:<!-- -->//evil.example"],
  ["a table", "a | b", "API a \\| b"],
  ["code", "`a` ``", "API \\`a\\` \\`\\`"],
  ["emphasis", "*a* _b_ ~~c~~", "API \\*a\\* \\_b\\_ \\~\\~c\\~\\~"],
  ["a mention", "@octocat", "API @<!-- -->octocat"],
  ["lines", "a\n\n# b\r\n| c", "API a \\# b \\| c"],
  ["controls", "a\u001b[31m\u202eb\u0000", "API a \\[31m b"],
  ["a backslash", "a\\", "API a\\\\"],
];

test.each(HOSTILE)("a name that is %s stays a name", (_, name, written) => {
  const report = reportAfter((all) => void (all.azurerm_api_management_api.orders.display_name = name));
  const lines = reportMarkdown(report).split("\n");
  expect(lines).toContain(`### ${written}`);
  const rows = lines.filter((line) => line.startsWith("| Application "));
  expect(rows).toEqual([
    `| Application 66666666-7777-8888-9999-000000000000 | ${written} | Entra token and subscription key | the application 66666666-7777-8888-9999-000000000000 |  |  |  |`,
  ]);
});

test("a very long name is cut, and the JSON has all of it", () => {
  const name = "Orders ".repeat(5000).trim();
  const report = reportAfter((all) => void (all.azurerm_api_management_api.orders.display_name = name));
  const longest = Math.max(
    ...reportMarkdown(report)
      .split("\n")
      .map(({ length }) => length),
  );
  expect(longest).toBeLessThan(2000);
  expect(JSON.stringify(report)).toContain(name);
});

test("the order of the configuration changes nothing", () => {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, reversed(each)]),
          )
        : value;
  const markdown = (json: Json): string => reportMarkdown(reportOf({ orders: json }));
  const { resource, ...rest } = writtenStack();
  expect(markdown({ ...rest, resource: reversed(resource) })).toBe(markdown(writtenStack()));
});
