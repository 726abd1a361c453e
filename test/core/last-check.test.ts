import { App, Testing, TerraformStack } from "cdktf";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { mkdtempSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { guard, ONCE } from "../../lib/core/guard";
import { findings, messageOf, synth } from "../helpers/synth";

/* Checks run once more when a stack is written: after every validation, and only if there were validations. */

const CHANGED = "  [stack/App] https_only was changed";

function guarded(app: App): { readonly stack: TerraformStack; readonly site: LinuxWebApp } {
  const stack = new TerraformStack(app, "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const site = new LinuxWebApp(stack, "App", {
    name: "app",
    resourceGroupName: "rg",
    location: "westeurope",
    servicePlanId: "/plan",
    httpsOnly: true,
    siteConfig: {},
  });
  guard(site, { attributes: { ...ONCE, https_only: true }, changed: (names) => `${names} was changed` });
  // Of the last construct: after all others.
  site.node.addValidation({
    validate: () => {
      site.httpsOnly = false;
      return [];
    },
  });
  return { stack, site };
}

const outdir = (): string => mkdtempSync(join(tmpdir(), "last-check-"));

test("an app is not written with what a validation changed", () => {
  const app = new App({ outdir: outdir() });
  guarded(app);
  expect(messageOf(() => app.synth()).split("\n")).toEqual(["Validation failed with the following errors:", CHANGED]);
});

test("HCL neither", () => {
  const { stack } = guarded(Testing.app());
  expect(messageOf(() => Testing.synthHcl(stack, true))).toContain(CHANGED);
});

test("without validations nothing is checked", () => {
  const app = new App({ outdir: outdir(), skipValidation: true });
  guarded(app);
  expect(() => app.synth()).not.toThrow();
  const { stack } = guarded(Testing.app());
  expect(() => Testing.synth(stack)).not.toThrow();
  expect(() => stack.toTerraform()).not.toThrow();
});

test("a stack is checked each time, and adds nothing to what is written", () => {
  const { stack, site } = guarded(Testing.app());
  expect(findings(stack)).toHaveLength(1);
  site.httpsOnly = true;
  const changes = jest.spyOn(site, "httpsOnly", "set").mockImplementation(() => undefined);
  expect(Object.keys(synth(stack).resource)).toEqual(["azurerm_linux_web_app"]);
  expect(Object.keys(synth(stack)).sort()).toEqual(["provider", "resource", "terraform"]);
  changes.mockRestore();
  expect(findings(stack)).toHaveLength(1);
});
