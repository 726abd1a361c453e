import { workOf } from "./work";

const LIST = [...Array(100).keys()];
const TEXT = "a".repeat(100);

test.each<[string, () => unknown]>([
  ["every", () => LIST.every((each) => each >= 0)],
  ["filter", () => LIST.filter((each) => each > 50)],
  ["find", () => LIST.find((each) => each < 0)],
  ["findIndex", () => LIST.findIndex((each) => each < 0)],
  ["flatMap", () => LIST.flatMap((each) => each)],
  ["forEach", () => LIST.forEach((each) => each)],
  ["map", () => LIST.map((each) => each)],
  ["reduce", () => LIST.reduce((sum, each) => sum + each, 0)],
  ["some", () => LIST.some((each) => each < 0)],
  ["sort", () => LIST.sort((a, b) => a - b)],
  [
    "a loop",
    () => {
      for (const each of LIST) if (each < 0) return;
    },
  ],
  [
    "a loop over entries",
    () => {
      for (const [, each] of LIST.entries()) if (each < 0) return;
    },
  ],
  ["a set of a list", () => new Set(LIST)],
  ["a spread", () => [...LIST]],
  [
    "a loop over a set",
    () => {
      for (const each of SET) if (each < 0) return;
    },
  ],
  [
    "a loop over the values of a map",
    () => {
      for (const each of MAP.values()) if (each < 0) return;
    },
  ],
  ["indexOf", () => LIST.indexOf(-1)],
  ["a text", () => TEXT.includes("b")],
  ["a regular expression", () => /b/.test(TEXT)],
])("the work of %s is that of all elements", (_, action) => {
  expect(workOf(action)).toBeGreaterThanOrEqual(99);
});

const SET = new Set(LIST);
const MAP = new Map(LIST.map((each) => [each, each]));

test("a search that ends early is less work", () => {
  expect(workOf(() => LIST.some((each) => each === 3))).toBe(4);
  expect(
    workOf(() => {
      const [first] = LIST;
      return first;
    }),
  ).toBe(1);
});

test("what is watched is left as it was", () => {
  const before = [Array.prototype.map, Array.prototype[Symbol.iterator], Set.prototype.values, String.prototype.split];
  workOf(() => LIST.map(String));
  expect([Array.prototype.map, Array.prototype[Symbol.iterator], Set.prototype.values, String.prototype.split]).toEqual(
    before,
  );
});
