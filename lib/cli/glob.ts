import { join } from "path";
import { filesBelow, statsOf } from "./folder";
import { misuse } from "./misuse";

/** Whether a path is a pattern, such as `apis/*.tpl`. */
export function isPattern(path: string): boolean {
  return /[*?{]/.test(path);
}

/** The files that a pattern matches. Most shells replace a pattern without quotes themselves, but that of Windows does not. */
export function matchingFiles(pattern: string): string[] {
  const found = new Set(withoutBraces(pattern.replace(/\\/g, "/")).flatMap(matchingOne));
  if (found.size === 0)
    misuse(
      "pattern-without-files",
      `No file matches the pattern ${pattern}.`,
      "Write a pattern such as 'apis/**/*.xml.tpl', in which ** is any number of folders.",
    );
  return [...found];
}

function matchingOne(pattern: string): string[] {
  if (!isPattern(pattern)) return statsOf(pattern)?.isFile() === true ? [pattern] : [];
  const segments = pattern.split("/").filter((segment, index) => index === 0 || (segment !== "" && segment !== "."));
  const first = segments.findIndex(isPattern);
  const folder = first === 0 ? "." : segments.slice(0, first).join("/") || "/";
  const prefix = folder === "." ? 0 : join(folder, "/").length;
  const below = segments.slice(first);
  return filesBelow(folder)
    .map(({ path }) => path)
    .filter((path) => matches(path.slice(prefix).replace(/\\/g, "/").split("/"), below));
}

/** The alternatives of a pattern with braces: `a.{xml,tpl}` is `a.xml` or `a.tpl`. */
function withoutBraces(pattern: string): string[] {
  const [whole, inside] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  return inside.split(",").flatMap((each) => withoutBraces(pattern.replace(whole, () => each)));
}

/** Whether the segments of a path match those of a pattern. `**` is any number of folders. */
function matches(path: readonly string[], pattern: readonly string[]): boolean {
  // How many segments of the path the pattern so far can match.
  let matched = new Set([0]);
  for (const segment of pattern) {
    const next = new Set<number>();
    for (const length of matched) {
      if (segment === "**") {
        next.add(length);
        for (let each = length; each < path.length && !path[each].startsWith("."); each++) next.add(each + 1);
      } else if (length < path.length && matchesName(path[length], segment)) next.add(length + 1);
    }
    matched = next;
  }
  return matched.has(path.length);
}

/** Whether a name matches a pattern of `*` and `?`. A hidden one matches only a pattern that begins like it. */
function matchesName(name: string, pattern: string): boolean {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  let at = 0;
  let star = -1;
  let resumed = 0;
  for (let index = 0; index < name.length;) {
    if (pattern[at] === "*") {
      star = at++;
      resumed = index;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === name[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      // The last star takes one more character.
      at = star + 1;
      index = ++resumed;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
