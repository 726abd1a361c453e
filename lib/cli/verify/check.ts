import { Verdict } from "./diagnosis";
import { Answer, ask, Asked } from "./request";
import { judgeSilence } from "./silence";

/** What is checked: an app that is called directly, or an API that is called through its gateway. */
export interface Target {
  readonly kind: "backend" | "slot" | "api";
  readonly url: URL;
}

/** Something that must hold of a target. */
export interface Check {
  readonly name: string;
  /** What must be answered, in words. */
  readonly expected: string;
  /** Whether another host than the target's is asked. */
  readonly elsewhere?: boolean;
  /** Whether it fails if nobody answers. Any other check is then not checked. */
  readonly mustAnswer?: boolean;
  /** Runs it. `first` is what the first check of the target came to; the first one has none. */
  readonly run: (first?: Verdict) => Promise<Verdict>;
}

/** What a check of a target came to. */
export interface CheckResult extends Verdict {
  readonly target: Target;
  readonly check: string;
  readonly expected: string;
  readonly seconds: number;
}

/** Asks, and returns the verdict on the answer, or on there being none. */
export async function judged(url: URL, asked: Asked, judge: (answer: Answer) => Verdict): Promise<Verdict> {
  const answer = await ask(url, asked);
  if ("silence" in answer) return { ...judgeSilence(answer.silence), silent: true };
  return { ...judge(answer), status: answer.status };
}
