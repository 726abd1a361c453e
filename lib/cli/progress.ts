import { CLEAR_LINE, Console } from "./console";

const PATIENCE_IN_MS = 1000;

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

  /** Clears the line of the progress, so that something else can be written. */
  public clear(): void {
    if (this.shown) this.console.err(CLEAR_LINE);
    this.shown = false;
  }
}
