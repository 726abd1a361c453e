/* A process of `bench/synth.ts`: writes what it measured to its output, as JSON. */
import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { byHand } from "./by-hand";
import { takingTurns } from "./measure";
import { BackendKind, Fill, Parts, run, writtenIn } from "./stack";
import { withLibrary } from "./with-library";

export type Side = "library" | "byHand";

/** What one side takes in a process of its own. */
export interface Alone {
  readonly parts: Parts;
  /** The most memory that the process had, in MB. */
  readonly memory: number;
}

export type Pair = Readonly<Record<Side, Parts>>;

const FILLS: Readonly<Record<Side, Fill>> = { library: withLibrary, byHand };

const directory = mkdtempSync(join(tmpdir(), "bench-"));

/** Runs of both sides. Each begins with an empty heap where Node.js lets us collect it. */
function pairs(kind: BackendKind, count: number, rounds: number): Pair[] {
  const runOf = (side: Side) => (): Parts => {
    global.gc?.();
    return run(join(directory, side), FILLS[side], kind, count);
  };
  return takingTurns(rounds, runOf("library"), runOf("byHand")).map(([library, hand]) => ({ library, byHand: hand }));
}

function requireEqual(kind: BackendKind): void {
  const [library, hand] = (["library", "byHand"] as const).map((side) =>
    readFileSync(writtenIn(join(directory, side)), "utf8"),
  );
  if (library !== hand) throw new Error(`The hand-written app for ${kind} writes other JSON than the library.`);
}

function measured([kind, size, what]: string[]): Pair[] | Alone {
  const count = Number(size);
  if (what === "library" || what === "byHand") {
    const parts = run(directory, FILLS[what], kind as BackendKind, count);
    return { parts, memory: process.resourceUsage().maxRSS / 1024 };
  }
  pairs(kind as BackendKind, count, 1);
  requireEqual(kind as BackendKind);
  return pairs(kind as BackendKind, count, Number(what));
}

try {
  process.stdout.write(JSON.stringify(measured(process.argv.slice(2))));
} finally {
  rmSync(directory, { recursive: true });
}
