import { IConstruct } from "constructs";

/** Set it to true in the context of the app, and cdktf keeps the creation stack of every token. */
const KEPT = "cdktf-secure-apim-backend:creationStacks";

/** What cdktf exports for itself. */
interface StackTraces {
  captureStackTrace: () => string[];
}

/**
 * Until the returned function is called, cdktf does not capture a creation stack for each token and block. It captures all frames, which
 * takes a third of the time of an app, and reads them only to say in an error where a token was made: the text names the construct
 * instead. Stacks of errors are not cdktf's, and stay whole. Call the returned function in `finally`.
 *
 * @see docs/design/decisions.md#no-creation-stacks
 */
export function suspendCreationStacks({ node }: IConstruct): () => void {
  const traces = stackTraces();
  if (traces === undefined || String(node.tryGetContext(KEPT)) === "true") return () => undefined;
  const { captureStackTrace } = traces;
  const inside = [`"${node.path}" (for the line, set "${KEPT}" to true in the context of the app)`];
  const suspended = (): string[] => inside;
  traces.captureStackTrace = suspended;
  return () => {
    // What somebody else has put there meanwhile stays.
    if (traces.captureStackTrace === suspended) traces.captureStackTrace = captureStackTrace;
  };
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
