/*
 * How much user CPU time and memory it takes to declare and synthesize backends with the library, as a ratio to the same resources
 * written by hand, whose JSON is the same. Up to 100 backends, the two take turns in one process, and the medians of the ratios are
 * shown. From 1,000 on, each has a process of its own. `--large` adds 3,000 backends; `--json` writes the numbers for machines.
 */
import { spawnSync } from "child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { cpus, tmpdir, totalmem } from "os";
import { join } from "path";
import { median } from "./measure";
import { BACKEND_KINDS, BackendKind, Parts } from "./stack";
import type { Alone, Pair, Side } from "./synth-worker";

/** How many pairs are measured in one process, by the number of backends. */
const ROUNDS: Readonly<Record<number, number>> = { 1: 20, 10: 10, 100: 5 };

const PARTS = ["construct", "validate", "synth", "whole"] as const;

/** At most this much of what the hand-written app takes. */
const TARGETS = { whole: 1, wholeWithStacks: 1.15, memory: 1 };

/** At most this much longer for more backends. */
const GROWTH: Readonly<Record<number, number>> = { 1000: 10.5, 3000: 3.2 };

interface Row {
  readonly kind: BackendKind;
  readonly backends: number;
  readonly creationStacks: boolean;
  readonly part: keyof Parts | "memory";
  /** Milliseconds, or MB. */
  readonly library: number;
  readonly byHand: number;
  readonly ratio: number;
  /** The lowest and the highest ratio of a pair. */
  readonly spread: readonly [number, number];
  readonly target?: number;
}

interface Growth {
  readonly kind: BackendKind;
  readonly from: number;
  readonly to: number;
  readonly library: number;
  readonly byHand: number;
  readonly target: number;
}

const asJson = process.argv.includes("--json");
const large = process.argv.includes("--large");

/** Both sides run as JavaScript, the library as it is built: a loader would add its own time to one side only. */
function compiled(directory: string): string {
  const root = join(__dirname, "..");
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", join(__dirname, "tsconfig.json"), "--outDir", directory],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  const self = { name: "cdktf-secure-apim-backend", exports: "./lib/index.js" };
  writeFileSync(join(directory, "package.json"), JSON.stringify(self));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  return join(directory, "bench", "synth-worker.js");
}

const directory = mkdtempSync(join(tmpdir(), "bench-"));

function worker<T>(creationStacks: boolean, ...args: (string | number)[]): T {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--expose-gc", "--max-old-space-size=8192", script, ...args.map(String)],
    {
      encoding: "utf8",
      maxBuffer: 1e8,
      env: { ...process.env, BENCH_CREATION_STACKS: creationStacks ? "1" : "" },
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

function rowsOf(kind: BackendKind, backends: number, creationStacks: boolean): Row[] {
  const rounds = ROUNDS[backends];
  const pairs = worker<Pair[]>(creationStacks, kind, backends, rounds);
  return PARTS.map((part) => {
    const of = (side: Side): number[] => pairs.map((pair) => pair[side][part]);
    const ratios = pairs.map(({ library, byHand }) => library[part] / byHand[part]);
    return {
      kind,
      backends,
      creationStacks,
      part,
      library: median(of("library")),
      byHand: median(of("byHand")),
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      target: targetOf(part, creationStacks),
    };
  });
}

function rowsAlone(kind: BackendKind, backends: number, creationStacks: boolean): Row[] {
  const library = worker<Alone>(creationStacks, kind, backends, "library");
  const byHand = worker<Alone>(creationStacks, kind, backends, "byHand");
  const row = (part: Row["part"], ours: number, theirs: number): Row => {
    const ratio = ours / theirs;
    const target = targetOf(part, creationStacks);
    return {
      kind,
      backends,
      creationStacks,
      part,
      library: ours,
      byHand: theirs,
      ratio,
      spread: [ratio, ratio],
      target,
    };
  };
  return [
    ...PARTS.map((part) => row(part, library.parts[part], byHand.parts[part])),
    row("memory", library.memory, byHand.memory),
  ];
}

function targetOf(part: Row["part"], creationStacks: boolean): number | undefined {
  if (part === "memory") return creationStacks ? undefined : TARGETS.memory;
  if (part !== "whole") return undefined;
  return creationStacks ? TARGETS.wholeWithStacks : TARGETS.whole;
}

function growthOf(rows: readonly Row[]): Growth[] {
  const whole = (kind: BackendKind, size: number): Row | undefined =>
    rows.find((row) => row.kind === kind && row.backends === size && row.part === "whole" && !row.creationStacks);
  return BACKEND_KINDS.flatMap((kind) =>
    [
      [100, 1000],
      [1000, 3000],
    ].flatMap(([from, to]): Growth[] => {
      const [less, more] = [whole(kind, from), whole(kind, to)];
      if (!less || !more) return [];
      const [library, byHand] = [more.library / less.library, more.byHand / less.byHand];
      return [{ kind, from, to, library, byHand, target: GROWTH[to] }];
    }),
  );
}

const show = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

function met(value: number, target: number | undefined): string {
  if (target === undefined) return "";
  return value <= target ? `at most ${target}: met` : `at most ${target}: MISSED`;
}

function print(rows: readonly Row[], growth: readonly Growth[]): void {
  console.log("| kind | backends | creation stacks | part | library | by hand | ratio | spread | target |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const { kind, backends, creationStacks, part, library, byHand, ratio, spread, target } of rows) {
    const unit = part === "memory" ? "MB" : "ms";
    // By hand, next to nothing is validated.
    const ratios = part === "validate" ? ["", ""] : [ratio.toFixed(2), spread.map((each) => each.toFixed(2)).join("–")];
    const cells = [
      kind,
      backends,
      creationStacks ? "on" : "off",
      part,
      `${show(library)} ${unit}`,
      `${show(byHand)} ${unit}`,
    ];
    console.log(`| ${[...cells, ...ratios, met(ratio, target)].join(" | ")} |`);
  }
  console.log("\n| kind | growth | library | by hand | target |");
  console.log("| --- | --- | --- | --- | --- |");
  for (const { kind, from, to, library, byHand, target } of growth)
    console.log(
      `| ${kind} | ${from} to ${to} | ${library.toFixed(1)} | ${byHand.toFixed(1)} | ${met(library, target)} |`,
    );
}

let script = "";
try {
  script = compiled(directory);
  const rows = BACKEND_KINDS.flatMap((kind) => [
    ...Object.keys(ROUNDS).flatMap((backends) => rowsOf(kind, Number(backends), false)),
    ...rowsOf(kind, 100, true),
    ...[1000, ...(large ? [3000] : [])].flatMap((backends) => rowsAlone(kind, backends, false)),
  ]);
  const growth = growthOf(rows);
  const machine = { node: process.version, cpu: cpus()[0].model, cores: cpus().length, memory: totalmem() };
  if (asJson) console.log(JSON.stringify({ machine, rows, growth }, null, 2));
  else {
    const gb = (machine.memory / 2 ** 30).toFixed(0);
    console.log(
      `Node ${machine.node}, ${machine.cores} × ${machine.cpu}, ${gb} GB. User CPU time; medians of pairs.\n`,
    );
    print(rows, growth);
  }
} finally {
  rmSync(directory, { recursive: true });
}
