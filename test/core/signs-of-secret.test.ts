import { TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { comesFromSecret } from "../../lib/core/signs-of-secret";
import { stackWithProviders } from "../helpers/synth";

/* A value is a secret if it comes from a sensitive variable, wherever the stack declares the variable. */

let stack: TerraformStack;
let orders: Construct;

beforeEach(() => {
  stack = stackWithProviders();
  orders = new Construct(stack, "Orders");
});

const comes = (scope: Construct, variable: TerraformVariable): boolean => comesFromSecret(scope, variable.stringValue);

test.each<[string, () => Construct, (home: Construct) => Construct]>([
  ["the stack", () => stack, () => orders],
  ["the construct that reads it", () => orders, () => orders],
  ["a construct around the one that reads it", () => orders, (home) => new Construct(home, "App")],
  ["another construct", () => orders, () => new Construct(stack, "Invoices")],
])("a variable of %s", (_, homeOf, readerOf) => {
  const home = homeOf();
  const reader = readerOf(home);
  expect(comes(reader, new TerraformVariable(home, "hidden", { sensitive: true }))).toBe(true);
  expect(comes(reader, new TerraformVariable(home, "shown", {}))).toBe(false);
});

test("a variable with another logical ID", () => {
  const variable = new TerraformVariable(stack, "hidden", { sensitive: true });
  variable.overrideLogicalId("other");
  new TerraformVariable(stack, "other", {}).overrideLogicalId("hidden");
  expect(comes(orders, variable)).toBe(true);
});

test("a variable that the stack does not declare", () => {
  expect(comesFromSecret(orders, "${var.hidden}")).toBe(false);
});
