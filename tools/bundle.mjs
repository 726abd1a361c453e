/*
 * Makes one file of the modules of the library after jsii has compiled them, and removes those files that only the library used. The
 * command keeps its files: each of its commands loads few. For a package in another folder, name the folder.
 *
 * @see docs/design/decisions.md#one-file-for-the-library
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), ".."));
const BUILD = join(ROOT, "build");
/** One folder below `build`, as the modules were: errors leave out the frames of files in the folder above theirs. */
const LIBRARY = "bundle/library";

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  target: "es2022",
  packages: "external",
  logLevel: "warning",
};

/** An import of another module of the library, as the compiler writes it. */
const IMPORT = /^(?:const|var) (\w+_\d+) = (require\("\.[^"]*"\));$/gm;

/** A module that runs each module it imports where it first uses it, and not where it starts. */
function importingOnUse(text) {
  const imported = new Map();
  const without = text.replace(IMPORT, (_, name, required) => {
    imported.set(name, required);
    return "";
  });
  return without.replace(/\b\w+_\d+\b(?=(\.)?)/g, (name, dot) => {
    const required = imported.get(name);
    if (required !== undefined && dot === undefined) throw new Error(`${name} is used as a whole: ${required}`);
    return required === undefined ? name : `(${required})`;
  });
}

const onUse = {
  name: "on-use",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, ({ path }) => ({ contents: importingOnUse(readFileSync(path, "utf8")) })),
};

/** The compiled files that a module loads, and itself. */
async function filesOf(module) {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [join(BUILD, module)], write: false, metafile: true });
  return new Set(Object.keys(metafile.inputs).map((file) => join(ROOT, file)));
}

const library = join(BUILD, `${LIBRARY}.js`);
await build({
  ...OPTIONS,
  plugins: [onUse],
  entryPoints: [join(BUILD, "index.js")],
  outfile: library,
  // Names stay as they are, and lines are short: Node.js prints the line of an error that nobody caught.
  minifyWhitespace: true,
  lineLimit: 120,
});
const kept = await filesOf("cli/main.js");
for (const file of readdirSync(BUILD, { recursive: true })) {
  const path = join(BUILD, file);
  if (file.endsWith(".js") && path !== library && !kept.has(path)) rmSync(path);
}
const names = Object.keys(createRequire(library)(library)).sort();
writeFileSync(
  join(BUILD, "index.js"),
  `"use strict";
module.exports = require("./${LIBRARY}");
// Never run: Node.js reads here what an ES module can import by name.
0 && (module.exports = { ${names.join(", ")} });
`,
);
console.log(`Bundled ${relative(process.cwd(), library)}`);
