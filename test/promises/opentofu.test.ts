import { App } from "cdktf";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { EXAMPLES } from "../../examples";
import { isTemplate, partsOf } from "../../lib/core/hcl/expression";
import { Json } from "../helpers/synth";

/*
 * OpenTofu began as Terraform 1.5. What the examples contain is held against what it documents, so that nothing newer gets in unnoticed.
 * No OpenTofu is run here.
 */

/** @see https://opentofu.org/docs/language/functions/ */
const FUNCTIONS: readonly string[] = [
  "anytrue",
  "can",
  "concat",
  "contains",
  "element",
  "file",
  "flatten",
  "formatlist",
  "join",
  "length",
  "lower",
  "merge",
  "regex",
  "replace",
  "setintersection",
  "setsubtract",
  "sha256",
  "sort",
  "split",
  "startswith",
  "substr",
  "trimprefix",
  "trimsuffix",
  "try",
];

/** @see https://opentofu.org/docs/language/ */
const BLOCKS: readonly string[] = [
  "check",
  "data",
  "import",
  "locals",
  "moved",
  "output",
  "provider",
  "resource",
  "terraform",
  "variable",
];

/** @see https://opentofu.org/docs/language/meta-arguments/lifecycle/ */
const META_ARGUMENTS: readonly string[] = [
  "backend",
  "create_before_destroy",
  "ignore_changes",
  "postcondition",
  "precondition",
  "replace_triggered_by",
  "required_providers",
];

/** Of the class `Fn` of cdktf: they write no function. */
const NO_FUNCTIONS: readonly string[] = ["conditional", "rawString"];

const LIB = join(__dirname, "..", "..", "lib");

const configurations: Record<string, Json> = {};
beforeAll(() => {
  const outdir = mkdtempSync(join(tmpdir(), "opentofu-"));
  const app = new App({ outdir });
  Object.entries(EXAMPLES).forEach(([name, Example]) => new Example(app, name));
  app.synth();
  for (const name of readdirSync(join(outdir, "stacks")))
    configurations[name] = JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"));
  rmSync(outdir, { recursive: true });
});

/** Every text in a part of a configuration, without metadata. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === "//" ? [] : textsIn(each)));
}

/** The functions that the templates of a text call: also those in a string of a template. */
function functionsIn(text: string): string[] {
  return partsOf(text)
    .filter(isTemplate)
    .flatMap((template) => {
      const inside = template.slice(2, -1);
      const strings = inside.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
      const calls = inside.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/([a-z][a-z0-9_:]*)\(/g);
      return [...Array.from(calls, ([, name]) => name), ...strings.flatMap(functionsIn)];
    });
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const all = (): Json[] => Object.values(configurations);

/** Resources and data sources. */
const bodies = (): Json[] =>
  all().flatMap(({ resource = {}, data = {} }) =>
    [...Object.values<Json>(resource), ...Object.values<Json>(data)].flatMap((named) => Object.values<Json>(named)),
  );

const unknownIn = (names: Iterable<string>, known: readonly string[]): string[] =>
  sorted(names).filter((name) => !known.includes(name));

test("functions of the examples are functions of OpenTofu 1.6", () => {
  const called = all().flatMap(textsIn).flatMap(functionsIn);
  expect(called).toContain("sha256");
  expect(unknownIn(called, FUNCTIONS)).toEqual([]);
});

test("so are those that the library writes elsewhere", () => {
  const files = readdirSync(LIB, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const called = files.flatMap((file) =>
    Array.from(readFileSync(join(LIB, file), "utf8").matchAll(/\bFn\.([a-zA-Z0-9]+)/g), ([, name]) => name),
  );
  expect(called).toContain("startswith");
  expect(unknownIn(called, [...FUNCTIONS, ...NO_FUNCTIONS])).toEqual([]);
});

test("block types of the examples are those of OpenTofu 1.6", () =>
  expect(
    unknownIn(
      all().flatMap((each) => Object.keys(each)),
      ["//", ...BLOCKS],
    ),
  ).toEqual([]));

test("what the examples set in a lifecycle, and for Terraform itself, OpenTofu 1.6 has", () => {
  const lifecycles = bodies().flatMap(({ lifecycle = {} }) => Object.keys(lifecycle));
  const settings = all().flatMap(({ terraform }) => Object.keys(terraform));
  expect(unknownIn([...lifecycles, ...settings], META_ARGUMENTS)).toEqual([]);
});

test("the examples need no other providers than these, which the registry of OpenTofu has under the same names", () => {
  const sources = all().flatMap(({ terraform }) =>
    Object.values<Json>(terraform.required_providers).map(({ source }) => source),
  );
  expect(sorted(sources)).toEqual(["Azure/azapi", "azurerm", "hashicorp/azuread"]);
});
