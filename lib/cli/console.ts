/** The output of a command. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal, so that progress can be shown. */
  readonly interactive: boolean;
}

/** The exit codes. */
export const ExitCode = {
  /** Every document can be merged. */
  OK: 0,
  /** At least one document has conflicts. */
  CONFLICTS: 1,
  /** The command line is wrong, or a file cannot be opened. */
  USAGE: 2,
  /** At least one document cannot be read as a policy. */
  UNREADABLE: 3,
} as const;

/** A wrong command line, with what to write instead. */
export class UsageError extends Error {}
