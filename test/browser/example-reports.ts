import { Testing } from "cdktf";
import { readFileSync } from "fs";
import { join } from "path";
import { EXAMPLES } from "../../examples/index";
import { reportOn } from "../../lib/report/report";
import { TrustReport } from "../../lib/report/trust-report";
import { Json, synth } from "../helpers/synth";
import { modelOf } from "../rules/judged";

/** The report on examples, as if they were one app. */
export function reportOnExamples(...names: (keyof typeof EXAMPLES)[]): TrustReport {
  const stacks = names.map((name): [string, Json] => {
    const stack = new EXAMPLES[name](Testing.app(), name);
    synth(stack);
    const file = join(Testing.fullSynth(stack), "stacks", name, "cdk.tf.json");
    return [name, JSON.parse(readFileSync(file, "utf8"))];
  });
  return reportOnStacks(Object.fromEntries(stacks));
}

/** The report on stacks by their names. */
export function reportOnStacks(stacks: Readonly<Record<string, Json>>): TrustReport {
  return reportOn(modelOf(stacks), { unreadable: [], skipped: [] });
}
