import { readFileSync } from "fs";
import { tmpdir } from "os";
import { App, TerraformElement } from "cdktf";
import { growthOf } from "./growth";
import { pairsOf } from "./pairs";

const HERE = /^test\/helpers\/(?:growth\.test|pairs)\.ts/;

const listOf = (count: number): unknown[] => Array.from({ length: count }, () => ({}));

test("code that compares each with each is found, with its place", () => {
  expect(growthOf((count) => pairsOf(listOf(count)), HERE)).toEqual([
    "test/helpers/pairs.ts, pairsOf: if (one !== other) pairs++; runs 1, 4, 16 times for 1, 2, 4",
    "test/helpers/pairs.ts, pairsOf: pairs++; runs 0, 2, 12 times for 1, 2, 4",
  ]);
});

test("code that runs once, once for each, or three times for each, is not", () => {
  const each = () => {};
  expect(growthOf((count) => listOf(3 * count).forEach(each), HERE)).toEqual([]);
});

test("so is a function that is called too often", () => {
  const compared = (): boolean => false;
  const growth = growthOf((count) => {
    const things = listOf(count);
    things.forEach(() => things.some(compared));
  }, HERE);
  expect(growth).toEqual(["test/helpers/growth.test.ts, compared: () => false runs 1, 4, 16 times for 1, 2, 4"]);
});

/** The place of the first line of this file that holds a text. */
const lineOf = (text: string): string => {
  const lines = readFileSync(__filename, "utf8").split("\n");
  return `test/helpers/growth.test.ts:${lines.findIndex((line) => line.includes(text)) + 1}`;
};

test("code of a package is found with the line that calls it too often", () => {
  const growth = growthOf((count) => {
    const app = new App({ outdir: tmpdir(), context: {} });
    for (let i = 0; i < count; i++) new TerraformElement(app, `Element${i}`);
    app.node.findAll();
    for (let i = 0; i < count; i++) app.node.findAll(); // each of them walks
  });
  expect(growth).toHaveLength(3);
  for (const each of growth) {
    expect(each).toMatch(/^node_modules\/constructs\/lib\/construct\.js, .* times for 1, 2, 4, called by /);
    expect(each.split("called by ").slice(1)).toEqual([lineOf("each of them walks")]);
  }
});

test("what happens by chance is not", () => {
  let runs = 0;
  const byChance = (): unknown => 0;
  const growth = growthOf((count) => {
    if (runs++ === 3) listOf(100 * count).forEach(byChance);
  }, HERE);
  expect(growth).toEqual([]);
});
