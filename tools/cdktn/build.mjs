/*
 * Builds `cdktn-secure-apim-backend`, the package for CDK Terrain, from the source of `cdktf-secure-apim-backend`. The result is a
 * package in `dist/cdktn`, which `npm pack` and `npm publish` take.
 *
 * @see docs/design/decisions.md#two-packages
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundledPackages } from "../release/notices.cjs";
import { packedFile } from "./peers.mjs";
import { rewritten } from "./rewrite.mjs";
import { FIRST, FRAMEWORK, NODE, PEERS } from "./versions.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** The folder of the package. */
const TARGET = join(ROOT, "dist", "cdktn");

const read = (file) => readFileSync(join(ROOT, file), "utf8");

/** The app that the README shows, in the README of the package. */
function readme() {
  const app = read("README.md").match(/```ts\nimport [\s\S]*?```/)?.[0];
  const page = read("tools/cdktn/README.md");
  const [before, after] = page.split("<!-- The app of ../../README.md -->");
  if (app === undefined || after === undefined)
    throw new Error("README.md has no app, or tools/cdktn/README.md no place for it.");
  return `${before}${rewritten("README.md", app)}${after}`;
}

/** The manifest, without what only the repository needs: its scripts would run on the machines of users. */
function manifest() {
  const source = read("package.json");
  const own = JSON.parse(rewritten("package.json", source));
  own.author = JSON.parse(source).author;
  own.description = own.description.replace("CDK for Terraform", "CDK Terrain");
  own.keywords = [...new Set(own.keywords.map((word) => (word === "cdktf" ? "cdktn" : word)))];
  own.engines = { node: NODE };
  own.peerDependencies = PEERS;
  own.devDependencies = developed(own.devDependencies);
  own.jsii.targets = { python: own.jsii.targets.python };
  delete own.scripts;
  delete own.overrides;
  return own;
}

/** What jsii compiles with. */
function developed({ typescript, "@types/node": node, "@types/js-yaml": yaml }) {
  return { ...FRAMEWORK, ...FIRST, typescript, "@types/node": node, "@types/js-yaml": yaml };
}

function writeSources() {
  mkdirSync(TARGET, { recursive: true });
  for (const name of readdirSync(TARGET))
    if (name !== "node_modules") rmSync(join(TARGET, name), { recursive: true, force: true });
  const files = readdirSync(join(ROOT, "lib"), { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  for (const { parentPath, path, name } of files) {
    const file = relative(ROOT, join(parentPath ?? path, name)).replaceAll("\\", "/");
    mkdirSync(dirname(join(TARGET, file)), { recursive: true });
    if (name.endsWith(".ts")) writeFileSync(join(TARGET, file), rewritten(file, read(file)));
    else cpSync(join(ROOT, file), join(TARGET, file));
  }
  for (const name of ["LICENSE", "THIRD-PARTY-NOTICES.txt"]) cpSync(join(ROOT, name), join(TARGET, name));
  writeFileSync(join(TARGET, "README.md"), readme());
  writeFileSync(join(TARGET, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
}

/** Installs what the package is compiled with, and the versions of what is bundled that the notices name. Where a registry lacks it, the package cannot be built: status 3. */
function install() {
  const files = Object.entries(FIRST).map(([name, version]) => [name, version, packedFile(name, version)]);
  const missing = files.filter(([, , file]) => file === undefined).map(([name, version]) => `${name}@${version}`);
  if (missing.length > 0) {
    console.error(`Not built: neither npm nor PyPI has ${missing.join(" and ")} here.`);
    process.exit(3);
  }
  const options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  const bundled = bundledPackages().map(({ name, version }) => `${name}@${version}`);
  run("npm", "install", ...options, ...bundled, ...files.map(([, , file]) => file));
}

/**
 * jsii finds a type of another package by the path of its source. The bindings were built from `src`, and their manifests do not say
 * that `lib` was made of it.
 */
function nameSourceFolders() {
  for (const name of Object.keys(FIRST)) {
    const file = join(TARGET, "node_modules", ...name.split("/"), "package.json");
    const content = JSON.parse(readFileSync(file, "utf8"));
    content.jsii = { tsc: { outDir: "lib", rootDir: "src" }, ...content.jsii };
    writeFileSync(file, JSON.stringify(content, null, 2));
  }
}

function run(command, ...options) {
  execFileSync(command, options, { cwd: TARGET, stdio: ["ignore", "inherit", "inherit"] });
}

writeSources();
install();
nameSourceFolders();
run(
  process.execPath,
  join(ROOT, "node_modules", "jsii", "bin", "jsii"),
  "--generate-tsconfig",
  "tsconfig.jsii.json",
  "--silence-warnings=reserved-word",
);
run(process.execPath, join(ROOT, "tools", "bundle.mjs"), TARGET);
console.log(`Built ${TARGET}`);
