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

/** A wrong command line. Its message is a finding. */
export class UsageError extends Error {}

const PATIENCE_IN_MS = 1000;
const CLEAR_LINE = "\r\u001b[K";

/** Shows the progress of a long run on a terminal. */
export class Progress {
  private readonly started = Date.now();
  private done = 0;
  private shown = false;

  constructor(
    private readonly total: number,
    private readonly console: Console,
  ) {}

  public next(): void {
    this.done++;
    if (!this.console.interactive || Date.now() - this.started < PATIENCE_IN_MS) return;
    this.console.err(`${CLEAR_LINE}${this.done} of ${this.total} documents`);
    this.shown = true;
  }

  /** Writes something else after clearing the line of the progress. */
  public around(write: () => void): void {
    this.end();
    write();
  }

  public end(): void {
    if (this.shown) this.console.err(CLEAR_LINE);
    this.shown = false;
  }
}
