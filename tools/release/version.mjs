/*
 * Makes the version of the next release: `npm run release:version`. The changesets become a section of CHANGELOG.md and the version of
 * package.json. What the examples deploy is kept as that of a release, to compare later versions with. Commit the result.
 *
 * @see docs/design/decisions.md#changelog-for-readers
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHANGELOG, changesets, sectionOf } from "./changelog.mjs";
import { ROOT } from "./last-release.mjs";
import { unpublishedPages } from "./unpublished.mjs";

const run = (file, ...options) => execFileSync(file, options, { cwd: ROOT, stdio: "inherit" });
const version = () => JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version;
const UNRELEASED = " (unreleased)";

const entries = changesets();
const isUnreleased = sectionOf(version())?.heading.endsWith(UNRELEASED) === true;
if (entries.length === 0 && !isUnreleased) {
  console.error("There is nothing to release. `npx changeset` says what changed.");
  process.exit(1);
}

// The first version is the one of package.json, and its section is written by hand.
if (isUnreleased && entries.length > 0) {
  console.error(
    `Before the first release there are no changesets: move the text of ${entries.join(", ")} into CHANGELOG.md.`,
  );
  process.exit(1);
}
if (isUnreleased) {
  const before = `## ${version()}${UNRELEASED}`;
  writeFileSync(CHANGELOG, readFileSync(CHANGELOG, "utf8").replace(before, `## ${version()}`));
} else {
  run(join(ROOT, "node_modules", ".bin", "changeset"), "version");
  run("npm", "version", version(), "--no-git-tag-version", "--allow-same-version", "--ignore-scripts");
}
copyFileSync(join(ROOT, "test/contract/addresses.txt"), join(ROOT, "test/contract/addresses.released.txt"));
for (const page of unpublishedPages()) console.log(`${page} says that nothing is published: correct it.`);
console.log(
  `Version ${version()}. Read CHANGELOG.md, and what README.md says of the version. Then commit, merge, and push the tag v${version()}.`,
);
