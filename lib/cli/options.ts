import { parseArgs, ParseArgsConfig } from "util";
import { misuse } from "./misuse";
import { SERVICE_KEY_NAMES } from "../policy/names";

/** What `--help` prints. */
export const HELP = `Merges the policies of a secured backend into your existing API Management policy documents,
judges what you will deploy, and verifies what you have deployed.

Usage:
  cdktf-secure-apim-backend policy check FILE|DIR... [options]
  cdktf-secure-apim-backend policy merge FILE --audience GUID|URI [options]
  cdktf-secure-apim-backend rules check [FOLDER|FILE...] [options]
  cdktf-secure-apim-backend verify [options]

policy check
  Reports for each document whether it can be merged, its size, what would be inserted where (line:column), and which
  conflicts it has. Searches directories for *.xml files. Writes nothing. Assumes a backend entity unless you write
  --own-address, and needs no audience.

policy merge
  Prints the merged document. Your policies stay as they are. A second merge replaces what the first one inserted for the
  gateway. Other statements of the first one stay, with a warning.
  --output FILE              write the document to this file, which can be the same one, instead of printing it

rules check
  Judges Terraform JSON, such as cdktf.out: whether apps behind a gateway, their policies and roles are closed. See rules --help.

verify
  Calls what you have deployed, and shows that only the gateway gets in. See verify --help.

policy check and policy merge:
  --audience GUID|URI        client id or application id URI of the backend's app registration
  --client-id GUID           client id of the gateway's user-assigned identity
                             (default: the gateway's system-assigned identity)
  --backend-id NAME          backend entity to call (default of merge: the API's own address)
  --own-address              call the API's own address
  --resolve RESOLUTION       resolve a conflict, for example KEEP_BACKEND or REPLACE_BACKEND; can be repeated
  --key-header NAME          header with the subscription key (default: ${SERVICE_KEY_NAMES.header})
  --key-query NAME           query parameter with the subscription key (default: ${SERVICE_KEY_NAMES.query})
  --json                     print one JSON object
  --help                     print this

Exit codes:
  0  every document can be merged
  1  at least one document has conflicts
  2  the command line is wrong
  3  at least one document cannot be read
  4  the output cannot be written
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
} as const satisfies ParseArgsConfig["options"];

/** The options of a command line. */
export type Values = ReturnType<typeof parsed>["values"];

/** The options and the other arguments of a command line. */
export function parsed(args: readonly string[]) {
  return readOptions(() => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }));
}

/** What `parseArgs` reads. Its errors become a misuse. */
export function readOptions<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    misuse("options-unreadable", `The options cannot be read: ${message}.`, "Write them as --help shows.");
  }
}
