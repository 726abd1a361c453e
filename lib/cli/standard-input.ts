import { readSync } from "fs";
import { isatty } from "tty";

const STANDARD_INPUT = 0;
const CHUNK = 64 * 1024;
const PAUSE_MS = 20;

/**
 * The bytes of the standard input of the process. On a terminal, it says that it waits for them.
 *
 * @param maxBytes how many are enough: no more is read than what shows that there are more
 */
export function readStandardInput(maxBytes: number, err: (text: string) => void): Buffer {
  if (isatty(STANDARD_INPUT)) err("Reading standard input. End it with Ctrl+D, or with Ctrl+Z and Enter on Windows.\n");
  const chunks: Buffer[] = [];
  for (let size = 0; size <= maxBytes;) {
    const chunk = nextChunk();
    if (chunk.length === 0) break;
    chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

function nextChunk(): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    try {
      return chunk.subarray(0, readSync(STANDARD_INPUT, chunk));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows ends a pipe with an error.
      if (code === "EOF") return chunk.subarray(0, 0);
      if (code !== "EAGAIN") throw error;
      // The pipe does not block, and has nothing yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
