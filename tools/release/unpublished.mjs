import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./last-release.mjs";

const UNPUBLISHED =
  /\bnot (?:on npm|on PyPI|published) yet\b|\bnot yet published\b|\bnothing is (?:published|released) yet\b/i;

/** The pages that still say that nothing is published. */
export function unpublishedPages() {
  const own = ["README.md", "SECURITY.md"];
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`);
  const pages = [...own, ...docs.filter((file) => file.endsWith(".md")).sort()];
  return pages.filter((file) => UNPUBLISHED.test(readFileSync(join(ROOT, file), "utf8").replace(/\s+/g, " ")));
}
