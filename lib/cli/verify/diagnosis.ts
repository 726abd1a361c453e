/** Why a check did not pass. */
export interface Diagnosis {
  readonly id: string;
  /** The likely cause. */
  readonly cause: string;
  /** What to do. */
  readonly fix: string;
}

/** What a check came to. What cannot be known has not passed. */
export interface Verdict {
  readonly result: "passed" | "failed" | "not checked";
  /** The status that was answered, if there was an answer. */
  readonly status?: number;
  readonly diagnosis?: Diagnosis;
  /** Whether it can pass later, without any change: identities propagate, apps start. */
  readonly later?: boolean;
  /** Whether the server did not answer at all. */
  readonly silent?: boolean;
}

/** A diagnosis, which is documented in `docs/reference/errors.md`. */
export function diagnosis(id: string, cause: string, fix: string): Diagnosis {
  return { id, cause, fix };
}

export const PASSED: Verdict = { result: "passed" };

export function failed(why: Diagnosis): Verdict {
  return { result: "failed", diagnosis: why };
}

export function notChecked(why: Diagnosis): Verdict {
  return { result: "not checked", diagnosis: why };
}

/** The same verdict, which can be another one later. */
export function forNow(verdict: Verdict): Verdict {
  return { ...verdict, later: true };
}
