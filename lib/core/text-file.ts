import { resolve } from "path";
import { fail, Place } from "./fail";
import { fileBytes, Reading, UnreadFile } from "./file-bytes";
import { requireText } from "./given";

/** A file, and how messages name it. */
export interface TextFile extends Partial<Reading> {
  /** The path, relative to the working directory or absolute. */
  readonly path: string;
  /** What the file is, such as `The document`. */
  readonly what: string;
  /** Where the file is used. */
  readonly place: Place;
}

/** The text of a file, byte for byte: it keeps its byte order mark. */
export function readUtf8(file: TextFile): string {
  const { path, what, place } = file;
  const bytes = readBytes(file);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail(place, "not-utf8", `${what} "${path}" is not encoded in UTF-8.`, "Save it as UTF-8.");
  }
}

/** The bytes of a file. */
export function readBytes(file: TextFile): Buffer {
  const { path, what, place, maxBytes = Infinity, fromShell } = file;
  requireText(place, `path of ${what.replace(/^The /, "the ")}`, path, "the path of an existing file");
  try {
    return fileBytes(path, { maxBytes, fromShell });
  } catch (error) {
    if (error instanceof UnreadFile) refuse(file, error);
    throw error;
  }
}

function refuse({ path, what, place }: TextFile, { problem }: UnreadFile): never {
  const absolute = resolve(path);
  const resolved = absolute === path ? "" : ` "${path}" resolves to "${absolute}".`;
  if (problem.kind === "not-a-file")
    fail(
      place,
      "not-a-file",
      `${what} "${path}" is ${problem.isDirectory ? "a directory" : "a pipe or a device"}.`,
      `Write the path of a file.${resolved}`,
    );
  if (problem.kind === "too-large") {
    const { size, maxBytes } = problem;
    fail(
      place,
      "file-too-large",
      `${what} "${path}" has ${size} bytes, but at most ${maxBytes} are read.`,
      "Write the path of a smaller file.",
    );
  }
  const { message } = problem.error;
  fail(
    place,
    "unreadable-file",
    `${what} "${path}" cannot be read: ${message}.`,
    `Write the path of an existing file.${resolved}`,
  );
}
