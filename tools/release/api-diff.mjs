/*
 * Compares the public API with the last release: `npm run api:diff`, or `npm run api:diff -- PATH` for a packed file or its folder. Run
 * `npm run build` before. What breaks users is an error, unless its key stands in accepted-api-changes.txt.
 *
 * @see docs/stability.md
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { unpack } from "../unpack.mjs";
import { lastRelease, MANIFEST, ROOT } from "./last-release.mjs";

/** Below the repository, so that jsii reads both with the same peers: what a newer peer adds would count as removed here. */
const BEFORE = join(ROOT, "dist", "last-release");

const [given] = process.argv.slice(2);
const version = given === undefined ? lastRelease() : undefined;

if (given === undefined && version === undefined) {
  console.log(`${MANIFEST.name} has no release yet: there is nothing to compare the public API with.`);
  process.exit(0);
}

const before = given === undefined ? `${MANIFEST.name}@${version}` : resolve(given);
console.log(`Comparing the public API with ${before}`);
unpack(before, BEFORE);
const options = ["--error-on", "all", "--keys", "--ignore-file", "tools/release/accepted-api-changes.txt"];
const { status } = spawnSync(join(ROOT, "node_modules", ".bin", "jsii-diff"), [...options, BEFORE, ROOT], {
  cwd: ROOT,
  env: {
    ...process.env,
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: "1",
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: "20",
  },
  stdio: "inherit",
});
if (status === 1)
  console.log(
    "Keep what users call, and deprecate it. If it must go, add its key to tools/release/accepted-api-changes.txt, with a reason.",
  );
process.exit(status ?? 1);
