import { IConstruct } from "constructs";
import { fail } from "./fail";
import { described } from "./given";

/** Set it to true in the context of the app, and cdktf keeps the creation stack of every token. */
const KEPT = "cdktf-secure-apim-backend:creationStacks";

type Capture = () => string[];

/** How many of the constructors that run keep the stacks. */
let keeping = 0;

/**
 * Until the returned function is called, cdktf does not capture a creation stack for each token and block. It captures all frames, which
 * takes a third of the time of an app, and reads them only to say in an error where a token was made: the text names the construct
 * instead. Stacks of errors are not cdktf's, and stay whole. A construct that keeps them does so within one that does not. Call the
 * returned function in `finally`.
 *
 * @see docs/design/decisions.md#no-creation-stacks
 */
export function suspendCreationStacks(construct: IConstruct): () => void {
  if (keepsStacks(construct)) {
    keeping++;
    return () => void keeping--;
  }
  const found = capturing();
  if (found === undefined) return () => undefined;
  const [stackTraces, name] = found;
  const capture = stackTraces[name];
  const named = [`"${construct.node.path}" (for the line, set "${KEPT}" to true in the context of the app)`];
  const around = keeping;
  let isSuspended = true;
  // Others may have put a function around it meanwhile, or keep it.
  const nameOnly: Capture = () => (isSuspended && keeping === around ? named : capture());
  stackTraces[name] = nameOnly;
  return () => {
    isSuspended = false;
    if (stackTraces[name] === nameOnly) stackTraces[name] = capture;
  };
}

function keepsStacks(construct: IConstruct): boolean {
  const value: unknown = construct.node.tryGetContext(KEPT);
  if (![true, "true", false, "false", undefined].some((each) => each === value))
    fail(
      construct,
      "wrong-context",
      `"${KEPT}" in the context is ${described(value)}.`,
      `Under context in cdktf.json or in new App({ context }), write "${KEPT}": true, or false, or remove it.`,
    );
  return value === true || value === "true";
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
