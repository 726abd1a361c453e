import { spawnSync } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Testing } from "cdktf";
import { EXAMPLES } from "../../examples";
import { synth } from "../helpers/synth";

/*
 * `terraform validate` of every example, wherever the providers can be downloaded. They are some hundred megabytes: in
 * continuous integration they are kept by TF_PLUGIN_CACHE_DIR.
 */

const TIMEOUT = 300_000;

/** Runs Terraform on an example: `undefined` where all is well, else what it says. */
function terraform(name: string, ...commands: string[][]): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), "validate-"));
  try {
    const json = synth(new EXAMPLES[name](Testing.app(), name));
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(json));
    for (const command of commands) {
      const run = spawnSync("terraform", [`-chdir=${directory}`, ...command, "-no-color"], { encoding: "utf8" });
      if (run.status !== 0) return run.stderr || String(run.error);
    }
    return undefined;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const INIT = ["init", "-backend=false", "-input=false"];
const unavailable = terraform("quickstart", INIT);
if (unavailable !== undefined) {
  console.warn("SKIPPED: terraform validate of the examples, since their providers cannot be had here");
}

(unavailable === undefined ? test : test.skip).each(Object.keys(EXAMPLES))(
  "terraform validate accepts %s",
  (name) => expect(terraform(name, INIT, ["validate"])).toBeUndefined(),
  TIMEOUT,
);
