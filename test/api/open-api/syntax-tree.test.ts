import { FindingList } from "../../../lib/api/open-api/findings/finding";
import { Positions } from "../../../lib/api/open-api/positions";
import { SyntaxTree } from "../../../lib/api/open-api/syntax-tree";
import { refusal } from "../../helpers/refusal";

const placeAt = (text: string, offset: number): string => {
  const { line, column } = new Positions(text).at(offset);
  return `${line}:${column}`;
};
const placeIn = (text: string, trail: (string | number)[], ofKey = false): string =>
  placeAt(text, new SyntaxTree(text).nodes.offsetOf(trail, ofKey));

describe("the place", () => {
  test.each<[string, string, (string | number)[], boolean, string]>([
    ["of a value", "a:\n  b: 1\n", ["a", "b"], false, "2:6"],
    ["of a key", "a:\n  b: 1\n", ["a", "b"], true, "2:3"],
    ["of an element", "a:\n- 1\n- b: 2\n", ["a", 1, "b"], false, "3:6"],
    ["of a value in quotes", 'a: "b"\n', ["a"], false, "1:4"],
    ["after a comment", "a: # b\n  # c\n  d: 1\n", ["a"], false, "3:3"],
    ["after an anchor and a tag", "a: &b !c\n  d: 1\n", ["a"], false, "2:3"],
    ["of a key without a value", "a:\nb: 1\n", ["a"], false, "1:1"],
    ["beside a key without a value", "{ a, b: { c: 1 } }", ["b", "c"], false, "1:14"],
    ["behind a comment with a colon", "{ a, # b: c\n  d: { e: 1 } }", ["d", "e"], false, "2:11"],
    ["behind a comment with a colon, on a line of Mac OS", "{ a, # b: c\r  d: { e: 1 } }", ["d", "e"], false, "1:23"],
    ["behind a key that is nothing", "{ : { a: 1 } }", ["null", "a"], false, "1:10"],
    ["after a last comma", "{ a: 1, b: [ 2, ], }", ["b", 0], false, "1:14"],
    ["of a pair in a list", "a: [ 1, b: 2 ]", ["a", 1], false, "1:9"],
    ["behind an alias", "a: &a { b: 1 }\nc: *a\n", ["c", "b"], false, "1:12"],
    ["of the last of equal keys", "a: 1\na: 2\n", ["a"], true, "2:1"],
    ["of an explicit key", "? a\n: b\n", ["a"], false, "2:3"],
    ["in JSON with tabs", '{\n\t"a": {\n\t\t"b": 1 } }', ["a", "b"], true, "3:3"],
    ["of the nearest that exists", "a:\n  b: 1\n", ["a", "c", "d"], false, "2:3"],
    ["of a merged key is that of the object which merges it", "a: &a { b: 1 }\nc: { <<: *a }\n", ["c", "b"], false, "2:4"],
  ])("%s", (_, text, trail, ofKey, place) => expect(placeIn(text, trail, ofKey)).toBe(place));
});

describe("the value", () => {
  test.each<[string, unknown]>([
    ["a: 9223372036854775807", { a: 9223372036854775807n }],
    ["a: -9223372036854775808", { a: -9223372036854775808n }],
    ["a: 12", { a: 12 }],
    [`a: ${"9".repeat(5000)}`, { a: "9".repeat(5000) }],
    ["a: -0xFFFFFFFFFFFFFFFFFF", { a: -0xffffffffffffffffff }],
    ["a: 2020-01-01\nb: yes\nc: !!binary YQ==", { a: "2020-01-01", b: "yes", c: "YQ==" }],
    ["a: &a { b: 1, c: 2 }\nd: { <<: *a, c: 3 }", { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    ['"<<": { a: 1 }', { "<<": { a: 1 } }],
    ["__proto__: { a: 1 }", Object.fromEntries([["__proto__", { a: 1 }]])],
  ])("of %.40s", (text, value) => {
    const tree = new SyntaxTree(text);
    expect(tree.broken).toBeUndefined();
    expect(tree.value).toEqual(value);
  });

  test.each(["a: &a { b: 1 }\nc: { <<: *a }", "a: &a { b: 1 }\nc: { <<: *a, d: 1 }"])("of %p merges keys", (text) => {
    expect(new SyntaxTree(text).mergesKeys).toBe(true);
  });

  test("of an aliased object is that object", () => {
    const { a, b } = new SyntaxTree("a: &a { c: 1 }\nb: *a").value as { a: object; b: object };
    expect(a).toBe(b);
  });
});

describe("among many keys", () => {
  const many = (line: (index: number) => string): string => Array.from({ length: 6000 }, (_, index) => line(index)).join("");
  const placesIn = (text: string): string[] => {
    const positions = new Positions(text);
    const lines = FindingList.listed("a.yaml", [new SyntaxTree(text).repeatedKeys], (offset) => positions.at(offset));
    return lines.split("\n").filter((line) => line !== "");
  };

  test.each<[string, (index: number) => string, string]>([
    ["with values", (index) => `k${index}: 1\n`, '"k7": 1\n'],
    ["without values", (index) => `? k${index}\n`, '? "k7"\n'],
    ["of which some have values", (index) => (index % 3 ? `? k${index}\n` : `k${index}: 1\n`), "k7: 2\n"],
  ])("%s, the one that is repeated has a place", (_, line, repeated) => {
    expect(placesIn(many(line))).toEqual([]);
    expect(placesIn(`${many(line)}z: 1\n${repeated}`)).toEqual([refusal("open-api-duplicate-key", "a.yaml:6002:", '"k7"')]);
  });

  test("those of another object are merged, and none is repeated", () => {
    const text = `a: &a { k7: 1 }\nb:\n${many((index) => `  k${index}: 1\n`)}  <<: *a\n`;
    expect(placesIn(text)).toEqual([]);
    expect(new SyntaxTree(text).mergesKeys).toBe(true);
  });
});

test("each key of each small object is found as often as it is repeated, with a value or without", () => {
  const forms = ["a", "a: 1", "b", "b: 1", "c", "c: 1", "c: null"];
  const objects = [1, 2, 3, 4].reduce<string[][]>(
    (all) => [...all, ...all.flatMap((each) => forms.map((form) => [...each, form]))],
    [[]],
  );
  for (const object of objects) {
    const names = object.map(([name]) => name);
    const { repeatedKeys } = new SyntaxTree(`{ ${object.join(", ")} }`);
    const lines = FindingList.listed("a.yaml", [repeatedKeys], (offset) => ({ line: 1, column: offset }));
    const found = [...lines.matchAll(/ "(.)"/g)].map(([, name]) => name).join("");
    expect([object, found]).toEqual([object, names.filter((name, at) => names.indexOf(name) < at).join("")]);
  }
});

test.each([
  ["beside a comment with a colon", "{ a, # b: c\n a }", "a"],
  ["if it is nothing, and has a value", "{ : 1, b: 2, : 3 }", "null"],
  ["if it is nothing, and has no value", "{ ? , b, ? }", "null"],
  ["beside one that is nothing", "{ a, a, ? }", "a"],
  ["if it is an object", "{ ? { toString: 1 } : 2, ? { b: 1 } : 3 }", "[object Object]"],
  ["if it is a list of objects", "{ ? [ 1, { toString: 1 } ] : 2, ? [ 1, {} ] : 3 }", "1,[object Object]"],
])("a key %s is found where it is repeated", (_, text, name) => {
  const { repeatedKeys } = new SyntaxTree(text);
  const lines = FindingList.listed("a.yaml", [repeatedKeys], (offset) => ({ line: 1, column: offset })).split("\n");
  expect(lines).toEqual([refusal("open-api-duplicate-key", `"${name}"`)]);
});

describe("a key without a value counts as a key and a value", () => {
  const keys = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join("");

  // An object is a value, too.
  test.each<[string, (count: number) => string]>([
    ["in a block", (count) => keys(count, (index) => `? k${index}\n`)],
    ["in braces", (count) => `{ ${keys(count, (index) => `k${index}, `)}}`],
  ])("%s", (_, textOf) => {
    expect(new SyntaxTree(textOf(262_143)).broken).toBeUndefined();
    const { broken } = new SyntaxTree(textOf(262_144));
    expect([broken?.offset, broken?.message]).toEqual([0, refusal("open-api-too-many-values", "524288")]);
  });

  test("once, even in an object that the parser reads twice", () => {
    const text = `- { ${keys(200_000, (index) => `k${index}, `)}}\n`;
    expect(new SyntaxTree(text).broken).toBeUndefined();
  });
});

test("each key that is repeated has a place", () => {
  const text = "a: 1\nb: { c: 1, c: 2, c: 3 }\na: 4\n";
  const { repeatedKeys } = new SyntaxTree(text);
  const positions = new Positions(text);
  const lines = FindingList.listed("a.yaml", [repeatedKeys], (offset) => positions.at(offset)).split("\n");
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["a.yaml:2:12", "a.yaml:2:18", "a.yaml:3:1"]);
});
