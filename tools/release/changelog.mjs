import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./last-release.mjs";

export const CHANGELOG = join(ROOT, "CHANGELOG.md");

/** The files in `.changeset` that are entries of the next section. */
export const changesets = () => readdirSync(join(ROOT, ".changeset")).filter((file) => /^(?!README).*\.md$/.test(file));

/** The heading and the text of the section of a version in CHANGELOG.md. */
export function sectionOf(version) {
  const [, ...sections] = readFileSync(CHANGELOG, "utf8").split(/^## /m);
  const section = sections.find((each) => each.split(/[\s\n]/)[0] === version);
  if (section === undefined) return undefined;
  const [heading, ...lines] = section.split("\n");
  return { heading, text: lines.join("\n").trim() };
}
