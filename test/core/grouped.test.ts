import { grouped } from "../../lib/core/grouped";

test("each value is in the group of each of its keys, in the order of the values", () => {
  const groups = grouped(["ba", "ab", "cc", ""], (text) => text);
  expect([...groups]).toEqual([
    ["b", ["ba", "ab"]],
    ["a", ["ba", "ab"]],
    ["c", ["cc"]],
  ]);
});
