import { Console } from "../console";
import { printable } from "../printable";
import { StatusLine } from "../status-line";
import { Check, Target } from "./check";
import { Verdict } from "./diagnosis";

const LONGEST_PAUSE_MS = 15_000;

/** Repeats a check that can pass later, and shows what it waits for. All checks share the time. */
export class Patience {
  private readonly started = Date.now();
  private readonly line: StatusLine;
  private announced = false;

  constructor(
    private readonly waitMs: number,
    private readonly console: Console,
    private readonly pauseMs = 2000,
  ) {
    this.line = new StatusLine(console);
  }

  /** The last verdict of the check. */
  public async run(target: Target, check: Check, first?: Verdict): Promise<Verdict> {
    for (let pause = this.pauseMs; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const verdict = await check.run(first);
      const passed = Date.now() - this.started;
      if (verdict.later !== true || passed + pause > this.waitMs) {
        this.line.clear();
        return verdict;
      }
      this.show(target, check, verdict, passed);
      await new Promise((resume) => setTimeout(resume, pause));
    }
  }

  /** On a terminal one line that changes; in a log one line for the whole run. */
  private show({ url }: Target, { name, expected }: Check, { status }: Verdict, passedMs: number): void {
    const answer = status === undefined ? "no answer" : `${status}`;
    const time = `${Math.round(passedMs / 1000)} of at most ${Math.round(this.waitMs / 1000)} s`;
    const line = printable(`waiting for ${url.href} (${name}): ${answer}, expected ${expected}; ${time}`);
    if (this.console.interactive) this.line.show(line);
    else if (!this.announced) this.console.err(`${line}\n`);
    this.announced = true;
  }
}
