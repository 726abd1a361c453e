/* A process of `bench/synth.ts`: writes what it measured to its output, as JSON. */
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { byHand } from "./by-hand";
import { takingTurns } from "./measure";
import { BackendKind, Fill, hashOf, Parts, requireEqual, run } from "./stack";
import { withLibrary } from "./with-library";

export type Side = "library" | "byHand";

/** What one side takes in a process of its own. */
export interface Alone {
  readonly parts: Parts;
  /** The most memory that the process had, in MB. */
  readonly memory: number;
  /** The hash of the JSON that it has written. */
  readonly written: string;
}

export type Pair = Readonly<Record<Side, Parts>>;

const FILLS: Readonly<Record<Side, Fill>> = { library: withLibrary, byHand };

const directory = mkdtempSync(join(tmpdir(), "bench-"));

/** A round makes at least so many backends. */
const BACKENDS_IN_ROUND = 50;

/** Rounds that are not measured: V8 compiles in them. */
const WARM_UP = 3;

/**
 * Rounds of both sides, each of so many runs that the system can tell their user time. Garbage is collected when V8 does it: if it were
 * collected before each run, V8 would drop what it has compiled, and a small run would measure how it is compiled again.
 */
function pairs(kind: BackendKind, count: number, rounds: number): Pair[] {
  const runs = Math.ceil(BACKENDS_IN_ROUND / count);
  const runOf = (side: Side) => (): Parts =>
    averageOf(Array.from({ length: runs }, () => run(join(directory, side), FILLS[side], kind, count)));
  return takingTurns(rounds, runOf("library"), runOf("byHand")).map(([library, hand]) => ({ library, byHand: hand }));
}

function averageOf(runs: readonly Parts[]): Parts {
  const average = (part: keyof Parts): number => runs.reduce((sum, each) => sum + each[part], 0) / runs.length;
  return {
    construct: average("construct"),
    validate: average("validate"),
    synth: average("synth"),
    whole: average("whole"),
  };
}

function measured([kind, size, what]: string[]): Pair[] | Alone {
  const count = Number(size);
  if (what === "library" || what === "byHand") {
    const parts = run(directory, FILLS[what], kind as BackendKind, count);
    return { parts, memory: process.resourceUsage().maxRSS / 1024, written: hashOf(directory) };
  }
  pairs(kind as BackendKind, count, WARM_UP);
  requireEqual(`${size} × ${kind}`, hashOf(join(directory, "library")), hashOf(join(directory, "byHand")));
  return pairs(kind as BackendKind, count, Number(what));
}

try {
  process.stdout.write(JSON.stringify(measured(process.argv.slice(2))));
} finally {
  rmSync(directory, { recursive: true });
}
