import { Dirent, readdirSync, Stats, statSync } from "fs";
import { join } from "path";

/** A file in a folder or in its subfolders. */
export interface FileBelow {
  readonly path: string;
  /** Whether it is a folder that cannot be listed. */
  readonly isUnlisted: boolean;
}

/** Folders of packages, of Terraform and of Git. */
const IGNORED = new Set(["node_modules", ".terraform", ".git"]);

/** All files below a folder, in a stable order. */
export function filesBelow(folder: string): FileBelow[] {
  const entries = entriesIn(folder);
  if (entries === undefined) return [{ path: folder, isUnlisted: true }];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    // Links are not followed, because they can form a circle.
    if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : filesBelow(path);
    return [{ path, isUnlisted: false }];
  });
}

function entriesIn(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

/** None of what is missing, or cannot be looked at. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
