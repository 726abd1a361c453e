import { readFileSync } from "fs";
import * as errors from "../../core/policy-errors";

/** The text of a file with its byte order mark, if it has one: every byte comes back. */
export function readPolicyFile(path: string): string {
  const bytes = bytesOf(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw errors.notUtf8(path);
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw errors.unreadableFile(path, (error as Error).message);
  }
}
