/** The output of a command. */
export interface Console {
  /** Throws an `OutputError` if nobody takes the text. A document is printed as it is, without color. */
  readonly out: (text: string, kind?: "report" | "document") => void;
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal, so that progress can be shown. */
  readonly interactive: boolean;
  /**
   * The bytes of standard input, or so many that they are more than `maxBytes`.
   *
   * @default - that of the process
   */
  readonly input?: (maxBytes: number) => Buffer;
  /** The file that `out` writes to, if it is one. */
  readonly file?: FileIdentity;
}

/** What tells a file from all others, under whatever name. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

/** The exit codes. */
export const ExitCode = {
  /** Every document can be merged, or every check has passed. */
  OK: 0,
  /** At least one document has conflicts. */
  CONFLICTS: 1,
  /** At least one check has failed. */
  FAILED: 1,
  /** The command line is wrong. */
  USAGE: 2,
  /** At least one document cannot be read as a policy, or the outputs of a stack cannot be read. */
  UNREADABLE: 3,
  /** The output cannot be written. */
  UNWRITABLE: 4,
  /** Nothing is wrong, but something was not checked or cannot be judged. */
  NOT_CHECKED: 5,
  /** The command itself is wrong. */
  CRASHED: 70,
} as const;

/** The output cannot be written. No message means that its reader has closed it, such as `head`. */
export class OutputError extends Error {}

/** A file that an option names cannot be written. Standard output still takes the error. */
export class FileError extends OutputError {}

/** Controls, separators of lines, and what is invisible or turns the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const UNPRINTABLE_IN_TEXT = new RegExp(`(?!\\t|\\r?\\n)${UNPRINTABLE.source}`, "gu");

/** A line that a name or a document can neither end nor overwrite: it holds `\u001b` for such a character. */
export function printable(line: string): string {
  return line.replace(UNPRINTABLE, escaped);
}

/** A text of several lines that can write nothing to a terminal but itself. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE_IN_TEXT, escaped);
}

/** A JSON object as text. In JSON, an escaped character is the same as the character. */
export function jsonText(json: object): string {
  return `${printableText(JSON.stringify(json, undefined, 2))}\n`;
}

/** Prints one JSON object. */
export function outJson(console: Console, json: object): void {
  console.out(jsonText(json));
}

function escaped(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}
