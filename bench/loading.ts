/*
 * What it takes to load the package: user CPU time and memory of whole processes, as a ratio to processes that import the same
 * resources by hand. One only loads, and one declares and synthesizes one backend as well, as CommonJS and as an ES module. The
 * processes take turns.
 */
import { spawnSync } from "child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { buildSync, Format } from "esbuild";
import { takingTurns } from "./measure";
import { BackendKind, hashOf, requireEqual } from "./stack";
import { Part, Row, rowOf } from "./table";

/** `bench/main.ts` runs its parts in the root of the repository. */
const ROOT = process.cwd();
const LIBRARY = join(ROOT, "build", "index.js");
/** Below the repository, where the processes find the framework and the providers. */
const PROCESSES = join(ROOT, "node_modules", ".cache", "bench-loading");

const ROUNDS = 15;

/** At most this much of what the imports by hand take. */
const TARGET = 1.1;

/** The kind of backend of `quickstart`. */
const KIND: BackendKind = "functionApp";

/** What the hand-written app imports for other kinds of backends. */
const OTHER_KINDS = /azurerm\/lib\/linux-web-app\b/;

/** What an app imports of the providers to write the resources of one such backend by hand, or beside the library. */
const BESIDE = ["azuread/lib/provider", "azurerm/lib/provider"];
const BY_HAND = [
  ...BESIDE,
  ...[...readFileSync(join(ROOT, "bench", "by-hand.ts"), "utf8").matchAll(/"@cdktf\/provider-([^"]+)"/g)]
    .map(([, name]) => name)
    .filter((name) => !OTHER_KINDS.test(name)),
];

type Side = "library" | "byHand";

/** `requires` loads, and `oneBackend` declares and synthesizes one backend as well. */
type Program = "requires" | "oneBackend";

type ModuleFormat = "CommonJS" | "ES module";

/** What one process took. */
interface Run {
  /** Milliseconds of user CPU time. */
  readonly time: number;
  /** The most memory that it had, in MB. */
  readonly memory: number;
  /** The modules that it loaded, but not those of Node.js. */
  readonly modules: readonly string[];
}

const REPORT = `process.on("exit", () => {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  const modules = Object.keys(createRequire(${JSON.stringify(join(ROOT, "package.json"))}).cache);
  writeFileSync(1, JSON.stringify({ time: userCPUTime / 1000, memory: maxRSS / 1024, modules }));
});`;

/** The program of a process. The other kinds of backends in the hand-written app are not imported. */
function sourceOf(program: Program, side: Side): string {
  const start = ['import { createRequire } from "module";', 'import { writeFileSync } from "fs";', REPORT];
  if (program === "requires") {
    const modules = side === "library" ? BESIDE : BY_HAND;
    const names = ["cdktf", "constructs", ...modules.map((name) => `@cdktf/provider-${name}`)];
    if (side === "library") names.push("cdktf-secure-apim-backend");
    const imports = names.map((name, index) => `import * as module${index} from "${name}";`);
    return [...start, ...imports, `globalThis.used = [${names.map((_, index) => `module${index}`).join()}];`].join(
      "\n",
    );
  }
  const [file, fill] = side === "library" ? ["with-library", "withLibrary"] : ["by-hand", "byHand"];
  return [
    ...start,
    'import { run } from "./stack";',
    `import { ${fill} } from "./${file}";`,
    `run(${JSON.stringify(join(PROCESSES, side))}, ${fill}, "${KIND}", 1);`,
  ].join("\n");
}

/** Both sides run as JavaScript: a loader would add its own time. */
function programOf(program: Program, format: ModuleFormat, side: Side): string {
  const [esbuildFormat, ending]: [Format, string] = format === "CommonJS" ? ["cjs", "cjs"] : ["esm", "mjs"];
  const outfile = join(PROCESSES, `${program}-${side}.${ending}`);
  const result = buildSync({
    stdin: { contents: sourceOf(program, side), resolveDir: join(ROOT, "bench"), loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: esbuildFormat,
    packages: "external",
    tsconfigRaw: {},
  });
  const text = result.outputFiles[0].text
    .replace(/"cdktf-secure-apim-backend"/g, JSON.stringify(LIBRARY))
    // An ES module imports files, and no folders.
    .replace(/"(@cdktf\/provider-[^"]*)"/g, format === "CommonJS" ? '"$1"' : '"$1/index.js"')
    .split("\n")
    .filter((line) => !OTHER_KINDS.test(line))
    .join("\n");
  writeFileSync(outfile, text);
  return outfile;
}

function runOf(program: string): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { cwd: PROCESSES, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

/** What the package takes to load, and with one backend. */
export function loading(): Part[] {
  if (!existsSync(LIBRARY)) throw new Error("Nothing is built. Run npm run build.");
  mkdirSync(PROCESSES, { recursive: true });
  try {
    const measured = (["requires", "oneBackend"] as const).flatMap((program) =>
      (["CommonJS", "ES module"] as const).map((format) => measure(program, format)),
    );
    const rows = measured.flatMap((each) => each.rows);
    return [{ title: "Loading", other: "by hand", rows, notes: measured.map(({ modules }) => modules) }];
  } finally {
    rmSync(PROCESSES, { recursive: true });
  }
}

function measure(program: Program, format: ModuleFormat): { readonly rows: Row[]; readonly modules: string } {
  const programs = { library: programOf(program, format, "library"), byHand: programOf(program, format, "byHand") };
  // The first run of each reads files that the others find in memory.
  const first = { library: runOf(programs.library), byHand: runOf(programs.byHand) };
  if (program === "oneBackend")
    requireEqual(format, hashOf(join(PROCESSES, "library")), hashOf(join(PROCESSES, "byHand")));
  const runs = takingTurns(
    ROUNDS,
    () => runOf(programs.library),
    () => runOf(programs.byHand),
  );
  const pairs = (part: "time" | "memory"): [number, number][] => runs.map(([one, other]) => [one[part], other[part]]);
  const target = program === "requires" ? TARGET : undefined;
  const what = `${program === "requires" ? "require the package" : "synthesize one backend"}, ${format}`;
  const [library, hand] = [first.library.modules, first.byHand.modules];
  return {
    rows: [
      rowOf(`${what}: time`, "ms", pairs("time"), target),
      rowOf(`${what}: memory`, "MB", pairs("memory"), target),
    ],
    modules: `${what}: ${library.length} modules, by hand ${hand.length}. Of the providers: ${ofProviders(library).join(", ")}.`,
  };
}

function ofProviders(modules: readonly string[]): string[] {
  return modules
    .flatMap((file) => /provider-(azure.+)[\\/]index\.js$/.exec(file)?.[1].replace(/\\/g, "/") ?? [])
    .sort();
}
