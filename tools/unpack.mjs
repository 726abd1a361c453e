import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Packs what `npm pack` takes, such as a folder or a version on npm, and unpacks it into a folder, which is emptied before. */
export function unpack(spec, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const options = ["pack", spec, "--loglevel=error", "--ignore-scripts", "--pack-destination", folder];
  const output = execFileSync("npm", options, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const file = join(folder, output.trim());
  execFileSync("tar", ["-xzf", file, "-C", folder, "--strip-components=1"]);
  rmSync(file);
}
