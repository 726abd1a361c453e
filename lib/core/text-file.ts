import { readFileSync } from "fs";
import { resolve } from "path";
import { fail, Place } from "./fail";

/** A file of text, and how messages about it begin. */
export interface TextFile {
  /** The path, relative to the working directory or absolute. */
  readonly path: string;
  /** What the file is, in words: `The policy document`. */
  readonly what: string;
  /** Where messages say that it is wrong. */
  readonly place: Place;
}

/** The text of a file with its byte order mark, if it has one: every byte comes back. */
export function readUtf8({ path, what, place }: TextFile): string {
  const bytes = bytesOf({ path, what, place });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail(place, "not-utf8", `${what} "${path}" is not encoded in UTF-8.`, "Save it as UTF-8.");
  }
}

function bytesOf({ path, what, place }: TextFile): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { message } = error as Error;
    fail(
      place,
      "unreadable-file",
      `${what} "${path}" cannot be read: ${message}.`,
      `Write the path of a file. "${path}" is looked up at "${resolve(path)}".`,
    );
  }
}
