import { existsSync, readdirSync } from "fs";
import { join } from "path";
import * as lib from "cdktf-secure-apim-backend";
import { EXAMPLES } from "../../examples/index";
import { compileErrors, documents, read, snippets } from "../helpers/snippets";

/** Lines without their indentation: a snippet stands further left than the code that it is taken from. */
const lines = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .join("\n");

const readme = read("README.md");
const all = snippets();

test("README shows the one statement first, and is read in one sitting", () => {
  expect(readme.indexOf("new SecureApimBackend")).toBeLessThan(800);
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
});

test("README says how to try a clone and how to test it", () => {
  expect(readme).toContain("npm ci && npm run synth");
  expect(readme).toContain("npm test");
});

test("README says how many of the examples were applied", () => {
  expect(readme).toContain(`of the ${Object.keys(EXAMPLES).length} examples were applied`);
});

test.each(all.filter(({ example }) => example !== undefined))("$place stands in $example", ({ code, example }) => {
  expect(lines(read(example ?? ""))).toContain(lines(code));
});

test("every snippet that is no part of an example compiles", () => {
  expect(compileErrors(all.filter(({ example }) => example === undefined))).toEqual([]);
}, 120_000);

test("every path of the repository that a document names in code is there", () => {
  const missing = documents().flatMap((file) =>
    [...read(file).matchAll(/`((?:lib|examples|test|docs|bench)\/[\w./-]+)`/g)]
      .map(([, path]) => path)
      .filter((path) => !existsSync(join(__dirname, "..", "..", path)))
      .map((path) => `${file}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test("the code that a decision governs links to it, and every link leads to a decision", () => {
  const decisions = [...read("docs/design/decisions.md").matchAll(/^### (.+)$/gm)].map(([, anchor]) => anchor);
  const code = readdirSync(join(__dirname, "..", "..", "lib"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `lib/${file.replaceAll("\\", "/")}`);
  const links = [
    ...code,
    ".dependency-cruiser.cjs",
    "eslint.config.mjs",
    "jest.config.js",
    "tools/release/version.mjs",
    "tools/bundle.mjs",
  ].flatMap((file) => [...read(file).matchAll(/docs\/design\/decisions\.md#([\w-]+)/g)].map(([, anchor]) => anchor));
  expect([...new Set(links)].sort()).toEqual([...decisions].sort());
});

/** The properties of each public type, each as `name: type` or, if it can be omitted, `name?: type`. */
const PROPERTIES = new Map(
  read("docs/api/members.txt")
    .split("\n\n")
    .map((block): [string, string[]] => [
      /^\w+ (\w+)/.exec(block)?.[1] ?? "",
      block.match(/(?<=^ {2})\w+\??: .+/gm) ?? [],
    ]),
);

const namesIn = (properties: readonly string[]): string[] => properties.map((property) => property.split(/\W/)[0]);

function unnamed(names: readonly string[], file: string): string[] {
  const page = read(file);
  return names.filter((name) => !page.includes(`\`${name}\``));
}

test.each([
  ["ApimGatewayProps", "docs/reference/gateways.md"],
  ["ApimGatewayAttributes", "docs/reference/gateways.md"],
  ["AdditionalLocation", "docs/guides/several-regions.md"],
  ["CustomDomain", "docs/guides/custom-domains.md"],
  ["BackendPoolMember", "docs/guides/pools.md"],
  ["ApimMcpServerProps", "docs/guides/mcp.md"],
  ["AppProps", "docs/reference/backends.md"],
  ["PlanAppProps", "docs/reference/backends.md"],
  ["FunctionsProps", "docs/reference/backends.md"],
  ["FlexFunctionAppProps", "docs/reference/backends.md"],
  ["ContainerAppProps", "docs/reference/backends.md"],
])("every property of %s that can be omitted stands in %s", (type, page) => {
  const optional = PROPERTIES.get(type)!.filter((property) => property.includes("?:"));
  expect(unnamed(namesIn(optional), page)).toEqual([]);
});

test.each([
  ["Backend", "docs/reference/backends.md"],
  ["PolicyStatement", "docs/reference/policy.md"],
] as const)("every factory of %s stands in %s", (type, page) => {
  const factories = Object.getOwnPropertyNames(lib[type]).filter(
    (name) => !name.startsWith("_") && typeof Reflect.get(lib[type], name) === "function",
  );
  expect(factories.filter((name) => !new RegExp(`\`(?:${type}\\.)?${name}\\b`).test(read(page)))).toEqual([]);
});

test("the guide to set anything else names every resource that a construct creates", () => {
  const constructs = ["SecureApimBackend", "SecurePolicyFragment", "ApimGateway", "ApimMcpServer"];
  const created = constructs
    .flatMap((name) => PROPERTIES.get(name)!)
    .filter((property) =>
      /: (?:\{ \[key\]: )?(?:ApiManagement|MonitorDiagnosticSetting|RoleAssignment|TerraformResource)/.test(property),
    );
  expect(created.length).toBeGreaterThan(20);
  expect(unnamed(namesIn(created), "docs/guides/set-anything-else.md")).toEqual([]);
});
