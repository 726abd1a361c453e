import { applyEdits, editedParts, indentOf, newlineBefore } from "../../../lib/policy/syntax/edits";

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
