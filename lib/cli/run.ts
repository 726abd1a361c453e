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
  keep: { type: "string", multiple: true },
  replace: { type: "string", multiple: true },
} as const satisfies ParseArgsConfig["options"];

const OF_CHECK = new Set(["json"]);

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
    const foreign = Object.keys(values).find((name) => !OF_CHECK.has(name));
    if (foreign !== undefined)
      throw new UsageError(`"policy check" has no option --${foreign}. Write "policy merge" with it, or leave it out.`);
    return check(paths, values.json === true, console);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.err(`${error.message}\nSee cdktf-secure-apim-backend --help.\n`);
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
