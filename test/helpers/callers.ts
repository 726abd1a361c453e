import { Debugger, Session } from "inspector";
import { linesOfProject } from "./project-lines";

/* Which lines of the project lead to what runs in a package. */

/** Code, by its place in a script. */
export interface Code {
  readonly scriptId: string;
  readonly startOffset: number;
  readonly endOffset: number;
}

/** What a line with a breakpoint calls, instead of to pause. */
const REACHED = "reachedInPackage";

/** How often each of these is reached from each line of the project, while an action runs. */
export function callersOf(session: Session, reached: readonly Code[], action: () => void): Map<string, number>[] {
  const callers = reached.map(() => new Map<string, number>());
  const counted = (index: number): false => {
    const lines = linesOfProject();
    callers[index].set(lines, (callers[index].get(lines) ?? 0) + 1);
    return false;
  };
  Object.assign(globalThis, { [REACHED]: counted });
  const breakpoints = reached.map((code, index) => breakpointAt(session, code, `${REACHED}(${index})`));
  try {
    action();
  } finally {
    for (const breakpointId of breakpoints) session.post("Debugger.removeBreakpoint", { breakpointId });
    Reflect.deleteProperty(globalThis, REACHED);
  }
  return callers;
}

/** A breakpoint at the first statement of code, which pauses if a condition holds. */
function breakpointAt(session: Session, code: Code, condition: string): Debugger.BreakpointId {
  let breakpointId = "";
  const [start, end] = [code.startOffset, code.endOffset].map((offset) => locationOf(session, code.scriptId, offset));
  session.post("Debugger.getPossibleBreakpoints", { start, end }, (_, { locations: [location] }) => {
    session.post("Debugger.setBreakpoint", { location, condition }, (__, set) => ({ breakpointId } = set));
  });
  return breakpointId;
}

function locationOf(session: Session, scriptId: string, offset: number): Debugger.Location {
  let before = "";
  session.post("Debugger.getScriptSource", { scriptId }, (_, { scriptSource }) => {
    before = scriptSource.slice(0, offset);
  });
  const lines = before.split("\n");
  return { scriptId, lineNumber: lines.length - 1, columnNumber: lines.at(-1)!.length };
}
