import { Dirent, readdirSync, statSync } from "fs";
import { join } from "path";
import { misuse } from "./misuse";

/**
 * The given files, and all `*.xml` files in the given directories, each once and in a stable order. What cannot be opened is among
 * them: the report on it says why.
 */
export function policyFiles(paths: readonly string[]): string[] {
  if (paths.length === 0)
    misuse("policy-file-missing", "There is no policy document.", "Write one or more files or directories.");
  const files = [...new Set(paths.flatMap((path) => (isDirectory(path) ? xmlBelow(path) : [path])))];
  if (files.length === 0)
    misuse("directory-without-xml", `There is no *.xml file in ${paths.join(", ")}.`, "Write the name of a file.");
  return files;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function xmlBelow(directory: string): string[] {
  return (
    entriesIn(directory)?.flatMap((entry) => {
      const path = join(directory, entry.name);
      // Links are not followed, because they can form a circle.
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : xmlBelow(path);
      return entry.name.toLowerCase().endsWith(".xml") ? [path] : [];
    }) ?? [directory]
  );
}

function entriesIn(directory: string): Dirent[] | undefined {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}
