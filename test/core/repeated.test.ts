import { repeated } from "../../lib/core/repeated";

test("each element that repeats the key of an earlier one is paired with the first", () => {
  const pairs = [...repeated(["Orders", "stock", "ORDERS", "orders"], (name) => name.toLowerCase())];
  expect(pairs).toEqual([
    ["ORDERS", "Orders"],
    ["orders", "Orders"],
  ]);
});
