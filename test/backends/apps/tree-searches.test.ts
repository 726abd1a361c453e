import { TerraformStack, TerraformVariable } from "cdktf";
import { Node } from "constructs";
import { Backend, IApimBackend } from "cdktf-secure-apim-backend";
import { stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

/* To search the whole tree for each app would take time that grows with the square of their number. */

/** How often the tree is searched for a number of apps. */
function searches(apps: number, create: (stack: TerraformStack) => IApimBackend): number {
  const stack = stackWithProviders();
  new TerraformVariable(stack, "greeting", {});
  const findAll = jest.spyOn(Node.prototype, "findAll");
  for (let i = 0; i < apps; i++) secure(stack, create(stack), `Orders${i}`);
  synth(stack);
  const { length } = findAll.mock.calls;
  findAll.mockRestore();
  return length;
}

test.each<[string, (stack: TerraformStack) => IApimBackend]>([
  ["web apps", () => Backend.webApp(CREATED)],
  ["function apps", () => Backend.functionApp(CREATED)],
  ["settings from a variable", () => Backend.webApp({ ...CREATED, appSettings: { GREETING: "${var.greeting}" } })],
])("%s: for several, the tree is searched as often as for one", (_, create) => {
  expect(searches(5, create)).toBe(searches(1, create));
});
