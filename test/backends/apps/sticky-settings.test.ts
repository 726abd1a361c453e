import { TerraformStack, TerraformVariable } from "cdktf";
import { AppServicePlan, Backend, WebAppProps } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { annotations, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const app = (props: Partial<WebAppProps>) =>
  Backend.webApp({ ...CREATED, plan: AppServicePlan.dedicated("S1"), slots: [{ name: "staging" }], ...props });

/** The annotations after synth, twice, as `cdktf` may do it. */
function annotated(): string[] {
  synth(stack);
  synth(stack);
  return annotations(stack);
}

test("a sticky setting that is misspelled is a warning that names the right one", () => {
  secure(stack, app({ appSettings: { MODE: "live", Feature_X: "on" }, stickySettings: ["MODE", "FEATURE_Y"] }));
  expect(annotated()).toEqual([
    refusal("sticky-setting-not-set", 'warn: "FEATURE_Y" in stickySettings', 'Did you mean "Feature_X"?'),
  ]);
});

test("a sticky setting like no other is a warning", () => {
  secure(stack, Backend.functionApp({ ...CREATED, stickySettings: ["MODE"] }));
  expect(annotated()).toEqual([refusal("sticky-setting-not-set", '"MODE"', "Add it to appSettings")]);
});

test.each<[string, Partial<WebAppProps>]>([
  ["of the app", { appSettings: { MODE: "live" }, stickySettings: ["MODE"] }],
  ["of a slot", { slots: [{ name: "staging", appSettings: { MODE: "test" } }], stickySettings: ["MODE"] }],
  ["in other case, which Azure ignores", { appSettings: { Mode: "live" }, stickySettings: ["MODE"] }],
  ["that Azure or azurerm writes", { stickySettings: ["WEBSITE_RUN_FROM_PACKAGE", "AzureWebJobsStorage"] }],
])("a setting %s is no warning", (_, props) => {
  secure(stack, app(props));
  expect(annotated()).toEqual([]);
});

test("a setting that is set later on the app is no warning", () => {
  const backend = app({ stickySettings: ["MODE"] });
  secure(stack, backend);
  backend.app.addOverride("app_settings.MODE", "live");
  expect(annotated()).toEqual([]);
});

test("settings that only Terraform or somebody else knows are no warning", () => {
  const name = new TerraformVariable(stack, "Name", { type: "string" }).stringValue;
  secure(stack, app({ stickySettings: [name] }));
  const pipeline = app({ stickySettings: ["MODE"] });
  secure(stack, pipeline, "Pipeline");
  pipeline.app.lifecycle = { ignoreChanges: ['app_settings["MODE"]'] };
  const merged = app({ stickySettings: ["MODE"] });
  secure(stack, merged, "Merged");
  merged.app.addOverride("app_settings", "${var.settings}");
  expect(annotated()).toEqual([]);
});
