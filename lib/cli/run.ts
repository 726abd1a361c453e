import { check } from "./check";
import { Console, ExitCode, UsageError } from "./console";
import { HELP } from "./help";
import { merge } from "./merge";
import { parsed } from "./options";

/** Runs a command line and returns its exit code. */
export function run(args: readonly string[], console: Console): number {
  try {
    const { values, positionals } = parsed(args);
    if (values.help || positionals.length === 0) {
      (values.help ? console.out : console.err)(HELP);
      return values.help ? ExitCode.OK : ExitCode.USAGE;
    }
    const [topic, command, ...paths] = positionals;
    if (topic !== "policy" || (command !== "check" && command !== "merge")) {
      throw new UsageError(
        `There is no command "${[topic, command].join(" ").trim()}". Write "policy check" or "policy merge".`,
      );
    }
    if (command === "merge") return merge(paths, values, console);
    return check(paths, values, console);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // Also if the arguments could not be parsed: a caller that asks for JSON reads nothing else.
    if (args.includes("--json")) console.out(`${JSON.stringify({ error: error.message }, undefined, 2)}\n`);
    else console.err(`${error.message}\nSee cdktf-secure-apim-backend --help.\n`);
    return ExitCode.USAGE;
  }
}
