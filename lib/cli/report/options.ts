import { askedFormat, isFormat } from "../format";
import { misuse } from "../misuse";
import { OptionTable, outputFileOf, parsedOptions } from "../options";

/** What `report --help` prints. */
export const REPORT_HELP = `Shows a reviewer who can call what with which identity, audience and role, and what stops everybody else.

Usage:
  cdktf-secure-apim-backend report [FOLDER|FILE|PATTERN...] [options]
  cdktf-secure-apim-backend report [FOLDER|FILE|PATTERN...] --diff BASE [options]

Reads Terraform JSON: the output of "cdktf synth" in any language, or *.tf.json that you wrote. Searches folders for *.tf.json.
Without a folder, it reads cdktf.out. "-" is standard input. All stacks are in one report. It calls nothing and changes nothing.
No report contains a secret of the configuration.

  --format FORMAT            html (default): one page that needs no network; markdown; or json
  --json                     the same as --format json
  --output FILE              write to this file instead of printing. Without --format, the end of its name chooses the format:
                             .html, .md or .json
  --diff BASE                show what opened, closed and changed since BASE: a folder or a file of Terraform JSON, or a report
                             as JSON. The format is markdown (default) or json. Instead of a folder, you can also write a report
                             as JSON
  --fail-on-opened           with --diff, exit with 1 if something opened
  --help                     print this

Examples:
  cdktf-secure-apim-backend report --output report.html
  cdktf-secure-apim-backend report --output base.json
  cdktf-secure-apim-backend report --diff base.json --fail-on-opened

Exit codes:
  0  the report is written
  1  something opened, and --fail-on-opened is written
  2  the command line is wrong
  3  at least one file cannot be read. The report is written, and lists the file
  4  the output cannot be written
`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  format: { type: "string" },
  output: { type: "string" },
  diff: { type: "string" },
  "fail-on-opened": { type: "boolean" },
} as const satisfies OptionTable;

/** The formats of a report. */
const FORMATS = { html: /\.html?$/i, markdown: /\.(?:md|markdown)$/i, json: /\.json$/i };

export type ReportFormat = keyof typeof FORMATS;

/** What `report` is asked for. */
export interface ReportOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly diff?: string;
  readonly failOnOpened: boolean;
  readonly paths: readonly string[];
}

/** The options and the paths of `report`. */
export function reportOptions(args: readonly string[]): ReportOptions {
  const { values, positionals: paths } = parsedOptions(args, OPTIONS);
  const { format: written, diff, json = false, help = false } = values;
  const output = outputFileOf(values.output);
  if (written !== undefined && !isFormat(FORMATS, written))
    misuse("report-format-unknown", `--format ${written} is not a format.`, "Write html, markdown or json.");
  const failOnOpened = values["fail-on-opened"] === true;
  if (failOnOpened && diff === undefined)
    misuse("opened-without-diff", "--fail-on-opened needs something to compare with.", "Write --diff BASE too.");
  const format = askedFormat(FORMATS, { json, format: written, output }) ?? (diff === undefined ? "html" : "markdown");
  if (diff !== undefined && format === "html")
    misuse("diff-as-html", "A comparison cannot be written as HTML.", "Write --format markdown or --format json.");
  return { help, json, format, output, diff, failOnOpened, paths };
}
