import type { IConstruct } from "constructs";
import { dirname, sep } from "path";
import { pathToFileURL } from "url";
import { inPython, isPython, pythonName } from "./python";

/** Where something is wrong: a construct, a call such as `Type.method`, or a file. */
export type Place = IConstruct | string;

/**
 * Throws an error that begins with the place and ends with the id. Its stack begins at the user's line.
 *
 * @param place where it is wrong; `undefined` for a value that belongs to no construct and no call
 * @param id stable, in kebab-case, and documented in `docs/reference/errors.md`
 * @param text what is wrong, with the offending values
 * @param remedy what to write instead
 */
export function fail(place: Place | undefined, id: string, text: string, remedy: string): never {
  throw errorAtUser(`${prefix(place)}${finding(id, text, remedy)}`);
}

/** Runs what knows no construct, and adds the construct to the place of its error: `[app/Orders: orders.xml] ...`. */
export function within<T>(scope: IConstruct, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error) {
      const { message, stack } = error;
      const { path } = scope.node;
      error.message = message.startsWith("[") ? `[${path}: ${message.slice(1)}` : `[${path}] ${message}`;
      error.stack = stack?.replace(message, () => error.message);
    }
    throw error;
  }
}

/** The text of a finding, written like an error, with code in the language of the app. cdktf adds the construct. */
export function finding(id: string, text: string, remedy: string): string {
  const message = conditionMessage(id, text, remedy);
  return isPython() ? inPython(message) : message;
}

/** The same for a condition of Terraform, and for all that is written into the Terraform: it is the same in every language. */
export function conditionMessage(id: string, text: string, remedy: string): string {
  return `${text}${text.endsWith("\n") ? "" : " "}${remedy} (${id})`;
}

/** How messages name a construct, which can be the app. */
export function shown({ node }: IConstruct): string {
  return node.path === "" ? "the app" : `"${node.path}"`;
}

function prefix(place: Place | undefined): string {
  if (place === undefined) return "";
  if (typeof place !== "string") return `[${place.node.path}] `;
  const [, type, method] = /^([A-Z]\w*)\.([a-z]\w*)$/.exec(place) ?? [];
  const isCall = isPython() && method !== undefined;
  return `[${isCall ? `${type}.${pythonName(method)}` : place}] `;
}

/** The folder of the library, as frames of CommonJS and of ES modules name it. */
const LIBRARY = [dirname(__dirname) + sep, `${pathToFileURL(dirname(__dirname))}/`];

/** Files of the framework and of other copies of the library, which can stand between the user's line and the library. */
const FRAMEWORK = /^node:|[\\/]node_modules[\\/](?:cdktf|cdktn|constructs|cdkt[fn]-secure-apim-backend)[\\/]/;

/** An error whose stack begins at the user's line: without the library's frames, and without the framework's above that line. */
export function errorAtUser(message: string): Error {
  const limit = Error.stackTraceLimit;
  // The user's line is below the library's, however many these are.
  Reflect.set(Error, "stackTraceLimit", Infinity);
  try {
    const error = new Error(message);
    if (typeof error.stack === "string") error.stack = cut(error.stack, message, limit);
    return error;
  } finally {
    Reflect.set(Error, "stackTraceLimit", limit);
  }
}

function cut(stack: string, message: string, limit: number | undefined): string {
  const first = stack.indexOf("\n", stack.indexOf(message) + message.length);
  if (first === -1) return stack;
  const frames = stack.slice(first + 1).split("\n");
  const others = frames.filter((frame) => !LIBRARY.some((folder) => fileOf(frame)?.startsWith(folder)));
  const top = others.findIndex((frame) => !FRAMEWORK.test(fileOf(frame) ?? "node:"));
  const shown = top === -1 ? frames : others.slice(top);
  return [stack.slice(0, first), ...shown.slice(0, limit)].join("\n");
}

/** The file of a frame, `at call (file:1:2)` or `at file:1:2`; `undefined` for a built-in function. */
function fileOf(frame: string): string | undefined {
  const place = frame.trim().replace(/^at (?:async )?/, "");
  const inside = place.endsWith(")") ? place.slice(place.indexOf(" (") + 2, -1) : place;
  return /^(.+):\d+:\d+$/.exec(inside)?.[1];
}
