import { Console, ExitCode, outJson, OutputError, printable } from "./console";
import { InputError, UsageError } from "./misuse";

/** Says why a command cannot go on, and returns its exit code. */
export function ending(error: unknown, args: readonly string[], console: Console): number {
  try {
    if (error instanceof UsageError) return said(error, "\nSee cdktf-secure-apim-backend --help.", ExitCode.USAGE);
    if (error instanceof InputError) return said(error, "", ExitCode.UNREADABLE);
  } catch (another) {
    return ending(another, args, console);
  }
  if (!(error instanceof OutputError)) throw error;
  if (error.message) console.err(`${printable(error.message)}\n`);
  return ExitCode.UNWRITABLE;

  function said({ message }: Error, hint: string, code: number): number {
    // Also if the arguments could not be parsed: a caller that asks for JSON reads nothing else.
    if (args.includes("--json")) outJson(console, { error: message });
    else console.err(`${printable(message)}${hint}\n`);
    return code;
  }
}
