/*
 * Builds what a release publishes, in dist/release: `npm run release:build`. Nothing is published. With `--complete`, what cannot be built
 * here is an error; without, it is named and left out.
 *
 *   npm/   the packages for CDK for Terraform and for CDK Terrain
 *   pypi/  the wheel and the source distribution
 *   sbom/  a bill of materials for each package for npm
 *   notes.md  the section of the changelog
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sectionOf } from "./changelog.mjs";
import { MANIFEST, ROOT } from "./last-release.mjs";
import { bundledPackages } from "./notices.cjs";
import { sbom } from "./sbom.mjs";

const TARGET = join(ROOT, "dist", "release");
const complete = process.argv.includes("--complete");
const missing = [];

function run(cwd, file, ...options) {
  const { status } = spawnSync(file, options, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  return status ?? 1;
}

function must(what, status) {
  if (status === 0) return;
  console.error(`${what} failed.`);
  process.exit(1);
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Packs the package of a folder, and writes its bill of materials. What is bundled must be what that and the notices name. */
function pack(folder) {
  const { name, version } = manifestOf(folder);
  for (const named of bundledPackages()) {
    const bundled = manifestOf(join(folder, "node_modules", ...named.name.split("/"))).version;
    if (bundled === named.version) continue;
    console.error(`${name} would bundle ${named.name} ${bundled}, but the notices name ${named.version}.`);
    process.exit(1);
  }
  must(
    `Packing ${name}`,
    run(folder, "npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", join(TARGET, "npm")),
  );
  writeFileSync(join(TARGET, "sbom", `${name}-${version}.cdx.json`), sbom({ name, version }));
}

rmSync(TARGET, { recursive: true, force: true });
for (const folder of ["npm", "pypi", "sbom"]) mkdirSync(join(TARGET, folder), { recursive: true });
// Always: what was built before can be of another version.
must("The build", run(ROOT, "npm", "run", "build"));

pack(ROOT);
const terrain = run(ROOT, "npm", "run", "build:cdktn");
if (terrain === 0) pack(join(ROOT, "dist", "cdktn"));
else missing.push("the package for CDK Terrain");
if (run(ROOT, "npm", "run", "build:python") === 0)
  for (const file of readdirSync(join(ROOT, "dist", "python"), { recursive: true, encoding: "utf8" }))
    if (/\.(whl|tar\.gz)$/.test(file))
      cpSync(join(ROOT, "dist", "python", file), join(TARGET, "pypi", file.split("/").pop()));
if (readdirSync(join(TARGET, "pypi")).length === 0) missing.push("the package for Python");
writeFileSync(join(TARGET, "notes.md"), `${sectionOf(MANIFEST.version)?.text ?? ""}\n`);

for (const folder of ["npm", "pypi", "sbom"])
  for (const file of readdirSync(join(TARGET, folder))) console.log(`dist/release/${folder}/${file}`);
if (missing.length > 0) {
  console.log(`Not built here: ${missing.join(", ")}.`);
  if (complete) process.exit(1);
}
