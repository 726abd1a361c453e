import { askedFormat, isFormat } from "../format";
import { misuse } from "../misuse";
import { OptionTable, outputFileOf, parsedOptions } from "../options";

/** What `entra request --help` prints. */
export const ENTRA_HELP = `Prints what someone else has to create in Microsoft Entra ID for your stacks: AppRegistration.fromRequest asks for it.

Usage:
  cdktf-secure-apim-backend entra request [FOLDER|FILE|PATTERN...] [options]

Reads Terraform JSON: the output of "cdktf synth" in any language. Searches folders for *.tf.json. Without a folder, it reads
cdktf.out. "-" is standard input. It calls nothing and changes nothing. What it prints contains no secret.

  --format FORMAT            markdown (default): a page with each field, value and reason; script: a bash script for the
                             Azure CLI; or json: the request, and its requests to Microsoft Graph
  --json                     the same as --format json
  --registration PATH        only the request of this construct, such as production/OrdersRegistration
  --outputs FILE             fill in the object IDs that Terraform knows: a file with what "terraform output -json" or
                             "cdktf output --outputs-file" wrote; "-" is standard input
  --output FILE              write to this file instead of printing. Without --format, the end of its name chooses the format:
                             .md, .sh or .json
  --help                     print this

Examples:
  cdktf-secure-apim-backend entra request --output request.md
  cdktf-secure-apim-backend entra request cdktf.out/stacks/orders --format script --output request.sh
  terraform output -json | cdktf-secure-apim-backend entra request . --outputs -

Exit codes:
  0  the request is printed
  2  the command line is wrong, or no stack asks for a registration
  3  at least one file cannot be read
  4  the output cannot be written
`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  format: { type: "string" },
  registration: { type: "string" },
  outputs: { type: "string" },
  output: { type: "string" },
} as const satisfies OptionTable;

/** The formats of a request. */
const FORMATS = { markdown: /\.(?:md|markdown)$/i, script: /\.sh$/i, json: /\.json$/i };

export type RequestFormat = keyof typeof FORMATS;

/** What `entra request` is asked for. */
export interface EntraOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly format: RequestFormat;
  readonly registration?: string;
  readonly outputs?: string;
  readonly output?: string;
  readonly paths: readonly string[];
}

/** The options and the paths of `entra request`. */
export function entraOptions(args: readonly string[]): EntraOptions {
  const { values, positionals } = parsedOptions(args, OPTIONS);
  const { help = false, json = false, format: written, registration, outputs } = values;
  const [command, ...paths] = positionals;
  if (command !== "request" && !(command === undefined && help))
    misuse(
      "entra-command-unknown",
      command === undefined ? 'There is no command after "entra".' : `There is no command "entra ${command}".`,
      'Write "entra request".',
    );
  if (written !== undefined && !isFormat(FORMATS, written))
    misuse("request-format-unknown", `--format ${written} is not a format.`, "Write markdown, script or json.");
  if (outputs === "-" && paths.includes("-"))
    misuse(
      "standard-input-twice",
      "Both the configuration and the outputs are to come from standard input.",
      "Write a file for one of them.",
    );
  const output = outputFileOf(values.output);
  const format = askedFormat(FORMATS, { json, format: written, output }) ?? "markdown";
  return { help, json, format, registration, outputs, output, paths };
}
