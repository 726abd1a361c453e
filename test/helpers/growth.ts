import { Profiler, Session } from "inspector";
import { realpathSync } from "fs";
import { join } from "path";
import { pathToFileURL } from "url";
import { setFlagsFromString } from "v8";
import { callersOf } from "./callers";

/*
 * Which code runs the more often for each thing, the more things there are. V8 counts how often each block of code runs, which is the
 * same on every machine. What the language does by itself, such as `includes`, does not count.
 *
 * Import this module before what it watches: blocks are counted in what is compiled from here on.
 */

/** V8 counts no run of what it optimizes, and no block of what it has compiled for an earlier test file. */
const COUNTING = ["opt", "sparkplug", "flush-bytecode", "lazy-feedback-allocation", "compilation-cache"];

const session = new Session();
COUNTING.forEach((flag) => setFlagsFromString(`--no-${flag}`));
// Off by default in some versions of Node.js, so it stays off.
setFlagsFromString("--no-maglev");
session.connect();
session.post("Profiler.enable");
session.post("Debugger.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

afterAll(() => {
  session.post("Profiler.stopPreciseCoverage");
  session.disconnect();
  COUNTING.forEach((flag) => setFlagsFromString(`--${flag}`));
});

const ROOT = pathToFileURL(join(__dirname, "../../")).href;

/** Where the packages are that Node.js loads, if their folder is a link. */
const PACKAGES = `${pathToFileURL(realpathSync(join(__dirname, "../../node_modules"))).href}/`;

/**
 * The library, and what it can make run too often. How often cdktf reads a token depends on the digits in names, and its functions for
 * tests sort what is written.
 */
const WATCHED = /^(?:lib\/|node_modules\/constructs\/|node_modules\/cdktf\/lib\/(?!tokens\/|testing\/))/;

const COUNTS = [1, 2, 4] as const;

/** So much more than twice what the second thing adds is added by the next two, if code runs once for each pair: 1 of 2, and 6 of 4. */
const OF_PAIRS = 3;

/** A block of code in a function. */
interface Block {
  readonly scriptId: string;
  readonly file: string;
  readonly functionName: string;
  readonly functionRange: Profiler.CoverageRange;
  readonly range: Profiler.CoverageRange;
}

/** A block, and how often it runs for each count. */
interface Growth {
  readonly block: Block;
  readonly runs: readonly number[];
}

/** The blocks of each function that ran. The first is the function itself, and those within a block come after it. */
type Functions = ReadonlyMap<string, readonly Block[]>;

/**
 * The code that runs the more often for each thing, the more things there are: nothing, if each costs the same. Code of a package is named
 * with the lines of the project that call it.
 *
 * @param make makes so many things. Their names are new each time, because what is remembered for a name does not count, and of one
 * length
 * @param watched the code that is watched, from the project
 */
export function growthOf(make: (count: number) => void, watched = WATCHED): string[] {
  make(1); // What happens once in a process has happened then.
  const found = growing(make, watched);
  if (found.size === 0) return [];
  // Once in a while, something is different by chance: the number of a token gets one more digit.
  const again = growing(make, watched);
  return named(
    [...found].filter(([place]) => again.has(place)).map(([, growth]) => growth),
    make,
  );
}

/** Each of these, and if it is of a package, the lines that call it too often. */
function named(growths: readonly Growth[], make: (count: number) => void): string[] {
  const ofPackages = growths.filter(({ block }) => block.file.startsWith("node_modules/"));
  const codes = ofPackages.map(({ block: { scriptId, range } }) => ({ scriptId, ...range }));
  const calls = codes.length === 0 ? [] : COUNTS.map((count) => callersOf(session, codes, () => make(count)));
  return growths.map((growth) => {
    const [few, more, most] = calls.map((each) => each[ofPackages.indexOf(growth)] ?? new Map<string, number>());
    const lines = [...(most?.keys() ?? [])].filter((line) =>
      grows([few, more, most].map((each) => each.get(line) ?? 0)),
    );
    return [textOf(growth), ...lines.map((line) => `called by ${line}`)].join(", ");
  });
}

/** The code that runs the more often, by its place. */
function growing(make: (count: number) => void, watched: RegExp): Map<string, Growth> {
  const [few, more, most] = COUNTS.map((count) => functionsOf(() => make(count), watched));
  const found = new Map<string, Growth>();
  for (const [key, blocks] of most)
    for (const block of blocks) {
      const runs = [runsOf(few.get(key), block), runsOf(more.get(key), block), block.range.count];
      if (grows(runs)) found.set(`${key},${block.range.startOffset}`, { block, runs });
    }
  return found;
}

function grows([few, more, most]: readonly number[]): boolean {
  const [oneMore, twoMore] = [more - few, most - more];
  // Numbers in texts get more digits: so many more characters are read.
  return oneMore > 0 && twoMore - 2 * oneMore >= OF_PAIRS && twoMore > 1.02 * 2 * oneMore;
}

function textOf({ block, runs }: Growth): string {
  return `${shown(block)} runs ${runs.join(", ")} times for ${COUNTS.join(", ")}`;
}

function functionsOf(action: () => void, watched: RegExp): Functions {
  taken();
  action();
  return new Map(
    taken()
      .map((script) => ({ ...script, url: script.url.replace(PACKAGES, `${ROOT}node_modules/`) }))
      .filter(({ url }) => url.startsWith(ROOT) && watched.test(url.slice(ROOT.length)))
      .flatMap(({ scriptId, url, functions }) =>
        functions.map(({ functionName, ranges }): [string, Block[]] => [
          [scriptId, ranges[0].startOffset, ranges[0].endOffset].join(),
          ranges.map((range) => ({
            scriptId,
            file: url.slice(ROOT.length),
            functionName,
            functionRange: ranges[0],
            range,
          })),
        ]),
      ),
  );
}

/** What ran since this was last taken. */
function taken(): Profiler.ScriptCoverage[] {
  let coverage: Profiler.ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (_, { result }) => (coverage = result));
  return coverage;
}

/** A block that ran as often as the one around it is not listed. */
function runsOf(blocks: readonly Block[] = [], { range: { startOffset, endOffset } }: Block): number {
  const around = blocks.filter(({ range }) => range.startOffset <= startOffset && endOffset <= range.endOffset);
  return around.at(-1)?.range.count ?? 0;
}

function shown({ scriptId, file, functionName, functionRange, range }: Block): string {
  let source = "";
  session.post("Debugger.getScriptSource", { scriptId }, (_, { scriptSource }) => (source = scriptSource));
  const codeOf = ({ startOffset, endOffset }: Profiler.CoverageRange, length: number): string =>
    source.slice(startOffset, endOffset).replace(/\s+/g, " ").trim().slice(0, length);
  return `${file}, ${functionName || codeOf(functionRange, 40)}: ${codeOf(range, 80)}`;
}
