import { SERVICE_KEY_NAMES } from "../../policy/names";
import { OptionTable, parsedOptions } from "../options";

const GATEWAY_OPTIONS = `  --audience GUID|URI        client id or application id URI of the backend's app registration
  --client-id GUID           client id of the gateway's user-assigned identity
                             (default: the gateway's system-assigned identity)
  --backend-id NAME          backend entity to call (default of merge: the API's own address)
  --own-address              call the API's own address
  --resolve RESOLUTION       resolve a conflict, for example KEEP_BACKEND or REPLACE_BACKEND; can be repeated
  --key-header NAME          header with the subscription key (default: ${SERVICE_KEY_NAMES.header})
  --key-query NAME           query parameter with the subscription key (default: ${SERVICE_KEY_NAMES.query})
  --sku SKU                  tier of the gateway, such as Consumption or StandardV2, whose limit the size must keep
  --template                 take every document for a template of Terraform, whatever its name is
  --json                     print one JSON object
  --help                     print this
`;

const EXIT_CODES = `Exit codes:
  0  every document can be merged
  1  at least one document has conflicts
  2  the command line is wrong
  3  at least one document cannot be read
  4  the output cannot be written
  5  no conflict, but what a template inserts cannot be judged
`;

/** What `policy check --help` prints. */
export const CHECK_HELP = `Reports for each policy document whether it can be merged, its size, what would be inserted where (line:column), and which
conflicts it has. Writes nothing. Assumes a backend entity unless you write --own-address, and needs no audience.

Usage:
  cdktf-secure-apim-backend policy check FILE|FOLDER|PATTERN... [options]

Searches folders for *.xml, *.policy and *.cshtml, and for templates of them, such as *.xml.tpl and *.xml.tftpl. Says what it did
not read there. A pattern, such as 'apis/**/*.tpl', reads whatever it matches. "-" is standard input.

${GATEWAY_OPTIONS}
Examples:
  cdktf-secure-apim-backend policy check policies/
  cdktf-secure-apim-backend policy check 'apis/**/*.txt' --sku Consumption
  az rest ... --query properties.value --output tsv | cdktf-secure-apim-backend policy check -

${EXIT_CODES}`;

/** What `policy merge --help` prints. */
export const MERGE_HELP = `Prints the document with the policies of a secured backend. Your policies stay as they are. A second merge replaces what the
first one inserted for the gateway. Other statements of the first one stay, with a warning.

Usage:
  cdktf-secure-apim-backend policy merge FILE --audience GUID|URI [options]

"-" is standard input.

  --output FILE              write the document to this file, which can be the same one, instead of printing it
${GATEWAY_OPTIONS}
Examples:
  cdktf-secure-apim-backend policy merge orders.xml --audience api://orders
  cdktf-secure-apim-backend policy merge orders.xml --audience api://orders --output orders.xml
  cdktf-secure-apim-backend policy merge - --audience api://orders --resolve KEEP_CORS < orders.xml

${EXIT_CODES}`;

/** What `policy --help` prints. */
export const POLICY_HELP = `Merges the policies of a secured backend into your existing API Management policy documents.

Usage:
  cdktf-secure-apim-backend policy check FILE|FOLDER|PATTERN... [options]
  cdktf-secure-apim-backend policy merge FILE --audience GUID|URI [options]

See "policy check --help" and "policy merge --help".
`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  output: { type: "string" },
  audience: { type: "string" },
  "client-id": { type: "string" },
  "backend-id": { type: "string" },
  "key-header": { type: "string" },
  "key-query": { type: "string" },
  "own-address": { type: "boolean" },
  resolve: { type: "string", multiple: true },
  sku: { type: "string" },
  template: { type: "boolean" },
} as const satisfies OptionTable;

/** The options of a command line. */
export type Values = ReturnType<typeof policyOptions>["values"];

/** The options and the other arguments of a command line. */
export function policyOptions(args: readonly string[]) {
  return parsedOptions(args, OPTIONS);
}
