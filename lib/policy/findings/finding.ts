import type { SourcePosition } from "../syntax/source-tree";

/** A place in a document or in a statement. */
export interface Place extends SourcePosition {
  /** The file or the statement that line and column belong to. */
  readonly source: string;
}

/** A statement and where it is inserted. */
export interface PlannedInsertion extends SourcePosition {
  readonly statement: string;
  readonly section: string;
  readonly elements: readonly string[];
}

/** A conflict prevents the merge. A warning does not. */
export type Severity = "conflict" | "warning";

/** A problem that a rule finds in a document. */
export interface PolicyFinding extends Place {
  /** The id of the rule. */
  readonly id: string;
  readonly severity: Severity;
  /** The statement that the document conflicts with, if any. */
  readonly ours?: PlannedInsertion;
  readonly message: string;
  /** What to write instead; you choose one. */
  readonly resolutions: readonly string[];
}

/** A finding in one line: place, message, resolutions and id. */
export function findingLine({ id, line, column, message, resolutions }: PolicyFinding): string {
  return `${line}:${column} ${message} ${sentence(resolutions)} (${id})`;
}

function sentence(resolutions: readonly string[]): string {
  const text = resolutions.join("; or ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
