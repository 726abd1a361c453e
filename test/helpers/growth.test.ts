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

test("what happens by chance is not", () => {
  let runs = 0;
  const byChance = (): unknown => 0;
  const growth = growthOf((count) => {
    if (runs++ === 3) listOf(100 * count).forEach(byChance);
  }, HERE);
  expect(growth).toEqual([]);
});
