import { join } from "path";

const ROOT = join(__dirname, "../../");

/** A line of the library or of a test, from the project. Those of these helpers only watch. */
const OF_PROJECT = /^((?:lib\/|test\/(?!helpers\/(?:project-lines|callers|growth|tally|readings)\.ts))[^:]*):\d+/;

/** What was said of the same places in compiled code: to find the lines that they were compiled from takes long. */
const KNOWN = new Map<string, string>();

/**
 * The innermost line of the project that is running, and the line of another file that led to it, such as
 * `lib/core/names.ts:12 from lib/core/guard.ts:30`. Empty if no code of the project is running.
 */
export function linesOfProject(): string {
  const key = linesAmong(compiledFrames());
  const lines = KNOWN.get(key) ?? linesAmong(frames());
  KNOWN.set(key, lines);
  return lines;
}

function linesAmong(all: readonly string[]): string {
  const found = all.flatMap((frame) => {
    const [line, file] = OF_PROJECT.exec(frame.slice(frame.indexOf(ROOT) + ROOT.length)) ?? [];
    return file === undefined ? [] : { line, file };
  });
  const [innermost, ...others] = found;
  const caller = others.find(({ file }) => file !== innermost.file);
  return [innermost, caller].flatMap((each) => each?.line ?? []).join(" from ");
}

function frames(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return stack.split("\n");
}

/** The same in compiled code, where a line can have many columns. */
function compiledFrames(): string[] {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, calls) =>
    calls.map((call) => `${call.getFileName()}:${call.getLineNumber()}`).join("\n");
  try {
    return frames();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
