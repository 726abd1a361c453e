import { closeSync, constants, fstatSync, openSync, readSync, Stats } from "fs";

/** How many bytes are read at once. */
const CHUNK = 64 * 1024;

const PAUSE_MS = 20;

/** Why a file is not read. */
type Problem =
  | { readonly kind: "failed"; readonly error: NodeJS.ErrnoException }
  | { readonly kind: "not-a-file"; readonly isDirectory: boolean }
  | { readonly kind: "too-large"; readonly size: number; readonly maxBytes: number };

/** A file is not read. The message is a part of a sentence, and names no path. */
export class UnreadFile extends Error {
  constructor(public readonly problem: Problem) {
    super(reasonOf(problem));
  }
}

function reasonOf(problem: Problem): string {
  if (problem.kind === "failed") return problem.error.code ?? "unknown";
  if (problem.kind === "too-large") return `it has more than ${problem.maxBytes} bytes`;
  return problem.isDirectory ? "it is a directory" : "it is a pipe or a device";
}

/** How a file is read. */
export interface Reading {
  /** Size in bytes above which the file is not read. */
  readonly maxBytes: number;
  /**
   * Whether a path such as `/dev/fd/63` is read to its end, also if it is a pipe: a shell passes what stands in `<(...)` so.
   *
   * @default false
   */
  readonly fromShell?: boolean;
}

/** A file that the process has opened already, or the shell for it. A pipe there has a writer, or has had one. */
const OPENED = /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/\d+)$/;

/** The bytes of a file. Throws an `UnreadFile` for what is none: a pipe can wait forever, and a device can have no end. */
export function fileBytes(path: string, { maxBytes, fromShell = false }: Reading): Buffer {
  // To open a pipe otherwise would wait for somebody to write to it.
  const descriptor = attempted(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) checkIsPassed(stats, fromShell && OPENED.test(path));
    checkSize(stats.size, maxBytes);
    return readFrom(descriptor, maxBytes);
  } finally {
    closeSync(descriptor);
  }
}

function checkIsPassed(stats: Stats, isPassed: boolean): void {
  const isDirectory = stats.isDirectory();
  if (isDirectory || !isPassed) throw new UnreadFile({ kind: "not-a-file", isDirectory });
}

/** The bytes of a file, which can be more than its size says: some files of the system say 0, and never end. */
function readFrom(descriptor: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = attempted(() => nextChunk(descriptor));
    if (chunk.length === 0) return Buffer.concat(chunks);
    chunks.push(chunk);
    checkSize((size += chunk.length), maxBytes);
  }
}

function checkSize(size: number, maxBytes: number): void {
  if (size > maxBytes) throw new UnreadFile({ kind: "too-large", size, maxBytes });
}

/** The next bytes of an open file, of which there are none at its end. Those of a pipe are waited for. */
export function nextChunk(descriptor: number): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    try {
      return chunk.subarray(0, readSync(descriptor, chunk));
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

function attempted<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new UnreadFile({ kind: "failed", error: error as NodeJS.ErrnoException });
  }
}
