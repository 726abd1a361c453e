import { lookupOf } from "../../lib/core/lookup";

const lookUp = lookupOf(["ba", "ab", "cc", "b", ""], (text) => text);

test.each([
  ["", []],
  ["c", ["cc"]],
  ["x", []],
  ["b", ["ba", "ab", "b"]],
  ["cab", ["ba", "ab", "cc", "b"]],
])("the values that have a letter of %j, each once and in their order", (letters, found) => {
  expect(lookUp(letters)).toEqual(found);
});
