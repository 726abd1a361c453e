/*
 * How long Terraform takes to validate what was synthesized from an OpenAPI document and from a policy, each of about 1 MB and 200 KB,
 * beyond what it takes for the same stack without them. Needs Terraform, and the providers that `terraform init` installs.
 */
import { spawnSync } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  ApimGateway,
  ApiSurface,
  Audience,
  Backend,
  PolicyDocument,
  SecureApimBackend,
  SecureApimBackendProps,
} from "cdktf-secure-apim-backend";
import { median, milliseconds, thingsAsYaml } from "./measure";

const ROUNDS = 3;
const directory = mkdtempSync(join(tmpdir(), "bench-"));

function terraform(stack: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync("terraform", [`-chdir=${stack}`, ...args, "-no-color"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  if (status !== 0) throw new Error(error?.message ?? stderr);
}

/** Seconds that `terraform validate` takes for the stack, which is synthesized and initialized before. */
function validation(name: string, props: Partial<SecureApimBackendProps>): number {
  const app = new App({ outdir: join(directory, name) });
  const stack = new TerraformStack(app, "bench");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
  const backend = Backend.url("https://things.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  new SecureApimBackend(stack, "Things", { gateway, backend, ...props });
  app.synth();
  const synthesized = join(directory, name, "stacks", "bench");
  terraform(synthesized, "init", "-backend=false");
  return median(Array.from({ length: ROUNDS }, () => milliseconds(() => terraform(synthesized, "validate")))) / 1000;
}

function compare(name: string, text: string, props: Partial<SecureApimBackendProps>, without: number): void {
  const size = `${(text.length / 1000).toFixed(0)} KB, ${text.split("\n").length} lines`;
  const added = validation(name, props) - without;
  console.log(`${name}, ${size}: terraform validate takes ${added.toFixed(2)} s more than ${without.toFixed(2)} s`);
}

try {
  const without = validation("nothing", {});
  const things = thingsAsYaml(1_000_000);
  const file = join(directory, "things.yaml");
  writeFileSync(file, things);
  compare("an OpenAPI document", things, { surface: ApiSurface.openApiFile(file) }, without);

  const header =
    '    <set-header name="X-Thing" exists-action="override"><value>a value of a header</value></set-header>\n';
  const policy = `<policies>\n  <inbound>\n    <base />\n${header.repeat(2000)}  </inbound>\n</policies>\n`;
  compare("a policy", policy, { policy: PolicyDocument.fromXml(policy) }, without);
} finally {
  rmSync(directory, { recursive: true });
}
