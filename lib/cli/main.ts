#!/usr/bin/env node
import { fstatSync } from "fs";
import { Console, OutputError, outJson } from "./console";
import { ExitCode } from "./exit-code";
import { highlighted, takesColor } from "./highlight";
import { unwritable } from "./output-file";
import { printableText } from "./printable";
import { run } from "./run";
import { readStandardInput } from "./standard-input";

const { stdout, stderr, env } = process;

// Where a system tells only later that a reader, such as `head`, has stopped early.
stdout.on("error", () => void (process.exitCode = ExitCode.UNWRITABLE));
stderr.on("error", () => undefined);

const err = (text: string): void => void stderr.write(text);
const colored = takesColor(stdout, env);

function out(text: string, kind: "report" | "document" = "report"): void {
  // A file or a pipe gets every byte of the document.
  const shown = stdout.isTTY ? printableText(text) : text;
  stdout.write(colored && kind === "report" ? highlighted(shown) : shown);
  const error: NodeJS.ErrnoException | null = stdout.errored;
  if (error) throw new OutputError(error.code === "EPIPE" ? "" : unwritable("standard output", error.message));
}

/** None if standard output is closed. */
function outputFile(): Console["file"] {
  try {
    const stats = fstatSync(stdout.fd);
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}

const console: Console = {
  out,
  err,
  // A dumb terminal cannot clear a line.
  interactive: stderr.isTTY === true && env.TERM !== "dumb",
  file: outputFile(),
  input: (maxBytes) => readStandardInput(maxBytes, err),
};

const args = process.argv.slice(2);
void run(args, console).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    // Not the code of a conflict, which Node.js would exit with.
    process.exitCode = ExitCode.CRASHED;
    if (args.includes("--json")) outJson(console, { error: error.message });
    else err(`${error.stack}\n`);
  },
);
