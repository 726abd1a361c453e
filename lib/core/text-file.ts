import { readFileSync } from "fs";

/** What is said of a file that is no text. */
export interface TextFileErrors {
  unreadableFile(path: string, reason: string): Error;
  notUtf8(path: string): Error;
}

/** The text of a file with its byte order mark, if it has one: every byte comes back. */
export function readUtf8(path: string, errors: TextFileErrors): string {
  const bytes = bytesOf(path, errors);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw errors.notUtf8(path);
  }
}

function bytesOf(path: string, errors: TextFileErrors): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw errors.unreadableFile(path, (error as Error).message);
  }
}
