import { IConstruct } from "constructs";
import { fail } from "./fail";
import { described } from "./given";

/** Set it to true in the context of the app, and cdktf keeps the creation stack of every token. */
const KEPT = "cdktf-secure-apim-backend:creationStacks";

/** What cdktf exports for itself. */
interface StackTraces {
  captureStackTrace: () => string[];
}

/** What captured before a function took its place that captures nothing. */
const originals = new WeakMap<StackTraces["captureStackTrace"], StackTraces["captureStackTrace"]>();

/**
 * Until the returned function is called, cdktf does not capture a creation stack for each token and block. It captures all frames, which
 * takes a third of the time of an app, and reads them only to say in an error where a token was made: the text names the construct
 * instead. Stacks of errors are not cdktf's, and stay whole. A construct that keeps them does so within one that does not. Call the
 * returned function in `finally`.
 *
 * @see docs/design/decisions.md#no-creation-stacks
 */
export function suspendCreationStacks(construct: IConstruct): () => void {
  const kept = keepsStacks(construct);
  const traces = stackTraces();
  if (traces === undefined) return () => undefined;
  const { captureStackTrace: before } = traces;
  const original = originals.get(before) ?? before;
  const meanwhile = kept ? original : namingOnly(construct, original);
  traces.captureStackTrace = meanwhile;
  return () => {
    // What somebody else has put there meanwhile stays.
    if (traces.captureStackTrace === meanwhile) traces.captureStackTrace = before;
  };
}

function keepsStacks(construct: IConstruct): boolean {
  const value: unknown = construct.node.tryGetContext(KEPT);
  if (!["true", "false", "undefined"].includes(String(value)))
    fail(
      construct,
      "wrong-context",
      `The value of "${KEPT}" in the context is ${described(value)}.`,
      "Write true or false.",
    );
  return String(value) === "true";
}

/** Captures the path of the construct instead of a stack. */
function namingOnly(
  { node }: IConstruct,
  original: StackTraces["captureStackTrace"],
): StackTraces["captureStackTrace"] {
  const inside = [`"${node.path}" (for the line, set "${KEPT}" to true in the context of the app)`];
  const naming = (): string[] => inside;
  originals.set(naming, original);
  return naming;
}

/** The function of cdktf, if this version has it where it can be replaced. Without it, stacks are captured. */
function stackTraces(): StackTraces | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const traces: unknown = require("cdktf/lib/tokens/private/stack-trace");
    const { writable, value } = Object.getOwnPropertyDescriptor(traces, "captureStackTrace") ?? {};
    return writable === true && typeof value === "function" ? (traces as StackTraces) : undefined;
  } catch {
    return undefined;
  }
}
