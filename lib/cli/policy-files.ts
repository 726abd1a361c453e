import { accessSync, constants, readdirSync, statSync } from "fs";
import { join } from "path";
import { finding } from "../core/fail";
import { UsageError } from "./console";

/** The given files, and all `*.xml` files in the given directories, each once and in a stable order. */
export function policyFiles(paths: readonly string[]): string[] {
  if (paths.length === 0)
    throw new UsageError(
      finding("policy-file-missing", "There is no policy document.", "Write one or more files or directories."),
    );
  const files = [...new Set(paths.flatMap(filesAt))];
  if (files.length === 0)
    throw new UsageError(
      finding("directory-without-xml", `There is no *.xml file in ${paths.join(", ")}.`, "Write the name of a file."),
    );
  // Before anything is written: a file that cannot be opened is a mistake in the command line.
  for (const file of files) opening(file, () => accessSync(file, constants.R_OK));
  return files;
}

function filesAt(path: string): string[] {
  return opening(path, () => (statSync(path).isDirectory() ? xmlBelow(path) : [path]));
}

function opening<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      finding(
        "path-cannot-be-opened",
        `${path} cannot be opened: ${message}.`,
        "Write the path of a file or directory that can be read.",
      ),
    );
  }
}

function xmlBelow(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    // Links are not followed, because they can form a circle.
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : xmlBelow(path);
    return entry.name.toLowerCase().endsWith(".xml") ? [path] : [];
  });
}
