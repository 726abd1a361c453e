import { TerraformStack, TerraformVariable } from "cdktf";
import { Node } from "constructs";
import { AzureCloud, Backend, DeploymentCheck, IApimBackend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, gatewayOf } from "./behind-gateway";

/* To search the whole tree for each app would take time that grows with the square of their number. */

/** How often the tree is searched for a number of apps, each with a check. */
function searches(apps: number, create: (stack: TerraformStack) => IApimBackend): number {
  const stack = stackWithProviders();
  new TerraformVariable(stack, "greeting", {});
  const findAll = jest.spyOn(Node.prototype, "findAll");
  const deploymentChecks = [DeploymentCheck.directCallIsRejected()];
  for (let i = 0; i < apps; i++)
    new SecureApimBackend(stack, `Orders${i}`, { gateway: gatewayOf(stack), backend: create(stack), deploymentChecks });
  synth(stack);
  const { length } = findAll.mock.calls;
  findAll.mockRestore();
  return length;
}

function inSaidCloud(stack: TerraformStack): IApimBackend {
  AzureCloud.use(stack, AzureCloud.PUBLIC);
  return Backend.webApp(CREATED);
}

test.each<[string, (stack: TerraformStack) => IApimBackend]>([
  ["web apps", () => Backend.webApp(CREATED)],
  ["function apps", () => Backend.functionApp(CREATED)],
  ["web apps in a cloud that the code says", inSaidCloud],
  ["settings from a variable", () => Backend.webApp({ ...CREATED, appSettings: { GREETING: "${var.greeting}" } })],
])("%s: for several, the tree is searched as often as for one", (_, create) => {
  expect(searches(5, create)).toBe(searches(1, create));
});
