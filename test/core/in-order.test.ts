import { inOrderOf } from "../../lib/core/in-order";

test("members of a list are in its order, and each once", () => {
  const inOrder = inOrderOf(["b", "a", "c"]);
  expect(inOrder(["c", "a", "b", "a"])).toEqual(["b", "a", "c"]);
  expect(inOrder([])).toEqual([]);
});
