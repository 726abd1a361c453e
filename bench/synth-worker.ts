/* A process of `bench/synth.ts`: writes what it measured to its output, as JSON. */
import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { byHand } from "./by-hand";
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

/** One run of each side. They take turns at being first, and begin with an empty heap where Node lets us collect it. */
function pair(kind: BackendKind, count: number, round: number): Pair {
  const runOf = (side: Side): Parts => {
    global.gc?.();
    return run(join(directory, side), FILLS[side], kind, count);
  };
  if (round % 2 === 0) return { library: runOf("library"), byHand: runOf("byHand") };
  const hand = runOf("byHand");
  return { library: runOf("library"), byHand: hand };
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
  pair(kind as BackendKind, count, 0);
  requireEqual(kind as BackendKind);
  return Array.from({ length: Number(what) }, (_, round) => pair(kind as BackendKind, count, round));
}

try {
  process.stdout.write(JSON.stringify(measured(process.argv.slice(2))));
} finally {
  rmSync(directory, { recursive: true });
}
