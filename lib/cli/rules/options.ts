import { misuse } from "../misuse";
import { OptionTable, parsedOptions } from "../options";

/** What `rules --help` prints. */
export const RULES_HELP = `Judges whether what you will deploy is closed: apps behind API Management, their sign-in, policies and roles.

Usage:
  cdktf-secure-apim-backend rules check [FOLDER|FILE|PATTERN...] [options]

Reads Terraform JSON: the output of "cdktf synth" in any language, or *.tf.json that you wrote. Searches folders for *.tf.json.
Without a folder, it reads cdktf.out. "-" is standard input. All stacks are judged together. It calls nothing and changes nothing.

  --json                     print one JSON object
  --sarif                    print a SARIF 2.1.0 log, for code scanning
  --output FILE              write to this file instead of printing
  --help                     print this

Examples:
  cdktf-secure-apim-backend rules check
  cdktf-secure-apim-backend rules check infra/ --sarif --output rules.sarif
  cdktf-secure-apim-backend rules check - --json < cdktf.out/stacks/orders/cdk.tf.json

Exit codes:
  0  no rule is violated by an error
  1  at least one error
  2  the command line is wrong
  3  at least one file cannot be read
  4  the output cannot be written
  5  no error, but at least one judgement depends on what only Terraform knows
`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  sarif: { type: "boolean" },
  output: { type: "string" },
} as const satisfies OptionTable;

/** The options and the paths of `rules check`. */
export function rulesOptions(args: readonly string[]) {
  const { values, positionals } = parsedOptions(args, OPTIONS);
  const [command, ...paths] = positionals;
  if (command !== "check" && !(command === undefined && values.help === true))
    misuse(
      "rules-command-unknown",
      command === undefined ? 'There is no command after "rules".' : `There is no command "rules ${command}".`,
      'Write "rules check".',
    );
  if (values.json === true && values.sarif === true)
    misuse("two-formats", "--json and --sarif contradict each other.", "Write one of them.");
  return { values, paths };
}
