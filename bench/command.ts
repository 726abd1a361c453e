/* How long the whole `cdktf synth` of one function app takes, beside the same app written by hand. The clock counts: it is other processes that work. */
import { spawnSync } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { milliseconds, pairsOf } from "./measure";
import { hashOf, requireEqual } from "./stack";
import { Part, rowOf } from "./table";

const ROUNDS = 5;
const CDKTF = join(__dirname, "..", "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");

const FILLS = ["withLibrary", "byHand"] as const;

type Fill = (typeof FILLS)[number];

export function command(): Part[] {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const synth = (fill: Fill) => (): void => synthesize(directory, fill);
    const [library, byHand] = FILLS.map(synth);
    library();
    byHand();
    const [written, other] = FILLS.map((fill) => hashOf(join(directory, fill)));
    requireEqual("The whole cdktf synth", written, other);
    const row = rowOf("one function app", "ms", pairsOf(ROUNDS, library, byHand, milliseconds));
    return [{ title: "The whole cdktf synth (clock)", other: "by hand", rows: [row] }];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The command line runs a program that is JavaScript already. */
function synthesize(directory: string, fill: Fill): void {
  const file = join(directory, `${fill}.js`);
  writeFileSync(file, programOf(fill));
  const settings = {
    language: "typescript",
    app: `node ${JSON.stringify(file)}`,
    output: fill,
    sendCrashReports: "false",
  };
  writeFileSync(join(directory, "cdktf.json"), JSON.stringify(settings));
  const { status, stdout, stderr } = spawnSync(process.execPath, [CDKTF, "synth", "--hcl=false"], {
    cwd: directory,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1" },
  });
  if (status !== 0) throw new Error(stdout + stderr);
}

function programOf(fill: Fill): string {
  const moduleOf = (name: string): string => JSON.stringify(join(__dirname, name));
  const file = fill === "byHand" ? "by-hand" : "with-library";
  return `const { run } = require(${moduleOf("stack")});
const { ${fill} } = require(${moduleOf(file)});
run(process.env.CDKTF_OUTDIR, ${fill}, "functionApp", 1);
`;
}
