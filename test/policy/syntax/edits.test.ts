import { applyEdits, editedParts, indentOf, newlineBefore, reduced } from "../../../lib/policy/syntax/edits";
import { scan } from "../../../lib/policy/syntax/scanner";

test.each<[string, string | undefined]>([
  ["", ""],
  ["  ", "  "],
  ["<a>\n\t ", "\t "],
  ["<a>\r\n", ""],
  ["<a>\r  ", "  "],
  ["\uFEFF", ""],
  ["\uFEFF  ", "  "],
  ["x", undefined],
  ["x ", undefined],
  ["<a>\n  <b /> ", undefined],
])("what follows %j is indented by %j", (before, indent) => {
  expect(indentOf(`${before}<c />`, before.length)).toBe(indent);
});

test.each([
  ["", 0],
  ["a", 0],
  ["a\n", 1],
  ["\n\n", 1],
  ["a\r", 1],
  ["a\r\n", 2],
])("the newline at the end of %j has the length %d", (before, length) => {
  expect(newlineBefore(`${before}<c />`, before.length)).toBe(length);
});

test("edits are made in the order of the text, and what they write is told from the rest", () => {
  const edits = [
    { start: 4, end: 4, text: "x" },
    { start: 0, end: 1, text: "A" },
    { start: 4, end: 4, text: "y" },
  ];
  expect(applyEdits("abcd", edits)).toBe("Abcdxy");
  expect(editedParts("abcd", edits).filter(({ text }) => text !== "")).toEqual([
    { text: "A", isEdit: true },
    { text: "bcd", isEdit: false },
    { text: "x", isEdit: true },
    { text: "y", isEdit: true },
  ]);
});

test("what follows the last edit is the user's", () => {
  expect(editedParts("abcd", [{ start: 1, end: 2, text: "B" }]).at(-1)).toEqual({ text: "cd", isEdit: false });
});

test("what is left of a document is at its place in it, and so is what is wrong with it", () => {
  const tree = scan('<a>\n<b />\n<c>&nope;</c>\n<d e="@(x["y)" />\n</a>', "orders.xml");
  const left = reduced(tree, [{ start: 4, end: 10, text: "<xy/>\n" }])!;
  const places = (found: readonly { source: string; line: number; column: number }[]): string[] =>
    found.map(({ source, line, column }) => `${source}:${line}:${column}`);
  expect(left.text).toBe('<a>\n<xy/>\n<c>&nope;</c>\n<d e="@(x["y)" />\n</a>');
  const [, second] = left.roots[0].children;
  expect(left.position(second.start)).toEqual({ line: 3, column: 1 });
  expect([places(left.doubts), places(left.faults)]).toEqual([["orders.xml:4:7"], ["orders.xml:3:4"]]);
});
