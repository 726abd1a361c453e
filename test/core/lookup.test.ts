import { lookUp, lookupOf } from "../../lib/core/lookup";

const lookup = lookupOf(["ba", "ab", "cc", "b", ""], (text) => text);

test.each([
  ["", []],
  ["c", ["cc"]],
  ["x", []],
  ["b", ["ba", "ab", "b"]],
  ["cab", ["ba", "ab", "cc", "b"]],
])("the values that have a letter of %j, each once and in their order", (letters, found) => {
  expect(lookUp(lookup, letters)).toEqual(found);
});
