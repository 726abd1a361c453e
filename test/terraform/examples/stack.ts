import { spawnSync, SpawnSyncReturns } from "child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "fs";
import { join } from "path";
import { Json } from "../../helpers/synth";

/** Everything that the tests write, which can be looked at afterwards: in `stacks/<name>`, `terraform test` does what the test did. */
export const CACHE = join(
  __dirname,
  "..",
  "..",
  "..",
  "node_modules",
  ".cache",
  process.env.SYNTH_HCL_OUTPUT === "true" ? "terraform-hcl" : "terraform",
);

/** Where Terraform and the providers of the examples are, `describe`, and `describe.skip` elsewhere. */
export function withProviders(name: string, tests: () => void): void {
  const skipped = process.env.NO_PROVIDERS !== undefined;
  if (skipped) console.warn(`SKIPPED: ${name}, because Terraform cannot have the providers here`);
  (skipped ? describe.skip : describe)(name, tests);
}

/** The folder of a synthesized stack. */
export function folderOf(stack: string): string {
  return join(CACHE, "stacks", stack);
}

/** A second folder with the configuration of a stack, without what its tests have written there. */
export function copyOf(stack: string, name: string): string {
  mkdirSync(folderOf(name));
  for (const part of ["cdk.tf.json", "assets"].filter((file) => existsSync(join(folderOf(stack), file)))) {
    cpSync(join(folderOf(stack), part), join(folderOf(name), part), { recursive: true });
  }
  return name;
}

/** The configuration that was synthesized for a stack. */
export function configurationOf(stack: string): Json {
  return JSON.parse(readFileSync(join(folderOf(stack), "cdk.tf.json"), "utf8"));
}

/** Runs Terraform on a synthesized stack. */
export function terraform(stack: string, command: string, ...options: string[]): SpawnSyncReturns<string> {
  const args = [`-chdir=${folderOf(stack)}`, command, "-no-color", ...options];
  return spawnSync("terraform", args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** Lets Terraform get the providers of a stack. */
export function init(stack: string): void {
  const { status, stderr } = terraform(stack, "init", "-backend=false", "-input=false");
  if (status !== 0) throw new Error(stderr);
}
