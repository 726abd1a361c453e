/* How long the rules and the report take over 1,000 backends, beside what it takes to declare and synthesize these. */
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { ApimSecurityRules } from "cdktf-secure-apim-backend";
import { run as runCommand } from "../lib/cli/run";
import { userTime } from "./measure";
import { BACKEND_KINDS, Fill, run } from "./stack";
import { Part, Row, rowOf } from "./table";
import { withLibrary } from "./with-library";

const BACKENDS = 1000;

/** The rules take at most this much of the time to synthesize. */
const TARGET = 0.5;

export async function rules(): Promise<Part[]> {
  const rows: Row[] = [];
  for (const kind of BACKEND_KINDS) {
    const directory = mkdtempSync(join(tmpdir(), "bench-"));
    try {
      const inApp = run(directory, withRules, kind, BACKENDS).whole;
      global.gc?.();
      const { whole } = run(directory, withLibrary, kind, BACKENDS);
      const stack = join(directory, "stacks", "bench");
      rows.push(
        rowOf(`rules check, ${kind}`, "ms", [[await userTimeOf("rules", "check", stack), whole]], TARGET),
        rowOf(`ApimSecurityRules in the app, ${kind}`, "ms", [[inApp - whole, whole]], TARGET),
        rowOf(`report --format json, ${kind}`, "ms", [[await userTimeOf("report", stack, "--format", "json"), whole]]),
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
