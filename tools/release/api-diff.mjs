/*
 * Compares the public API with the last release: `npm run api:diff`, or `npm run api:diff -- FOLDER` for another build. Run `npm run build`
 * before. What breaks users is an error, unless its key stands in accepted-api-changes.txt.
 *
 * @see docs/stability.md
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { lastRelease, MANIFEST, ROOT } from "./last-release.mjs";

const [given] = process.argv.slice(2);
const version = given === undefined ? lastRelease() : undefined;

if (given === undefined && version === undefined) {
  console.log(`${MANIFEST.name} has no release yet: there is nothing to compare the public API with.`);
  process.exit(0);
}

const before = given ?? `npm:${MANIFEST.name}@${version}`;
console.log(`Comparing the public API with ${before}`);
const options = ["--error-on", "all", "--keys", "--ignore-file", "tools/release/accepted-api-changes.txt"];
const { status } = spawnSync(join(ROOT, "node_modules", ".bin", "jsii-diff"), [...options, before, ROOT], {
  cwd: ROOT,
  env: {
    ...process.env,
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: "1",
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: "20",
  },
  stdio: "inherit",
});
if (status !== 0)
  console.log(
    "Keep what users call, and deprecate it. If it must go, add its key to tools/release/accepted-api-changes.txt, with a reason.",
  );
process.exit(status ?? 1);
