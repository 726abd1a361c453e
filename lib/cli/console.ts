/** Where a command writes to. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody watches `err`, and may be shown progress. */
  readonly interactive: boolean;
}

/** What a command tells the shell. */
export const ExitCode = {
  /** Every document can be merged. */
  OK: 0,
  /** A conflict stands in the way of at least one document. */
  CONFLICTS: 1,
  /** The command was written wrongly, or a file cannot be opened. */
  USAGE: 2,
  /** At least one document cannot be read as policy. */
  UNREADABLE: 3,
} as const;

/** A command written wrongly, with what to write instead. */
export class UsageError extends Error {}
