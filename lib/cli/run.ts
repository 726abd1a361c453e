import { parseArgs, ParseArgsConfig } from "util";
import { check } from "./check";
import { Console, ExitCode, UsageError } from "./console";
import { HELP } from "./help";
import { merge } from "./merge";

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  audience: { type: "string" },
  "client-id": { type: "string" },
  "backend-id": { type: "string" },
  "key-header": { type: "string" },
  "key-query": { type: "string" },
  "own-address": { type: "boolean" },
  keep: { type: "string", multiple: true },
  replace: { type: "string", multiple: true },
} as const satisfies ParseArgsConfig["options"];

/** Runs one command line; returns what to tell the shell. */
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
    // Also where the command line could not be taken apart: who asks for JSON reads nothing else.
    if (args.includes("--json")) console.out(`${JSON.stringify({ error: error.message }, undefined, 2)}\n`);
    else console.err(`${error.message}\nSee cdktf-secure-apim-backend --help.\n`);
    return ExitCode.USAGE;
  }
}

/** What a command line says. */
export type Values = ReturnType<typeof parsed>["values"];

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
