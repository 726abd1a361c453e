/*
 * What the library takes in time and memory, beside the same written by hand or done by others, and which targets are met:
 * `npm run bench`. Name parts to measure only these: `npm run bench -- loading synth`. `--large` adds what takes long, and `--json` writes
 * the numbers for machines. Times are user CPU times unless a title says otherwise, because other work on the machine adds less to them.
 */
import { spawnSync } from "child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { cpus, tmpdir, totalmem } from "os";
import { join } from "path";
import { parseArgs } from "util";
import type { PartName } from "./part";
import { Part, summaryOf, tableOf } from "./table";

const ROOT = join(__dirname, "..");

/** What each part measures. */
const MEASURED: Readonly<Record<PartName, string>> = {
  loading: "requiring the package, and a process with one backend",
  synth: "construction, validation and synthesis of 1 to 1,000 backends",
  command: "the whole cdktf synth",
  policies: "reading and merging policies",
  hostile: "OpenAPI documents and policies that could take long",
  rules: "the rules and the report over 1,000 backends",
  terraform: "OpenAPI documents in terraform validate",
  chains: "how long the deployment of each example waits for Azure",
};

const NAMES = Object.keys(MEASURED) as PartName[];

const USAGE = `Write npm run bench -- [${NAMES.join("] [")}] [--large] [--json]`;

const HELP = `${USAGE}

Without a part, it measures all of them, in less than 15 minutes.

${NAMES.map((name) => `  ${name.padEnd(10)} ${MEASURED[name]}`).join("\n")}

  --large    3,000 backends and policies of 8 MB as well
  --json     numbers for machines`;

const { values: options, positionals } = argumentsOrExit();

function argumentsOrExit(): ReturnType<typeof givenArguments> {
  try {
    const given = givenArguments();
    if (given.values.help === true) {
      console.log(HELP);
      process.exit(0);
    }
    const unknown = given.positionals.find((name) => !NAMES.some((each) => each === name));
    if (unknown === undefined) return given;
    console.error(`There is no part ${unknown}.`);
  } catch (error) {
    console.error((error as Error).message);
  }
  console.error(USAGE);
  process.exit(2);
}

function givenArguments() {
  const flag = { type: "boolean" } as const;
  return parseArgs({ allowPositionals: true, options: { help: { ...flag, short: "h" }, json: flag, large: flag } });
}

/** What the build says is not a result. */
function build(): void {
  const { status } = spawnSync("npm", ["run", "build"], { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(1);
}

/**
 * Everything runs as JavaScript, because a loader would add its own time, and uses the package as `npm run build` has made it. What the
 * package does not export is compiled beside it.
 */
function compile(directory: string): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", join(__dirname, "tsconfig.json"), "--outDir", directory],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stdout + stderr);
  const self = { name: "cdktf-secure-apim-backend", version: "0.0.0", exports: "./build/index.js" };
  writeFileSync(join(directory, "package.json"), JSON.stringify(self));
  for (const each of ["node_modules", "build"]) symlinkSync(join(ROOT, each), join(directory, each));
}

function measured(name: PartName, directory: string): Part[] {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [
      "--expose-gc",
      "--max-old-space-size=8192",
      join(directory, "bench", "part.js"),
      name,
      ...(options.large === true ? ["large"] : []),
    ],
    { encoding: "utf8", maxBuffer: 1e8, cwd: ROOT },
  );
  if (status !== 0) throw new Error(`${name}: ${error?.message ?? stderr}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const parts = JSON.parse(stdout) as Part[];
  if (options.json !== true) console.log(`${parts.map(tableOf).join("\n")}\nMeasured in ${seconds} s.\n`);
  return parts;
}

const chosen = positionals.length === 0 ? NAMES : NAMES.filter((name) => positionals.includes(name));
// The chains are read from the reviewed output of the examples.
if (chosen.some((name) => name !== "chains") || !existsSync(join(ROOT, "build", "index.js"))) build();
const directory = mkdtempSync(join(tmpdir(), "bench-"));
try {
  compile(directory);
  const machine = { node: process.version, cpu: cpus()[0].model, cores: cpus().length, memory: totalmem() };
  const gb = (machine.memory / 2 ** 30).toFixed(0);
  if (options.json !== true) console.log(`Node ${machine.node}, ${machine.cores} × ${machine.cpu}, ${gb} GB.\n`);
  const parts = chosen.flatMap((name) => measured(name, directory));
  const result = options.json === true ? JSON.stringify({ machine, parts }, null, 2) : summaryOf(parts);
  if (result !== undefined) console.log(result);
} finally {
  rmSync(directory, { recursive: true });
}
