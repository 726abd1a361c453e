import { readFileSync } from "fs";
import { resolve } from "path";
import { fail, Place } from "./fail";
import { requireText } from "./given";

/** A text file, and how messages name it. */
export interface TextFile {
  /** The path, relative to the working directory or absolute. */
  readonly path: string;
  /** What the file is, such as `The document`. */
  readonly what: string;
  /** Where the file is used. */
  readonly place: Place;
}

/** The text of a file, byte for byte: it keeps its byte order mark. */
export function readUtf8({ path, what, place }: TextFile): string {
  const bytes = bytesOf({ path, what, place });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail(place, "not-utf8", `${what} "${path}" is not encoded in UTF-8.`, "Save it as UTF-8.");
  }
}

function bytesOf({ path, what, place }: TextFile): Buffer {
  requireText(place, `path of ${what.replace(/^The /, "the ")}`, path, "the path of an existing file");
  try {
    return readFileSync(path);
  } catch (error) {
    const { message } = error as Error;
    fail(
      place,
      "unreadable-file",
      `${what} "${path}" cannot be read: ${message}.`,
      `Write the path of an existing file. "${path}" resolves to "${resolve(path)}".`,
    );
  }
}
