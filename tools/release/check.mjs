/*
 * Refuses to release what is not ready: `node tools/release/check.mjs v0.2.0`. The tag, the version, the changelog and the
 * documents must agree, and no changeset may be left over.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { changesets, sectionOf } from "./changelog.mjs";
import { MANIFEST, ROOT } from "./last-release.mjs";
import { unpublishedPages } from "./unpublished.mjs";

const { version } = MANIFEST;
const [tag] = process.argv.slice(2);
const section = sectionOf(version);
const leftOver = changesets();

const problems = [
  ...(tag === `v${version}` ? [] : [`The tag is ${tag ?? "not given"}, but package.json has version ${version}.`]),
  ...(section === undefined || section.text === "" ? [`CHANGELOG.md says nothing of ${version}.`] : []),
  ...(section?.heading.endsWith("(unreleased)") ? [`CHANGELOG.md says that ${version} is unreleased.`] : []),
  ...(leftOver.length === 0 ? [] : [`Changesets are left over: ${leftOver.join(", ")}.`]),
  ...(existsSync(join(ROOT, "test/contract/addresses.released.txt"))
    ? []
    : ["The addresses of this version are not kept."]),
  ...unpublishedPages().map((page) => `${page} says that nothing is published.`),
];
if (problems.length > 0) {
  console.error(`${problems.join("\n")}\nRun \`npm run release:version\`, do what it says, and commit the result.`);
  process.exit(1);
}
