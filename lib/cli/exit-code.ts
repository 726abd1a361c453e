/** The exit codes. */
export const ExitCode = {
  /** Nothing is wrong. */
  OK: 0,
  /** At least one document has conflicts. */
  CONFLICTS: 1,
  /** At least one check has failed, or one rule is violated by an error. */
  FAILED: 1,
  /** The command line is wrong. */
  USAGE: 2,
  /** At least one input cannot be read. */
  UNREADABLE: 3,
  /** The output cannot be written. */
  UNWRITABLE: 4,
  /** Nothing is wrong, but something was not checked or cannot be judged. */
  NOT_CHECKED: 5,
  /** The command itself is wrong. */
  CRASHED: 70,
} as const;
