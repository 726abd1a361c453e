import { randomUUID } from "crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "fs";
import { dirname, join } from "path";
import { finding } from "../core/fail";
import { FileError } from "./console";
import { misuse } from "./misuse";

/** Replaces a file, or creates it. Whatever happens meanwhile, the file is the old one or the new one. */
export function replaceFile(path: string, text: string, option = "--output"): void {
  onFile(path, option, (file, mode) => replace(file, text, mode));
}

/** Requires that a file can be replaced or created, before the work begins whose result it is to have. */
export function requireReplaceable(path: string, option: string): void {
  onFile(path, option, (file) => {
    const written = beside(file);
    write(written, "");
    rmSync(written);
  });
}

function onFile(path: string, option: string, act: (file: string, mode?: number) => void): void {
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    const isDangling = !old && lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    if (path !== "" && path !== "-" && !isDangling && old?.isFile() !== false)
      return act(old ? realpathSync(path) : path, old?.mode);
  } catch (error) {
    // Without the path of the file that was written first.
    const [reason] = (error as Error).message.split(", ", 1);
    throw new FileError(unwritable(path, reason));
  }
  misuse(
    "output-not-a-file",
    `${option} ${path || '""'} is not a file.`,
    "Write the path of a file, or omit the option.",
  );
}

/** Why an output cannot be written. */
export function unwritable(output: string, reason: string): string {
  return finding(
    "output-cannot-be-written",
    `The output cannot be written to ${output}: ${reason}.`,
    "Choose a folder that exists and has enough space, and in which you have the right to write.",
  );
}

function replace(path: string, text: string, mode?: number): void {
  const written = beside(path);
  try {
    write(written, text, mode);
    renameSync(written, path);
  } finally {
    rmSync(written, { force: true });
  }
}

/** A new file in the folder of another one. */
function beside(path: string): string {
  return join(dirname(path), `.${randomUUID()}.tmp`);
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
