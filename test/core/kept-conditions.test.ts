import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { Precondition } from "cdktf";
import { requireAtPlan, requireOnceMade } from "../../lib/core/guard";
import { OWN_APP } from "../backends/kinds";
import { refusal } from "../helpers/refusal";
import { stackWithProviders } from "../helpers/synth";
import { workOf } from "../helpers/work";

/* Conditions of the library stay, in whatever order. */

const conditionOf = (name: string): Precondition => ({ condition: `\${self.name != "${name}"}`, errorMessage: name });
const [first, second, third, own] = ["first", "second", "third", "own"].map(conditionOf);
const newApp = (): LinuxWebApp => new LinuxWebApp(stackWithProviders(), "App", OWN_APP);

describe.each([
  { kind: "precondition", require: requireAtPlan },
  { kind: "postcondition", require: requireOnceMade },
])("a $kind", ({ kind, require }) => {
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
  ])("stays: %s", (_, conditions, isKept) => {
    const app = newApp();
    require(app, [first, second, third]);
    app.lifecycle = { [kind]: conditions };
    expect(app.node.validate()).toEqual(isKept ? [] : [refusal("conditions-removed", "app/App")]);
  });

  test.each<[string, object | undefined, object]>([
    ["no lifecycle", undefined, { [kind]: [first] }],
    ["a lifecycle without conditions", { preventDestroy: true }, { preventDestroy: true, [kind]: [first] }],
    ["conditions of yours", { preventDestroy: true, [kind]: [own] }, { preventDestroy: true, [kind]: [own, first] }],
  ])("is added to %s", (_, before, after) => {
    const app = newApp();
    app.lifecycle = before;
    require(app, [first]);
    expect(app.lifecycle).toEqual(after);
    expect(app.node.validate()).toEqual([]);
  });

  test("is found at once among many", () => {
    const [some, more] = [100, 200].map((count) => {
      const app = newApp();
      require(app, Array.from({ length: count }, (_, at) => conditionOf(`${at}`)));
      return workOf(() => expect(app.node.validate()).toEqual([]));
    });
    expect(more).toBeLessThan(2.2 * some);
  });
});
