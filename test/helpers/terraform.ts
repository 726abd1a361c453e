import { execFileSync, spawnSync } from "child_process";

const found = spawnSync("terraform", ["version"]).status === 0;
if (!found) console.warn("SKIPPED: no terraform on the PATH to try our configurations with");

/** Where Terraform is on the PATH, `describe`, and `describe.skip` elsewhere. */
export const withTerraform = found ? describe : describe.skip;

/** What Terraform prints when it runs in a directory. */
export function runTerraform(directory: string, ...args: string[]): string {
  return execFileSync("terraform", [`-chdir=${directory}`, ...args, "-no-color"], { encoding: "utf8", stdio: "pipe" });
}
