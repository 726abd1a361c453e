import { jsonText } from "./printable";

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

/** The output cannot be written. No message means that its reader has closed it, such as `head`. */
export class OutputError extends Error {}

/** A file that an option names cannot be written. Standard output still takes the error. */
export class FileError extends OutputError {}

/** Prints one JSON object. */
export function outJson(console: Console, json: object): void {
  console.out(jsonText(json));
}
