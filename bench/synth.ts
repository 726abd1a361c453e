/*
 * How much user CPU time and memory it takes to declare and synthesize backends, beside the same resources written by hand, whose JSON is
 * the same. Up to 100 backends, the two take turns in one process. From 1,000 on, and to see how they grow, each has a process of its own.
 */
import { takingTurns } from "./measure";
import { BACKEND_KINDS, BackendKind, Parts, requireEqual } from "./stack";
import type { Alone, Pair } from "./synth-worker";
import { median, Part, Row, rowOf } from "./table";
import { measuredAlone } from "./worker";

/** How many rounds are measured in one process, by the number of backends. */
const ROUNDS: Readonly<Record<number, number>> = { 1: 16, 10: 12, 100: 8 };

const PARTS = ["construct", "validate", "synth", "whole"] as const;

/** How many pairs of processes are measured, by the number of backends. */
const PAIRS_ALONE: Readonly<Record<number, number>> = { 100: 3, 1000: 3 };
const LARGE_PAIRS_ALONE: Readonly<Record<number, number>> = { ...PAIRS_ALONE, 3000: 1 };

/** At most this much of what the hand-written app takes. */
const TARGETS = { whole: 1, wholeWithStacks: 1.15, memory: 1 };

/** At most this much longer for more backends. */
const GROWTH: Readonly<Record<number, number>> = { 1000: 10.5, 3000: 3.2 };

const TITLE = "Construct, validate and synthesize";

export function synth(large: boolean): Part[] {
  const sizes = Object.entries(large ? LARGE_PAIRS_ALONE : PAIRS_ALONE);
  const alone = BACKEND_KINDS.map((kind) => sizes.map(([size, pairs]) => aloneOf(kind, Number(size), pairs)));
  const rows = BACKEND_KINDS.flatMap((kind, index) => [
    ...Object.keys(ROUNDS).flatMap((backends) => rowsOf(kind, Number(backends), false)),
    ...alone[index].filter(({ backends }) => ROUNDS[backends] === undefined).flatMap(rowsAlone),
  ]);
  const withStacks = BACKEND_KINDS.flatMap((kind) => rowsOf(kind, 100, true));
  return [
    { title: TITLE, other: "by hand", rows },
    { title: `${TITLE}, with cdktf's creation stacks`, other: "by hand", rows: withStacks },
    { title: "Growth, each in a process of its own", other: "by hand", rows: alone.flatMap(growthOf) },
  ];
}

function worker<T>(creationStacks: boolean, ...args: (string | number)[]): T {
  return measuredAlone("synth-worker", args, { BENCH_CREATION_STACKS: creationStacks ? "1" : "" });
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
  readonly pairs: readonly [library: Alone, byHand: Alone][];
}

function aloneOf(kind: BackendKind, backends: number, rounds: number): AloneOf {
  const pairs = takingTurns(
    rounds,
    () => worker<Alone>(false, kind, backends, "library"),
    () => worker<Alone>(false, kind, backends, "byHand"),
  );
  pairs.forEach(([library, hand]) => requireEqual(`${backends} × ${kind}`, library.written, hand.written));
  return { kind, backends, pairs };
}

function rowsAlone({ kind, backends, pairs }: AloneOf): Row[] {
  const of = (measure: (alone: Alone) => number): [number, number][] =>
    pairs.map(([library, byHand]) => [measure(library), measure(byHand)]);
  return [
    ...PARTS.map((part) =>
      rowOfPart(
        nameOf(kind, backends, part),
        part,
        of(({ parts }) => parts[part]),
        false,
      ),
    ),
    rowOf(
      nameOf(kind, backends, "memory"),
      "MB",
      of(({ memory }) => memory),
      TARGETS.memory,
    ),
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

/** How much longer each number of backends takes than the one before. */
function growthOf(alone: readonly AloneOf[]): Row[] {
  const wholeOf = ({ pairs }: AloneOf, side: 0 | 1): number => median(pairs.map((pair) => pair[side].parts.whole));
  return alone.slice(1).map((more, index) => {
    const less = alone[index];
    return {
      what: `${more.kind}: ${more.backends} beside ${less.backends}`,
      unit: "times",
      library: wholeOf(more, 0) / wholeOf(less, 0),
      other: wholeOf(more, 1) / wholeOf(less, 1),
      target: GROWTH[more.backends],
    };
  });
}
