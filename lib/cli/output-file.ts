import { randomUUID } from "crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "fs";
import { dirname, join } from "path";
import { finding } from "../core/fail";
import { OutputError } from "./console";
import { misuse } from "./misuse";

/** Replaces a file, or creates it. Whatever happens meanwhile, the file is the old one or the new one. */
export function replaceFile(path: string, text: string): void {
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    if (old?.isFile() !== false) return replace(old ? realpathSync(path) : path, text, old?.mode);
  } catch (error) {
    throw new OutputError(unwritable(path, (error as Error).message));
  }
  misuse("output-not-a-file", `--output ${path} is not a file.`, "Write the path of a file, or omit the option.");
}

/** Why an output cannot be written. */
export function unwritable(output: string, reason: string): string {
  return finding(
    "output-cannot-be-written",
    `The output cannot be written to ${output}: ${reason}.`,
    "Write it to a place that has enough space and that you may write to.",
  );
}

function replace(path: string, text: string, mode?: number): void {
  const written = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    write(written, text, mode);
    renameSync(written, path);
  } finally {
    rmSync(written, { force: true });
  }
}

function write(path: string, text: string, mode?: number): void {
  const descriptor = openSync(path, "wx");
  try {
    if (mode !== undefined) fchmodSync(descriptor, mode);
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
