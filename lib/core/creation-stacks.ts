import { IConstruct } from "constructs";
import { fail } from "./fail";
import { described } from "./given";

/** Set it to true in the context of the app, and cdktf keeps the creation stack of every token. */
const KEPT = "cdktf-secure-apim-backend:creationStacks";

type Capture = () => string[];

/** What captured before a function took its place that captures nothing. */
const originals = new WeakMap<Capture, Capture>();

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
  const found = capturing();
  if (found === undefined) return () => undefined;
  const [stackTraces, name] = found;
  const before = stackTraces[name];
  const original = originals.get(before) ?? before;
  const meanwhile = kept ? original : namingOnly(construct, original);
  stackTraces[name] = meanwhile;
  return () => {
    // What somebody else has put there meanwhile stays.
    if (stackTraces[name] === meanwhile) stackTraces[name] = before;
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
function namingOnly({ node }: IConstruct, original: Capture): Capture {
  const inside = [`"${node.path}" (for the line, set "${KEPT}" to true in the context of the app)`];
  const naming: Capture = () => inside;
  originals.set(naming, original);
  return naming;
}

/** The module of cdktf that captures creation stacks, and the name of the function, if this version has it where it can be replaced. */
function capturing(): [stackTraces: Record<string, Capture>, name: string] | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const stackTraces: Record<string, Capture> = require("cdktf/lib/tokens/private/stack-trace");
    // CDK Terrain has a function for creation stacks. cdktf has one for all stacks, and captures no others.
    const name = "captureCreationStack" in stackTraces ? "captureCreationStack" : "captureStackTrace";
    const { writable, value } = Object.getOwnPropertyDescriptor(stackTraces, name) ?? {};
    return writable === true && typeof value === "function" ? [stackTraces, name] : undefined;
  } catch {
    return undefined;
  }
}
