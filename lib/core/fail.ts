import { dirname, sep } from "path";
import type { IConstruct } from "constructs";

/** Where something is wrong: a construct, a call such as `PolicyStatement.cors`, or a file. */
export type Place = IConstruct | string;

/** The library's own files, which are no line of the user's. */
const LIBRARY = dirname(__dirname) + sep;

/** Frames that may stand between the user's line and the library, where the framework calls us. */
const FRAMEWORK = /[\\/]node_modules[\\/](?:cdktf|cdktn|constructs)[\\/]|\(?node:internal[\\/]/;

/** Enough to find the user's line below the library's. */
const FRAMES = 60;

/**
 * Throws an error that begins with the place and ends with the id, and whose stack begins at the user's line.
 *
 * @param place where it is wrong; none where a value belongs to no construct and no call
 * @param id stable, in kebab-case, and documented in `docs/reference/errors.md`
 * @param text what is wrong, with the values that are
 * @param remedy what to write instead
 */
export function fail(place: Place | undefined, id: string, text: string, remedy: string): never {
  const message = `${prefix(place)}${finding(id, text, remedy)}`;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const error = new Error(message);
  Error.stackTraceLimit = limit;
  error.stack = cutStack(error.stack ?? "", limit);
  throw error;
}

/** The text of a finding, to which cdktf or Terraform adds the construct: the same words as of an error. */
export function finding(id: string, text: string, remedy: string): string {
  return `${text} ${remedy} (${id})`;
}

function prefix(place: Place | undefined): string {
  if (place === undefined) return "";
  return `[${typeof place === "string" ? place : place.node.path}] `;
}

/** The stack without the library's frames, and without those of the framework above the user's first line. */
function cutStack(stack: string, limit: number): string {
  const first = stack.search(/^ {4}at /m);
  if (first === -1) return stack;
  const frames = stack.slice(first).split("\n");
  const others = frames.filter((frame) => !frame.includes(LIBRARY));
  const users = others.slice(others.findIndex((frame) => !FRAMEWORK.test(frame)));
  return stack.slice(0, first) + (users.length > 0 ? users : frames).slice(0, limit).join("\n");
}
