import { fail } from "../core/fail";
import { fileBytes } from "../core/file-bytes";
import { readBytes } from "../core/text-file";
import { Console } from "./console";
import { readStandardInput } from "./standard-input";

/** How reports name standard input. */
export const STANDARD_INPUT = "<stdin>";

/** Whether an argument stands for standard input. */
export function isStandardInput(path: string): boolean {
  return path === "-" || path === "/dev/stdin";
}

/** How reports name a file. */
export function shownPath(path: string): string {
  return isStandardInput(path) ? STANDARD_INPUT : path;
}

/** What is read. */
export interface Input {
  /** The path; `-` is standard input. */
  readonly path: string;
  /** What it is, such as `The policy document`. */
  readonly what: string;
  /** Size in bytes above which it is not read. */
  readonly maxBytes: number;
}

/** The text of a file or of standard input, byte for byte: it keeps its byte order mark. */
export function readInput(input: Input, console: Console): string {
  const { path, what } = input;
  const place = shownPath(path);
  const bytes = isStandardInput(path) ? bytesOfInput(input, console) : readBytes({ ...input, place, fromShell: true });
  return utf8Of(bytes, what, place);
}

/**
 * The bytes of a file that is no standard input. The message of its error is a part of a sentence, and does not name the file.
 *
 * @param maxBytes size above which it is not read
 */
export function bytesOfFile(path: string, maxBytes: number): Buffer {
  return fileBytes(path, { maxBytes, fromShell: true });
}

/** The text of bytes, with its byte order mark. */
export function utf8Of(bytes: Buffer, what: string, place?: string): string {
  if (isUtf16(bytes))
    fail(
      place,
      "input-in-utf16",
      `${what} is encoded in UTF-16, as older versions of PowerShell write it.`,
      "Save it as UTF-8. In PowerShell, write | Out-File -Encoding utf8 instead of >.",
    );
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail(place, "input-not-utf8", `${what} is not encoded in UTF-8.`, "Save it as UTF-8.");
  }
}

/** The bytes of standard input. */
export function bytesOfInput({ what, maxBytes }: Omit<Input, "path">, console: Console): Buffer {
  const { input = (most: number) => readStandardInput(most, console.err) } = console;
  const bytes = attempted(what, () => input(maxBytes));
  if (bytes.length > maxBytes)
    fail(
      STANDARD_INPUT,
      "standard-input-too-large",
      `${what} has more than ${maxBytes} bytes, which is all that is read.`,
      "Write a smaller one to standard input.",
    );
  return bytes;
}

function attempted(what: string, read: () => Buffer): Buffer {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    fail(
      STANDARD_INPUT,
      "standard-input-unreadable",
      `${what} cannot be read from standard input: ${message}.`,
      "Write it to the command with a pipe or with <, or write the path of a file instead of -.",
    );
  }
}

/** Whether bytes begin with a byte order mark of UTF-16. */
export function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
