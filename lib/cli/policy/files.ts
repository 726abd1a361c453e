import { dirname, extname, join } from "path";
import { finding } from "../../core/fail";
import { FileBelow, filesBelow, statsOf } from "../folder";
import { isPattern, matchingFiles } from "../glob";
import { isStandardInput } from "../input";
import { misuse } from "../misuse";
import { isTemplate } from "./template";

/** The documents that a command line names, and what was left out in the folders. */
export interface FoundFiles {
  /** Each once, in a stable order. What cannot be opened is among them: the report on it says why. */
  readonly files: readonly FoundFile[];
  /** The files that are no policy documents by their names. */
  readonly skipped: readonly string[];
}

/** A document. */
export interface FoundFile {
  readonly path: string;
  /** Whether it was found in a folder, and not named. Then it need not be a policy document. */
  readonly isSearched: boolean;
}

/** The given files, what the given patterns match, and the documents in the given folders. */
export function policyFiles(paths: readonly string[]): FoundFiles {
  if (paths.length === 0)
    misuse(
      "policy-file-missing",
      "There is no policy document.",
      'Write one or more files, folders or patterns, or "-" for standard input.',
    );
  const found = paths.map(filesAt);
  const byPath = new Map<string, FoundFile>();
  for (const file of found.flatMap(({ files }) => files)) {
    const isSearched = file.isSearched && (byPath.get(file.path)?.isSearched ?? true);
    byPath.set(file.path, { path: file.path, isSearched });
  }
  const skipped = [...new Set(found.flatMap((each) => each.skipped))].filter((path) => !byPath.has(path));
  if (byPath.size === 0)
    misuse(
      "folder-without-policies",
      `There is no policy document in ${paths.join(", ")}: no *.xml, *.policy, *.cshtml, and no template of them.${skipped.length > 0 ? ` It has ${bySuffix(skipped)}.` : ""}`,
      skipped.length > 0
        ? `Write the name of a file, or a pattern such as '${patternFor(skipped)}'.`
        : "Write the name of a file.",
    );
  return { files: [...byPath.values()], skipped };
}

function filesAt(path: string): FoundFiles {
  if (isStandardInput(path)) return { files: [{ path: "-", isSearched: false }], skipped: [] };
  const stats = statsOf(path);
  if (stats?.isDirectory() === true) return documentsBelow(path);
  if (stats === undefined && isPattern(path)) return { files: matching(path), skipped: [] };
  return { files: [{ path, isSearched: false }], skipped: [] };
}

/** A folder that cannot be listed is one of the documents, so that the report says so. */
function documentsBelow(folder: string): FoundFiles {
  const all = filesBelow(folder);
  const isRead = ({ path, isUnlisted }: FileBelow): boolean => isUnlisted || DOCUMENT.test(path);
  return {
    files: all.filter(isRead).map(({ path }) => ({ path, isSearched: true })),
    skipped: all.filter((file) => !isRead(file)).map(({ path }) => path),
  };
}

/** Names that policy documents have: those of the portal's editors, of Visual Studio Code, and of templates. */
const DOCUMENT = /\.(xml|policy|cshtml)(\.(tpl|tftpl|tmpl))?$/i;

function matching(path: string): FoundFile[] {
  return matchingFiles(path).map((each) => ({ path: each, isSearched: false }));
}

const MOST_SUFFIXES = 5;

/** What was left out in the folders, and how to check it. */
export function skippedText(skipped: readonly string[]): string {
  return finding(
    "files-not-read",
    `${skipped.length} other ${skipped.length === 1 ? "file was" : "files were"} not read: ${bySuffix(skipped)}.`,
    `If policies are among them, write a pattern such as '${patternFor(skipped)}'.`,
  );
}

/** How many files have which endings, the most frequent first. */
function bySuffix(paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(suffixOf(path), (counts.get(suffixOf(path)) ?? 0) + 1);
  const sorted = [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1));
  const named = sorted.slice(0, MOST_SUFFIXES).map(([suffix, count]) => `${count} ${suffix}`);
  const others = sorted.slice(MOST_SUFFIXES).reduce((sum, [, count]) => sum + count, 0);
  return [...named, ...(others > 0 ? [`${others} others`] : [])].join(", ");
}

function suffixOf(path: string): string {
  return extname(path) || "without an ending";
}

/** A pattern for the file that is most likely a policy document, and its neighbors. */
function patternFor(skipped: readonly string[]): string {
  const file = skipped.find(isTemplate) ?? skipped.find((path) => extname(path) !== "") ?? skipped[0];
  return join(dirname(file), `*${extname(file)}`);
}
