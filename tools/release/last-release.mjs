import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const MANIFEST = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** What reserves the name on npm before the first release, see CONTRIBUTING.md. */
const PLACEHOLDER = "0.0.0";

/** The version of the last release on npm, or `undefined` if there is none. */
export function lastRelease() {
  const { status, stdout, stderr } = spawnSync("npm", ["view", MANIFEST.name, "version", "--json"], {
    encoding: "utf8",
  });
  if (status === 0) {
    const version = JSON.parse(stdout);
    return version === PLACEHOLDER ? undefined : version;
  }
  if (/\bE404\b/.test(`${stdout}${stderr}`)) return undefined;
  throw new Error(`npm does not say what the last release of ${MANIFEST.name} is.\n${stderr}`);
}
