/** A line and a column of a document, both starting at 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** A place in a document or in a statement. */
export interface Place extends SourcePosition {
  /** The file or the statement that line and column belong to. */
  readonly source: string;
}
