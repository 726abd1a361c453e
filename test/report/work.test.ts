import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Testing, TerraformStack } from "cdktf";
import { ApimGateway, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { reportOn } from "../../lib/report/report";
import { Model } from "../../lib/rules/model/model";
import { RULES } from "../../lib/rules/rules";
import { judge } from "../../lib/rules/verdicts";
import * as template from "../../lib/rules/model/template";
import { GROUP } from "../helpers/synth";

/** The configuration of a gateway in front of so many function apps. */
function configurationOf(count: number): Record<string, unknown> {
  const stack = new TerraformStack(Testing.app(), "app");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  new AzureadProvider(stack, "azuread");
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  for (let i = 0; i < count; i++) {
    const backend = Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    new SecureApimBackend(stack, `Orders${i}`, { gateway, backend });
  }
  return JSON.parse(Testing.synth(stack)) as Record<string, unknown>;
}

const CONFIGURATIONS = [5, 20].map(configurationOf);

/** How many texts of the configuration are read for expressions. */
function textsRead(json: Record<string, unknown>, action: (model: Model) => unknown): number {
  const read = jest.spyOn(template, "templateParts");
  action(new Model(new Map([["app", [{ path: "cdk.tf.json", json }]]])));
  const times = read.mock.calls.length;
  read.mockRestore();
  return times;
}

test.each<[string, (model: Model) => unknown]>([
  ["rules", (model) => judge(model, RULES, [])],
  ["report", (model) => reportOn(model, { skipped: [], unreadable: [] })],
])("the %s read about four times as much for four times as many apps", (_, action) => {
  const [few, many] = CONFIGURATIONS.map((json) => textsRead(json, action));
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(5);
});
