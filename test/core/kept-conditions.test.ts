import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { Precondition } from "cdktf";
import { requireAtPlan } from "../../lib/core/guard";
import { OWN_APP } from "../backends/kinds";
import { refusal } from "../helpers/refusal";
import { stackWithProviders } from "../helpers/synth";

/* Conditions of the library stay, in whatever order. */

const conditionOf = (name: string): Precondition => ({ condition: `\${self.name != "${name}"}`, errorMessage: name });
const [first, second, third, own] = ["first", "second", "third", "own"].map(conditionOf);

test.each<[string, Precondition[], boolean]>([
  ["as they are", [first, second, third], true],
  ["after one of yours", [own, first, second, third], true],
  ["with one of yours between", [first, own, second, own, third], true],
  ["in another order", [third, first, second], true],
  ["in reverse", [third, second, first], true],
  ["without the first", [second, third], false],
  ["without one between", [first, third], false],
  ["without the last", [first, second], false],
  ["without any", [], false],
])("%s", (_, precondition, isKept) => {
  const app = new LinuxWebApp(stackWithProviders(), "App", OWN_APP);
  requireAtPlan(app, [first, second, third]);
  app.lifecycle = { precondition };
  expect(app.node.validate()).toEqual(isKept ? [] : [refusal("conditions-removed", "app/App")]);
});
