import { withoutEnd } from "./without-end";
import { literalOutline } from "./tokens";

/** Stands for a part that only Terraform knows. */
const UNKNOWN = "\u0000";

const HOST = "[a-z0-9._-]";
const PATH = "[a-z0-9._~!$&'()*+,;=:%/-]*";
const PORT = "(?::[0-9]+)?";
const REST = `${PORT}(?:[/]${PATH})?`;

/**
 * The pattern of an `https://` address with parts that only Terraform knows. It fits Terraform's syntax as well. The address is host
 * and path only, and a part cannot lead to another host than the one around it: a path can come from a part at the end, or from one
 * that has the scheme.
 *
 * @param part the pattern of a part in the path
 */
export function addressPattern(url: string, part = PATH): RegExp {
  const outline = literalOutline(url, UNKNOWN).replace(/^(?:\u0000|https):\/\//i, "");
  const [, host = "", path = ""] = /^([^/]*)(.*)/s.exec(outline) ?? [];
  const hasScheme = outline.startsWith(UNKNOWN) && literalOutline(url, UNKNOWN) === outline;
  return new RegExp(`^https:[/]{2}${hostPattern(host, hasScheme || path === "")}${written(path, part)}$`, "i");
}

function hostPattern(host: string, canHavePath: boolean): string {
  const start = withoutEnd(host, UNKNOWN);
  if (start === "") return `${HOST}+${canHavePath ? REST : PORT}`;
  if (start === host || !canHavePath) return written(host, `${HOST}*`);
  // After a whole name follows no more of it.
  const more = /[A-Za-z0-9]$/.test(start) ? "" : `${HOST}*`;
  return written(start, `${HOST}*`) + more + REST;
}

/** A text as a pattern without backslashes, and a pattern for each unknown part. */
function written(text: string, unknown: string): string {
  return [...text]
    .map((character) => (character === UNKNOWN ? unknown : character.replace(/[^A-Za-z0-9_:-]/, "[$&]")))
    .join("");
}
