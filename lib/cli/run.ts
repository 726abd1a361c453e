import { COMMANDS, Topic, TOPICS } from "./commands";
import { Console, outJson } from "./console";
import { ending } from "./ending";
import { ExitCode } from "./exit-code";
import { HELP, printHelp } from "./help";
import { misuse } from "./misuse";
import { similarCommand } from "./similar-command";
import { version } from "./version";

/** Runs a command line and returns its exit code. */
export async function run(args: readonly string[], console: Console): Promise<number> {
  try {
    return await execute(commandFirst(args), console);
  } catch (error) {
    return ending(error, args, console);
  }
}

const VERSION = ["--version", "-v", "-V", "version"];
const HELP_WORDS = ["--help", "-h", "help"];

/** Takes `--json policy check` for `policy --json check`. */
function commandFirst(args: readonly string[]): readonly string[] {
  const index = args.findIndex((arg) => isFirst(arg) || !arg.startsWith("-"));
  if (index <= 0) return args;
  const isCommand = isFirst(args[index]) || args.slice(0, index).every((arg) => arg === "--json");
  return isCommand ? [args[index], ...args.slice(0, index), ...args.slice(index + 1)] : args;
}

function isFirst(arg: string): boolean {
  return topicNamed(arg) !== undefined || VERSION.includes(arg) || HELP_WORDS.includes(arg);
}

function topicNamed(word: string): Topic | undefined {
  return Object.prototype.hasOwnProperty.call(TOPICS, word) ? TOPICS[word] : undefined;
}

async function execute([word, ...rest]: readonly string[], console: Console): Promise<number> {
  if (word === undefined) {
    console.err(HELP);
    return ExitCode.USAGE;
  }
  const json = rest.includes("--json");
  if (VERSION.includes(word)) {
    if (json) outJson(console, { version: version() });
    else console.out(`${version()}\n`);
    return ExitCode.OK;
  }
  if (!HELP_WORDS.includes(word)) return topicOf(word, rest).run(rest, console);
  const [asked, ...more] = rest.filter((arg) => !arg.startsWith("-"));
  if (asked === undefined) return printHelp(HELP, json, console);
  return topicOf(asked, more).run([...more, "--help", ...(json ? ["--json"] : [])], console);
}

function topicOf(word: string, rest: readonly string[]): Topic {
  const topic = topicNamed(word);
  if (topic !== undefined) return topic;
  if (word.startsWith("-"))
    misuse(
      "command-not-first",
      "The command line does not begin with a command.",
      `Write one of ${COMMANDS.join(", ")} first, and its options after it.`,
    );
  const written = rest.length > 0 && !rest[0].startsWith("-") ? [word, rest[0]] : [word];
  const similar = similarCommand(written);
  misuse(
    "command-unknown",
    `There is no command "${word}".`,
    similar === undefined ? `Write one of ${COMMANDS.join(", ")}.` : `Write "${similar}".`,
  );
}
