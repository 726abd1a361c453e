/* How long the rules and the report take over 1,000 backends, beside what it takes to declare and synthesize these. */
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { ApimSecurityRules } from "cdktf-secure-apim-backend";
import { run as runCommand } from "../lib/cli/run";
import { takingTurns, userTime } from "./measure";
import { BACKEND_KINDS, Fill, run } from "./stack";
import { Part, Row, rowOf } from "./table";
import { withLibrary } from "./with-library";

const BACKENDS = 1000;

/** Odd, so that the app without rules is the last that writes, and its files are those that are checked. */
const ROUNDS = 3;

/** The rules take at most this much of the time to synthesize. */
const TARGET = 0.5;

export async function rules(): Promise<Part[]> {
  const rows: Row[] = [];
  for (const kind of BACKEND_KINDS) {
    const directory = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      const wholeOf = (fill: Fill) => (): number => {
        global.gc?.();
        return run(directory, fill, kind, BACKENDS).whole;
      };
      const wholes = takingTurns(ROUNDS, wholeOf(withRules), wholeOf(withLibrary));
      const stack = join(directory, "stacks", "bench");
      const checks: [number, number][] = [];
      const reports: [number, number][] = [];
      for (const [, whole] of wholes) {
        checks.push([await userTimeOf("rules", "check", stack), whole]);
        reports.push([await userTimeOf("report", stack, "--format", "json"), whole]);
      }
      const inApp = wholes.map(([judged, whole]): [number, number] => [judged - whole, whole]);
      rows.push(
        rowOf(`rules check, ${kind}`, "ms", checks, TARGET),
        rowOf(`ApimSecurityRules in the app, ${kind}`, "ms", inApp, TARGET),
        rowOf(`report --format json, ${kind}`, "ms", reports),
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
  return [{ title: `Rules and report over ${BACKENDS} backends`, other: "to synthesize them", rows }];
}

const withRules: Fill = (stack, kind, count) => {
  withLibrary(stack, kind, count);
  ApimSecurityRules.judge(stack.node.root);
};

async function userTimeOf(...command: string[]): Promise<number> {
  global.gc?.();
  const start = userTime();
  let err = "";
  const code = await runCommand(command, { out: () => {}, err: (text) => (err += text), interactive: false });
  if (code !== 0 && code !== 5) throw new Error(`${command.join(" ")}: exit code ${code}\n${err}`);
  return userTime() - start;
}
