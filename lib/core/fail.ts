import type { IConstruct } from "constructs";
import { errorAtUser } from "./users-stack";

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
    if (error instanceof Error) addPlace(error, scope.node.path);
    throw error;
  }
}

function addPlace(error: Error, path: string): void {
  const { message, stack } = error;
  error.message = message.startsWith("[") ? `[${path}: ${message.slice(1)}` : `[${path}] ${message}`;
  error.stack = stack?.replace(message, () => error.message);
}

/** The text of a finding, written like an error. cdktf or Terraform adds the construct. */
export function finding(id: string, text: string, remedy: string): string {
  return `${text}${text.endsWith("\n") ? "" : " "}${remedy} (${id})`;
}

function prefix(place: Place | undefined): string {
  if (place === undefined) return "";
  return `[${typeof place === "string" ? place : place.node.path}] `;
}
