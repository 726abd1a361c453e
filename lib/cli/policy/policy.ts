import { nearest } from "../../core/nearest";
import { Console } from "../console";
import { ending } from "../ending";
import { printHelp } from "../help";
import { misuse } from "../misuse";
import { check } from "./check";
import { merge } from "./merge";
import { CHECK_HELP, MERGE_HELP, POLICY_HELP, policyOptions } from "./options";

const COMMANDS = { check: { run: check, help: CHECK_HELP }, merge: { run: merge, help: MERGE_HELP } } as const;

/** Runs `policy` with its arguments, and returns its exit code. */
export function policy(args: readonly string[], console: Console): number {
  const [command] = args.filter(isCommand);
  try {
    return execute(args, console);
  } catch (error) {
    return ending(error, args, console, command === undefined ? "policy" : `policy ${command}`);
  }
}

function execute(args: readonly string[], console: Console): number {
  const { values, positionals } = policyOptions(args);
  const [command, ...paths] = positionals;
  if (command === undefined && values.help) return printHelp(POLICY_HELP, values.json, console);
  if (command === undefined || !isCommand(command)) refuse(command);
  const { run, help } = COMMANDS[command];
  return values.help ? printHelp(help, values.json, console) : run(paths, values, console);
}

function isCommand(word: string): word is keyof typeof COMMANDS {
  return word === "check" || word === "merge";
}

function refuse(command: string | undefined): never {
  if (command === undefined)
    misuse("policy-command-missing", 'There is no command after "policy".', 'Write "policy check" or "policy merge".');
  const near = nearest(command, Object.keys(COMMANDS));
  misuse(
    "policy-command-unknown",
    `There is no command "policy ${command}".`,
    near === undefined ? 'Write "policy check" or "policy merge".' : `Write "policy ${near}".`,
  );
}
