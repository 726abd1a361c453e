import { Profiler, Session } from "inspector";
import { realpathSync } from "fs";
import { join } from "path";
import { pathToFileURL } from "url";
import { setFlagsFromString } from "v8";

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

/** The blocks of each function that ran. The first is the function itself, and those within a block come after it. */
type Functions = ReadonlyMap<string, readonly Block[]>;

/**
 * The code that runs the more often for each thing, the more things there are: nothing, if each costs the same.
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
  return [...found].filter(([place]) => again.has(place)).map(([, text]) => text);
}

/** The code that runs the more often, by its place. */
function growing(make: (count: number) => void, watched: RegExp): Map<string, string> {
  const [few, more, most] = COUNTS.map((count) => functionsOf(() => make(count), watched));
  const found = new Map<string, string>();
  for (const [key, blocks] of most)
    for (const block of blocks) {
      const runs = [runsOf(few.get(key), block), runsOf(more.get(key), block), block.range.count];
      const [oneMore, twoMore] = [runs[1] - runs[0], runs[2] - runs[1]];
      // Numbers in texts get more digits: so many more characters are read.
      if (oneMore > 0 && twoMore - 2 * oneMore >= OF_PAIRS && twoMore > 1.02 * 2 * oneMore)
        found.set(
          `${key},${block.range.startOffset}`,
          `${shown(block)} runs ${runs.join(", ")} times for ${COUNTS.join(", ")}`,
        );
    }
  return found;
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
