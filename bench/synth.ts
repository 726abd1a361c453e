/*
 * How much user CPU time and memory it takes to declare and synthesize backends, beside the same resources written by hand, whose JSON is
 * the same. Up to 100 backends, the two take turns in one process. From 1,000 on, each has a process of its own.
 */
import { spawnSync } from "child_process";
import { join } from "path";
import { BACKEND_KINDS, BackendKind, Parts } from "./stack";
import type { Alone, Pair } from "./synth-worker";
import { Part, Row, rowOf } from "./table";

/** How many rounds are measured in one process, by the number of backends. */
const ROUNDS: Readonly<Record<number, number>> = { 1: 10, 10: 10, 100: 8 };

const PARTS = ["construct", "validate", "synth", "whole"] as const;

/** At most this much of what the hand-written app takes. */
const TARGETS = { whole: 1, wholeWithStacks: 1.15, memory: 1 };

/** At most this much longer for more backends. */
const GROWTH: Readonly<Record<number, number>> = { 1000: 10.5, 3000: 3.2 };

const TITLE = "Construct, validate and synthesize";

export function synth(large: boolean): Part[] {
  const sizes = [1000, ...(large ? [3000] : [])];
  const alone = BACKEND_KINDS.flatMap((kind) => sizes.map((size) => aloneOf(kind, size)));
  const rows = BACKEND_KINDS.flatMap((kind) => [
    ...Object.keys(ROUNDS).flatMap((backends) => rowsOf(kind, Number(backends), false)),
    ...alone.filter((each) => each.kind === kind).flatMap(rowsAlone),
  ]);
  const withStacks = BACKEND_KINDS.flatMap((kind) => rowsOf(kind, 100, true));
  return [
    { title: TITLE, other: "by hand", rows },
    { title: `${TITLE}, with cdktf's creation stacks`, other: "by hand", rows: withStacks },
    { title: "Growth", other: "by hand", rows: BACKEND_KINDS.flatMap((kind) => growthOf(kind, rows)) },
  ];
}

function worker<T>(creationStacks: boolean, ...args: (string | number)[]): T {
  const script = join(__dirname, "synth-worker.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, script, ...args.map(String)], {
    encoding: "utf8",
    maxBuffer: 1e8,
    env: { ...process.env, BENCH_CREATION_STACKS: creationStacks ? "1" : "" },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

function rowsOf(kind: BackendKind, backends: number, creationStacks: boolean): Row[] {
  const pairs = worker<Pair[]>(creationStacks, kind, backends, ROUNDS[backends]);
  return PARTS.map((part) =>
    rowOfPart(
      nameOf(kind, backends, part),
      part,
      pairs.map(({ library, byHand }) => [library[part], byHand[part]]),
      creationStacks,
    ),
  );
}

interface AloneOf {
  readonly kind: BackendKind;
  readonly backends: number;
  readonly library: Alone;
  readonly byHand: Alone;
}

function aloneOf(kind: BackendKind, backends: number): AloneOf {
  return {
    kind,
    backends,
    library: worker<Alone>(false, kind, backends, "library"),
    byHand: worker<Alone>(false, kind, backends, "byHand"),
  };
}

function rowsAlone({ kind, backends, library, byHand }: AloneOf): Row[] {
  return [
    ...PARTS.map((part) =>
      rowOfPart(nameOf(kind, backends, part), part, [[library.parts[part], byHand.parts[part]]], false),
    ),
    rowOf(nameOf(kind, backends, "memory"), "MB", [[library.memory, byHand.memory]], TARGETS.memory),
  ];
}

function rowOfPart(what: string, part: keyof Parts, pairs: [number, number][], creationStacks: boolean): Row {
  const whole = creationStacks ? TARGETS.wholeWithStacks : TARGETS.whole;
  const row = rowOf(what, "ms", pairs, part === "whole" ? whole : undefined);
  // By hand, next to nothing is validated.
  return part === "validate" ? { ...row, ratio: undefined, spread: undefined } : row;
}

function nameOf(kind: BackendKind, backends: number, part: string): string {
  return `${kind}, ${backends}: ${part}`;
}

function growthOf(kind: BackendKind, rows: readonly Row[]): Row[] {
  const whole = (backends: number): Row | undefined =>
    rows.find(({ what }) => what === nameOf(kind, backends, "whole"));
  return [
    [100, 1000],
    [1000, 3000],
  ].flatMap(([from, to]): Row[] => {
    const [less, more] = [whole(from), whole(to)];
    if (less?.other === undefined || more?.other === undefined) return [];
    return [
      {
        what: `${kind}: ${to} beside ${from}`,
        unit: "times",
        library: more.library / less.library,
        other: more.other / less.other,
        target: GROWTH[to],
      },
    ];
  });
}
