/*
 * What it takes to load the package: user CPU time and memory of whole processes, as a ratio to processes that import the same
 * resources by hand. One only loads, and one declares and synthesizes one backend as well, as CommonJS and as an ES module. The
 * processes take turns. Measures the built package, so run `npm run build` before. `--json` is for machines.
 */
import { spawnSync } from "child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { buildSync, Format } from "esbuild";
import { median } from "./measure";
import { BackendKind } from "./stack";

const ROOT = join(__dirname, "..");
const LIBRARY = join(ROOT, "build", "index.js");
/** Below the repository, where the processes find the framework and the providers. */
const PROCESSES = join(ROOT, "node_modules", ".cache", "bench-loading");

const ROUNDS = 15;

/** At most this much of what the imports by hand take. */
const TARGET = 1.1;

/** The kind of backend of `quickstart`. */
const KIND: BackendKind = "functionApp";

/** What an app imports of the providers to write the resources of one such backend by hand, or beside the library. */
const BESIDE = ["azuread/lib/provider", "azurerm/lib/provider"];
const BY_HAND = [
  ...BESIDE,
  "azuread/lib/app-role-assignment",
  "azuread/lib/application",
  "azuread/lib/service-principal",
  "azurerm/lib/api-management",
  "azurerm/lib/api-management-api",
  "azurerm/lib/api-management-api-operation",
  "azurerm/lib/api-management-api-policy",
  "azurerm/lib/api-management-backend",
  "azurerm/lib/data-azurerm-client-config",
  "azurerm/lib/linux-function-app",
  "azurerm/lib/role-assignment",
  "azurerm/lib/service-plan",
  "azurerm/lib/storage-account",
];

type Side = "library" | "byHand";

/** What one process took. */
interface Run {
  /** Milliseconds of user CPU time. */
  readonly time: number;
  /** The most memory that it had, in MB. */
  readonly memory: number;
  /** The modules that it loaded, but not those of Node.js. */
  readonly modules: readonly string[];
}

export interface LoadingRow {
  /** `requires` loads, and `oneBackend` declares and synthesizes one backend as well. */
  readonly process: "requires" | "oneBackend";
  readonly format: "CommonJS" | "ES module";
  readonly part: "time" | "memory";
  /** Milliseconds of user CPU time, or MB. */
  readonly library: number;
  readonly byHand: number;
  readonly ratio: number;
  /** The lowest and the highest ratio of a pair. */
  readonly spread: readonly [number, number];
  /** Only for what the package takes before a resource is declared. */
  readonly target?: number;
}

/** The modules that a process loads, by the package they are in. */
export interface LoadedModules {
  readonly process: LoadingRow["process"];
  readonly format: LoadingRow["format"];
  readonly count: Readonly<Record<Side, number>>;
  /** The modules of providers that the library loads, such as `azurerm/lib/linux-function-app`. */
  readonly ofProviders: readonly string[];
}

export interface Loading {
  readonly rows: readonly LoadingRow[];
  readonly modules: readonly LoadedModules[];
}

const REPORT = `process.on("exit", () => {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  const modules = Object.keys(createRequire(${JSON.stringify(join(ROOT, "package.json"))}).cache);
  writeFileSync(1, JSON.stringify({ time: userCPUTime / 1000, memory: maxRSS / 1024, modules }));
});`;

/** The program of a process. The other kinds of backends in the hand-written app are not imported. */
function sourceOf(process: LoadingRow["process"], side: Side): string {
  const start = ['import { createRequire } from "module";', 'import { writeFileSync } from "fs";', REPORT];
  if (process === "requires") {
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
function programOf(process: LoadingRow["process"], format: LoadingRow["format"], side: Side): string {
  const [esbuildFormat, ending]: [Format, string] = format === "CommonJS" ? ["cjs", "cjs"] : ["esm", "mjs"];
  const outfile = join(PROCESSES, `${process}-${side}.${ending}`);
  const result = buildSync({
    stdin: { contents: sourceOf(process, side), resolveDir: __dirname, loader: "ts" },
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
    .replace(/^.*provider-azurerm\/lib\/linux-web-app["/].*\n/gm, "");
  writeFileSync(outfile, text);
  return outfile;
}

function runOf(program: string): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { cwd: PROCESSES, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

/** Measures everything. */
export function loading(): Loading {
  if (!existsSync(LIBRARY)) throw new Error("Nothing is built. Run npm run build.");
  mkdirSync(PROCESSES, { recursive: true });
  try {
    const measured = (["requires", "oneBackend"] as const).flatMap((name) =>
      (["CommonJS", "ES module"] as const).map((format) => measure(name, format)),
    );
    return { rows: measured.flatMap(({ rows }) => rows), modules: measured.map(({ modules }) => modules) };
  } finally {
    rmSync(PROCESSES, { recursive: true });
  }
}

function measure(
  name: LoadingRow["process"],
  format: LoadingRow["format"],
): { readonly rows: LoadingRow[]; readonly modules: LoadedModules } {
  const programs = { library: programOf(name, format, "library"), byHand: programOf(name, format, "byHand") };
  const sides: readonly Side[] = ["library", "byHand"];
  const first = { library: runOf(programs.library), byHand: runOf(programs.byHand) };
  const pairs = Array.from({ length: ROUNDS }, (_, round) => {
    const [one, other] = round % 2 === 0 ? sides : [...sides].reverse();
    const runs = { [one]: runOf(programs[one]), [other]: runOf(programs[other]) };
    return runs as Record<Side, Run>;
  });
  const rows = (["time", "memory"] as const).map((part): LoadingRow => {
    const ratios = pairs.map(({ library, byHand }) => library[part] / byHand[part]);
    return {
      process: name,
      format,
      part,
      library: median(pairs.map(({ library }) => library[part])),
      byHand: median(pairs.map(({ byHand }) => byHand[part])),
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      target: name === "requires" ? TARGET : undefined,
    };
  });
  const count = { library: first.library.modules.length, byHand: first.byHand.modules.length };
  return { rows, modules: { process: name, format, count, ofProviders: ofProviders(first.library.modules) } };
}

function ofProviders(modules: readonly string[]): string[] {
  return modules
    .flatMap((file) => /provider-(azure.+)[\\/]index\.js$/.exec(file)?.[1].replace(/\\/g, "/") ?? [])
    .sort();
}

function print({ rows, modules }: Loading): void {
  console.log("| process | format | part | library | by hand | ratio | spread | target |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const { process: name, format, part, library, byHand, ratio, spread, target } of rows) {
    const unit = part === "time" ? "ms" : "MB";
    const numbers = [`${library.toFixed(0)} ${unit}`, `${byHand.toFixed(0)} ${unit}`, ratio.toFixed(2)];
    const range = spread.map((each) => each.toFixed(2)).join("–");
    const met = target === undefined ? "" : `at most ${target}: ${ratio <= target ? "met" : "MISSED"}`;
    console.log(`| ${[name, format, part, ...numbers, range, met].join(" | ")} |`);
  }
  for (const { process: name, format, count, ofProviders } of modules)
    console.log(
      `\n${name}, ${format}: ${count.library} modules, by hand ${count.byHand}. Of the providers:\n  ${ofProviders.join("\n  ")}`,
    );
}

if (require.main === module) {
  const measured = loading();
  if (process.argv.includes("--json")) console.log(JSON.stringify(measured, null, 2));
  else print(measured);
}
