import { execFileSync, spawnSync } from "child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { dirname, join } from "path";
import * as ts from "typescript";
import { Json } from "../helpers/synth";

export const ROOT = join(__dirname, "..", "..");

const folders: string[] = [];

/** An empty folder, which `removeFolders` removes. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cdktn-app-")));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** What a command wrote, and whether it failed. */
export function run(folder: string, command: string, ...options: string[]): { failed: boolean; said: string } {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const { status, stdout, stderr } = spawnSync(command, options, { cwd: folder, env, encoding: "utf8" });
  return { failed: status !== 0, said: `${stdout}${stderr}` };
}

export function writeManifest(folder: string, manifest: Json): void {
  const whole = { name: "app", version: "1.0.0", private: true, ...manifest };
  writeFileSync(join(folder, "package.json"), JSON.stringify(whole, null, 2));
}

/** Installs what a manifest of an app names, without a flag that lets npm overlook a conflict. */
export function install(folder: string, manifest: Json): void {
  writeManifest(folder, manifest);
  ["node_modules", "package-lock.json"].forEach((name) => rmSync(join(folder, name), { recursive: true, force: true }));
  const { failed, said } = run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline");
  if (failed) throw new Error(said);
}

/** The packed file of a package, made of what is built. */
export function packed(directory: string): string {
  const target = emptyFolder();
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", target], { cwd: directory });
  return join(target, readdirSync(target)[0]);
}

/** The packed file of a package of CDK Terrain's, from npm or PyPI; `undefined` where neither has it. */
export function packedPeer(name: string, version: string): string | undefined {
  const { failed, said } = run(ROOT, process.execPath, join(ROOT, "tools", "cdktn", "peers.mjs"), name, version);
  return failed ? undefined : said.trim();
}

/** Changes a file of the examples for an app. */
export type Rewrite = (path: string, text: string) => string;

/** Copies `main.ts` and the examples into an app, as JavaScript. */
export function writeExamples(folder: string, rewrite: Rewrite): void {
  const files = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.\w+$/.test(file) && !file.endsWith(".hcl"))
    .map((file) => join("examples", file));
  for (const file of ["main.ts", ...files]) {
    const to = join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(to), { recursive: true });
    if (file.endsWith(".ts")) writeFileSync(to, compiled(rewrite(file, readFileSync(join(ROOT, file), "utf8"))));
    else cpSync(join(ROOT, file), to);
  }
}

function compiled(text: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** What an app of the examples writes, by the path of the file: JSON as JSON, without what tells the framework and the folder. */
export function synthesized(folder: string, main = "main.js"): Record<string, unknown> {
  const { failed, said } = run(folder, process.execPath, main);
  if (failed) throw new Error(said);
  return readStacks(join(folder, "cdktf.out", "stacks"), (name, text) =>
    name === "cdk.tf.json" ? withoutFramework(folder, text) : text,
  );
}

/** What the same app writes with `synth --hcl`, without the versions of providers. */
export function synthesizedHcl(folder: string): Record<string, unknown> {
  const settings = ["SYNTH_HCL_OUTPUT=true", "CDKTF_OUTDIR=hcl.out"];
  const { failed, said } = run(folder, "env", ...settings, process.execPath, "main.js");
  if (failed) throw new Error(said);
  const files = readStacks(join(folder, "hcl.out", "stacks"), (_, text) =>
    text.replaceAll(folder, ".").replace(/^ *version = .+\n(?= *source = )/gm, ""),
  );
  return Object.fromEntries(Object.entries(files).filter(([file]) => file.endsWith("/cdk.tf")));
}

function readStacks(output: string, read: (name: string, text: string) => unknown): Record<string, unknown> {
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(output.length + 1), read(name, readFileSync(file, "utf8"))];
    }),
  );
}

function withoutFramework(folder: string, text: string): Json {
  const json: Json = JSON.parse(text.replaceAll(folder, "."));
  delete json["//"].metadata.version;
  for (const provider of Object.values<Json>(json.terraform.required_providers)) delete provider.version;
  return json;
}

/** The versions of the providers that an app asks for. */
export function providersOf(folder: string): Record<string, string[]> {
  const versions: Record<string, Set<string>> = {};
  const output = join(folder, "cdktf.out", "stacks");
  for (const stack of readdirSync(output)) {
    const { terraform }: Json = JSON.parse(readFileSync(join(output, stack, "cdk.tf.json"), "utf8"));
    for (const [name, { version }] of Object.entries<Json>(terraform.required_providers))
      versions[name] = (versions[name] ?? new Set()).add(version);
  }
  return Object.fromEntries(Object.entries(versions).map(([name, all]) => [name, [...all]]));
}

/** The names of the stacks in the files of an app. */
export function stacksOf(files: Record<string, unknown>): string[] {
  return [...new Set(Object.keys(files).map((file) => file.split("/")[0]))].sort();
}

/** The files of one stack. */
export function filesOf(stack: string, files: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith(`${stack}/`)));
}
