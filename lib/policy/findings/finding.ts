import { PolicyConflict } from "../policy-conflict";
import type { SourcePosition, SourceTree } from "../syntax/source-tree";

/** What a merge meets in a document. */
export interface PolicyFinding extends SourcePosition {
  /** A conflict keeps the merge from happening; a warning does not. */
  readonly severity: "conflict" | "warning";
  /** Which of the conflicts that can be resolved by name, or what else is the matter. */
  readonly kind: PolicyConflict | PolicyIssue;
  /** The file or statement in which it was met. */
  readonly source: string;
  /** What stands against it, where there is such a thing. */
  readonly ours?: PlannedInsertion;
  readonly message: string;
  /** What to write instead; the reader chooses one. */
  readonly resolutions: readonly string[];
}

/** What has no name to resolve it by. */
export type PolicyIssue =
  | "ROOT"
  | "FRAGMENT"
  | "MISSING_SECTION"
  | "REPEATED_SECTION"
  | "SEVERAL_FORWARDINGS"
  | "IGNORED_ERROR"
  | "ONCE_IN_A_DOCUMENT"
  | "REPEATED_BASE"
  | "TOKEN_REPLACED_LATER"
  | "OPAQUE_FRAGMENT"
  | "HEADER_REMOVED"
  | "COPIED_TOKEN"
  | "FOLLOWED_REDIRECTS"
  | "UNKNOWN_HEADER"
  | "BROKEN_CODE"
  | "READ_DIFFERENTLY"
  | "NO_BASE"
  | "NO_FORWARDING"
  | "LATE_CORS"
  | "CONDITIONAL_VALIDATION"
  | "LOST_VARIABLE"
  | "KEPT_BACKEND";

/** A statement and where it is inserted. */
export interface PlannedInsertion extends SourcePosition {
  readonly statement: string;
  readonly section: string;
  readonly elements: readonly string[];
}

/** Something at a place of a document that has to be mended there. */
export function conflictAt(
  tree: SourceTree,
  offset: number,
  kind: PolicyIssue,
  message: string,
  resolution: string,
): PolicyFinding {
  const severity = "conflict";
  return { severity, kind, source: tree.source, ...tree.position(offset), message, resolutions: [resolution] };
}
function sentence(resolutions: readonly string[]): string {
  const text = resolutions.join("; or ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** A finding as one line: the place, what is the matter, and what to write instead. */
export function findingLine({ line, column, message, resolutions }: PolicyFinding): string {
  return `${line}:${column} ${message}${resolutions.length > 0 ? ` ${sentence(resolutions)}` : ""}`;
}
