/*
 * Writes docs/api/API.md from what `npm run build` has compiled: `npm run docs`, or with a path for another file. jsii-docgen takes every
 * assembly below its folder, so it gets one without those of `dist`, which are of other versions.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { wholeSentences } from "./whole-sentences.cjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const [target = join(ROOT, "docs", "api", "API.md")] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "api-reference-"));
try {
  for (const name of ["package.json", ".jsii", "node_modules"]) symlinkSync(join(ROOT, name), join(folder, name));
  const written = join(folder, "API.md");
  execFileSync(join(ROOT, "node_modules", ".bin", "jsii-docgen"), ["-o", written], { cwd: folder, stdio: "inherit" });
  writeFileSync(resolve(target), wholeSentences(readFileSync(written, "utf8")));
} finally {
  rmSync(folder, { recursive: true });
}
