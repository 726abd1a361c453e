#!/usr/bin/env node
import { fstatSync } from "fs";
import { Console, ExitCode, OutputError, printableText } from "./console";
import { unwritable } from "./output-file";
import { run } from "./run";

const { stdout, stderr } = process;

// Where a system tells only later that a reader, such as `head`, has stopped early.
stdout.on("error", () => void (process.exitCode = ExitCode.UNWRITABLE));
stderr.on("error", () => undefined);

function out(text: string): void {
  // A file or a pipe gets every byte of the document.
  stdout.write(stdout.isTTY ? printableText(text) : text);
  const error: NodeJS.ErrnoException | null = stdout.errored;
  if (error) throw new OutputError(error.code === "EPIPE" ? "" : unwritable("standard output", error.message));
}

function outputFile(): Console["file"] {
  const stats = fstatSync(stdout.fd);
  return stats.isFile() ? stats : undefined;
}

const console: Console = {
  out,
  err: (text) => void stderr.write(text),
  interactive: stderr.isTTY === true,
  file: outputFile(),
};

const args = process.argv.slice(2);
if (args[0] === "verify") {
  // Loaded only here: the other commands start faster without it.
  void import("./verify/verify").then(async ({ verify }) => (process.exitCode = await verify(args.slice(1), console)));
} else if (args[0] === "rules") {
  void import("./rules/check").then(({ rules }) => (process.exitCode = rules(args.slice(1), console)));
} else process.exitCode = run(args, console);
