import { Construct } from "constructs";
import { kebabCase, stableUuid } from "../../lib/core/names";
import { literalOutline } from "../../lib/core/tokens";
import { stackWithProviders } from "../helpers/synth";

test.each([
  ["Orders", "orders"],
  ["OrdersApi", "orders-api"],
  ["OrdersAPI", "orders-api"],
  ["HTTPServer", "http-server"],
  ["orders_api 2.0", "orders-api-2-0"],
  ["-Orders-", "orders"],
  ["Ärger", "arger"],
  ["注文", ""],
])("%s becomes %s", (id, name) => {
  expect(kebabCase(id)).toBe(name);
});

test("a UUID is a version 5 one of the construct's path, and stays as it was released", () => {
  const scope = new Construct(stackWithProviders(), "Orders");
  expect(stableUuid(scope, "Invoke")).toBe("0688a70b-dabf-5191-9f91-e9274a760ab3");
});

test.each([
  ["https://a/b", "https://a/b"],
  ["https://${TfToken[TOKEN.1]}/b", "https://t/b"],
  ['https://${join("", ["a", { b = 1 }])}/c', "https://t/c"],
  ["${TfToken[TOKEN.1]}/b", "t/b"],
])("the literal outline of %s is %s", (value, outline) => {
  expect(literalOutline(value, "t")).toBe(outline);
});
