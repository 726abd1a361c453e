import { Console } from "./console";

/** Clears the line of the terminal. */
const CLEAR_LINE = "\r\u001b[K";

/** A line of the terminal that is written again and again. */
export class StatusLine {
  private shown = false;

  constructor(private readonly console: Console) {}

  public show(text: string): void {
    this.console.err(`${CLEAR_LINE}${text}`);
    this.shown = true;
  }

  /** Clears the line, so that something else can be written. */
  public clear(): void {
    if (this.shown) this.console.err(CLEAR_LINE);
    this.shown = false;
  }
}
