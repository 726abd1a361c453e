import { closeSync, constants, fstatSync, openSync, readSync, Stats } from "fs";
import { resolve } from "path";
import { fail, Place } from "./fail";
import { requireText } from "./given";

/** How many bytes are read at once. */
const CHUNK = 64 * 1024;

/** A file, and how messages name it. */
export interface TextFile {
  /** The path, relative to the working directory or absolute. */
  readonly path: string;
  /** What the file is, such as `The document`. */
  readonly what: string;
  /** Where the file is used. */
  readonly place: Place;
  /** Size in bytes above which the file is not read. */
  readonly maxBytes?: number;
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
  const { path, what, place } = file;
  requireText(place, `path of ${what.replace(/^The /, "the ")}`, path, "the path of an existing file");
  // To open a pipe otherwise would wait for somebody to write to it.
  const descriptor = attempted(file, () => openSync(file.path, constants.O_RDONLY | constants.O_NONBLOCK));
  try {
    checkIsFile(file, fstatSync(descriptor));
    return readFrom(file, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes of a file, which can be more than its size says: some files of the system say 0, and never end. */
function readFrom(file: TextFile, descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const read = attempted(file, () => readSync(descriptor, chunk));
    if (read === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, read));
    checkSize(file, (size += read));
  }
}

function checkIsFile(file: TextFile, stats: Stats): void {
  const { path, what, place } = file;
  if (!stats.isFile())
    fail(
      place,
      "not-a-file",
      `${what} "${path}" is ${stats.isDirectory() ? "a directory" : "a pipe or a device"}.`,
      `Write the path of a file. "${path}" resolves to "${resolve(path)}".`,
    );
  checkSize(file, stats.size);
}

function checkSize({ path, what, place, maxBytes = Infinity }: TextFile, size: number): void {
  if (size > maxBytes)
    fail(
      place,
      "file-too-large",
      `${what} "${path}" has ${size} bytes, but at most ${maxBytes} are read.`,
      "Write the path of a smaller file.",
    );
}

function attempted<T>({ path, what, place }: TextFile, action: () => T): T {
  try {
    return action();
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
