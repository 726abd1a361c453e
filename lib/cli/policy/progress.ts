import { Console } from "../console";
import { StatusLine } from "../status-line";

const PATIENCE_IN_MS = 1000;

/** Shows the progress of a long run on a terminal. */
export class Progress {
  private readonly started = Date.now();
  private readonly line: StatusLine;
  private done = 0;

  constructor(
    private readonly total: number,
    private readonly console: Console,
  ) {
    this.line = new StatusLine(console);
  }

  public next(): void {
    this.done++;
    if (!this.console.interactive || Date.now() - this.started < PATIENCE_IN_MS) return;
    this.line.show(`${this.done} of ${this.total} documents`);
  }

  /** Clears the line of the progress, so that something else can be written. */
  public clear(): void {
    this.line.clear();
  }
}
