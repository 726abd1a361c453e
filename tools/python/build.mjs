/*
 * Builds the package for Python, `cdktf-secure-apim-backend` on PyPI: a wheel and a source distribution in `dist/python`. Run
 * `npm run build` before. Needs Python 3.9 or later, and PyPI for the tools that build a wheel.
 *
 * The README is one of its own. jsii-rosetta would translate the one for npm, but writes imports of the bindings that do not exist.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { unpack } from "../unpack.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Below the repository, so that jsii finds the peers. */
const SOURCE = join(ROOT, "dist", "python-source");
const TARGET = join(ROOT, "dist", "python");

const read = (file) => readFileSync(join(ROOT, file), "utf8");
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const writeJson = (file, value) => writeFileSync(file, JSON.stringify(value));

/** The README, with the app that the tests hold. */
function readme() {
  const [before, after] = read("tools/python/README.md").split("<!-- examples/python/quickstart.py -->\n");
  if (after === undefined) throw new Error("tools/python/README.md has no place for the app.");
  return `${before}\`\`\`python\n${read("examples/python/quickstart.py")}\`\`\`\n${after}`;
}

/** Gives the package its README, and takes the scripts, which would build it again. jsii calls the command as a program. */
function change() {
  const manifest = readJson(join(SOURCE, "package.json"));
  delete manifest.scripts;
  Object.values(manifest.bin).forEach((file) => chmodSync(join(SOURCE, file), 0o755));
  writeJson(join(SOURCE, "package.json"), manifest);
  const head = readJson(join(SOURCE, ".jsii"));
  const assembly =
    head.schema === "jsii/file-redirect" ? JSON.parse(gunzipSync(readFileSync(join(SOURCE, head.filename)))) : head;
  assembly.readme = { markdown: readme() };
  writeJson(join(SOURCE, ".jsii"), assembly);
}

if (!existsSync(join(ROOT, ".jsii"))) throw new Error("Nothing is built. Run npm run build.");
rmSync(TARGET, { recursive: true, force: true });
unpack(ROOT, SOURCE);
change();
const pacmak = join(ROOT, "node_modules", "jsii-pacmak", "bin", "jsii-pacmak");
const options = ["--target", "python", "--outdir", TARGET, "--no-force-subdirectory", "--no-npmignore", SOURCE];
execFileSync(process.execPath, [pacmak, ...options], { stdio: ["ignore", "inherit", "inherit"] });
rmSync(SOURCE, { recursive: true });
console.log(`Built ${TARGET}`);
