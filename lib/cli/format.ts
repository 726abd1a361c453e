import { misuse } from "./misuse";

/** The formats of a command, each with what the names of its files end with. */
export type Formats<Format extends string> = Readonly<Record<Format, RegExp>>;

/** What the options say of the format. */
interface Asked<Format extends string> {
  readonly json: boolean;
  readonly format?: Format;
  /** The file to write. */
  readonly output?: string;
}

/** Whether a command has the format. */
export function isFormat<Format extends string>(formats: Formats<Format>, text: string): text is Format {
  return Object.keys(formats).includes(text);
}

/** The format that is asked for: by an option, or else by the end of the name of the file. */
export function askedFormat<Format extends string>(
  formats: Formats<Format | "json">,
  { json, format, output = "" }: Asked<Format | "json">,
): Format | "json" | undefined {
  if (json && format !== undefined && format !== "json")
    misuse("formats-contradict", `--json and --format ${format} contradict each other.`, "Write one of them.");
  const names = Object.keys(formats) as (Format | "json")[];
  return (json ? "json" : format) ?? names.find((name) => formats[name].test(output));
}
