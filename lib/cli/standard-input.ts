import { isatty } from "tty";
import { nextChunk } from "../core/file-bytes";

const STANDARD_INPUT = 0;

/**
 * The bytes of the standard input of the process. On a terminal, it says that it waits for them.
 *
 * @param maxBytes how many are enough: no more is read than what shows that there are more
 */
export function readStandardInput(maxBytes: number, err: (text: string) => void): Buffer {
  if (isatty(STANDARD_INPUT)) err("Reading standard input. End it with Ctrl+D, or with Ctrl+Z and Enter on Windows.\n");
  const chunks: Buffer[] = [];
  for (let size = 0; size <= maxBytes;) {
    const chunk = nextChunk(STANDARD_INPUT);
    if (chunk.length === 0) break;
    chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}
