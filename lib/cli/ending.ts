import { Console, FileError, outJson, OutputError } from "./console";
import { ExitCode } from "./exit-code";
import { InputError, UsageError } from "./misuse";
import { printable } from "./printable";

/**
 * Says why a command cannot go on, and returns its exit code.
 *
 * @param command the words of the command, such as `policy check`; none if the command line names no command
 */
export function ending(error: unknown, args: readonly string[], console: Console, command?: string): number {
  const help = `\nSee ${["cdktf-secure-apim-backend", ...(command ? [command] : [])].join(" ")} --help.`;
  try {
    if (error instanceof UsageError) return said(error, help, ExitCode.USAGE);
    if (error instanceof InputError) return said(error, "", ExitCode.UNREADABLE);
    if (error instanceof FileError) return said(error, "", ExitCode.UNWRITABLE);
  } catch (another) {
    return ending(another, args, console, command);
  }
  if (!(error instanceof OutputError)) throw error;
  if (error.message) console.err(`${printable(error.message)}\n`);
  return ExitCode.UNWRITABLE;

  function said({ message }: Error, hint: string, code: number): number {
    // Also if the arguments could not be parsed: a caller that asks for JSON reads nothing else.
    if (args.includes("--json")) outJson(console, { error: message, id: idOf(message) });
    else console.err(`${printable(message)}${hint}\n`);
    return code;
  }
}

/** The id at the end of a finding. */
function idOf(message: string): string | undefined {
  return /\(([a-z0-9-]+)\)$/.exec(message)?.[1];
}
