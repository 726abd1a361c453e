import { parseArgs, ParseArgsConfig } from "util";
import { nearest } from "../core/nearest";
import { misuse } from "./misuse";

/** The options that a command takes, by their long names. */
export type OptionTable = NonNullable<ParseArgsConfig["options"]>;

type Parsed<T extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>
>;

/** The options and the other arguments of a command. No message repeats a value, which can be a secret. */
export function parsedOptions<T extends OptionTable>(args: readonly string[], options: T): Parsed<T> {
  checkOptions(args, options);
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function checkOptions(args: readonly string[], options: OptionTable): void {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const written = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue, index } = token;
    const option = Object.prototype.hasOwnProperty.call(options, name) ? options[name] : undefined;
    if (option === undefined) refuseUnknown(args[index], rawName, Object.keys(options));
    if (option.type === "boolean" && inlineValue)
      misuse("option-takes-no-value", `--${name} takes no value.`, `Write --${name} alone.`);
    if (option.type === "string" && !inlineValue && (value === undefined || /^-./.test(value)))
      misuse(
        "option-value-missing",
        `${rawName} has no value${value === undefined ? "" : ", because what follows it begins with a dash"}.`,
        `Write ${rawName}=VALUE.`,
      );
    if (option.multiple !== true && written.has(name))
      misuse("option-repeated", `--${name} is written twice.`, "Write it once.");
    written.add(name);
  }
}

/** Of an argument such as `-json`, the parser names only the first letter. */
function refuseUnknown(arg: string, rawName: string, names: readonly string[]): never {
  const [word] = arg.replace(/^-+/, "").split("=", 1);
  const similar = similarTo(word, names);
  misuse(
    "option-unknown",
    `There is no option ${similar.length > 0 ? arg.split("=", 1)[0] : rawName}.`,
    similar.length > 0
      ? `Write ${similar.map((name) => `--${name}`).join(" or ")}.`
      : 'Write an option that --help lists. If it is a file whose name begins with a dash, write "--" before it.',
  );
}

/** The options that begin like the word, or the most similar one. */
function similarTo(word: string, names: readonly string[]): readonly string[] {
  const longer = names.filter((name) => name === word || (word.length > 1 && name.startsWith(`${word}-`)));
  const near = nearest(word, names);
  return longer.length > 0 || near === undefined ? longer : [near];
}

/** The file that `--output` names; none for `-`, which is standard output. */
export function outputFileOf(output: string | undefined): string | undefined {
  return output === "-" ? undefined : output;
}
