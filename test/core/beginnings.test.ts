import { beginningsOf } from "../../lib/core/beginnings";

test.each([
  ["orders.azure.net", ".", ["orders", "orders.azure"]],
  ["shop/Orders/Api", "/", ["shop", "shop/Orders"]],
  ["/a//", "/", ["", "/a", "/a/"]],
  ["orders", "/", []],
  ["", "/", []],
])("%s begins, before each %s, with %j", (text, separator, expected) => {
  expect(beginningsOf(text, separator)).toEqual(expected);
});
