import { SERVICE_KEY_NAMES } from "../../policy/names";
import { misuse } from "../misuse";
import { OptionTable, parsedOptions } from "../options";

/** What `verify --help` prints. */
export const VERIFY_HELP = `Calls what you have deployed, and shows that only the gateway gets in. Changes nothing.

Usage:
  cdktf-secure-apim-backend verify [options]

What is called. Without these options, the outputs of "terraform output -json" in the current directory:
  --directory DIR                      directory of the stack's Terraform, such as cdktf.out/stacks/orders
  --outputs FILE                       file with what "terraform output -json" or "cdktf output --outputs-file" wrote;
                                       "-" is standard input
  --backend-url URL, --slot-url URL    address of an app or a slot, called directly; can be repeated
  --api-url URL                        address of an API on its gateway; can be repeated
  --scm-url URL                        address of the app's SCM site, if it cannot be derived from the host name
  --without-scm                        the backends have no SCM site

What a forged token pretends, if no outputs say it:
  --audience GUID|URI                  client id or application id URI of the backend's app registration
  --tenant GUID                        tenant of the registration
  --issuer URL                         issuer of tokens (default: https://login.microsoftonline.com/TENANT/v2.0, or the host of the
                                       cloud that an address such as https://orders.azurewebsites.us is in)
  --gateway-principal-id GUID          object id of the gateway's identity

Secrets. Each comes from a command, a file or an environment variable, and never from an argument. A command runs in the
shell, with the audience of the backend in the variable AUDIENCE, and prints the secret alone:
  --token-command, --token-file, VERIFY_TOKEN
      token for the backend, of an identity that may not call it
  --other-audience-token-command, --other-audience-token-file, VERIFY_OTHER_AUDIENCE_TOKEN
      token for anything else; choose one that opens nothing
  --key-command, --key-file, VERIFY_SUBSCRIPTION_KEY
      subscription key of the API
  --caller-token-command, --caller-token-file, VERIFY_CALLER_TOKEN
      token of a caller that the API admits

Through the gateway:
  --path PATH                          path below each API (default: /)
  --expect STATUS                      status that a call with the key gets (default: 200)
  --without-key                        the API needs no subscription key
  --key-header NAME                    header with the key (default: ${SERVICE_KEY_NAMES.header})

  --wait SECONDS                       time in all for identities to propagate and apps to start (default: 120)
  --timeout SECONDS                    time for one request (default: 10)
  --json                               print one JSON object
  --junit FILE                         write a JUnit report
  --help                               print this

Examples:
  cdktf-secure-apim-backend verify --directory cdktf.out/stacks/orders
  terraform output -json | cdktf-secure-apim-backend verify --outputs - --json
  cdktf-secure-apim-backend verify --backend-url https://orders.azurewebsites.net --token-command "az account get-access-token \\
    --resource api://orders --query accessToken --output tsv"

Exit codes:
  0  every check has passed
  1  at least one check has failed
  2  the command line is wrong
  3  the outputs cannot be read
  4  the output cannot be written
  5  no check has failed, but at least one was not checked
`;

const TEXT = { type: "string" } as const;
const TEXTS = { type: "string", multiple: true } as const;
const FLAG = { type: "boolean" } as const;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: FLAG,
  junit: TEXT,
  directory: TEXT,
  outputs: TEXT,
  "backend-url": TEXTS,
  "slot-url": TEXTS,
  "api-url": TEXTS,
  "scm-url": TEXT,
  "without-scm": FLAG,
  audience: TEXT,
  tenant: TEXT,
  issuer: TEXT,
  "gateway-principal-id": TEXT,
  "token-command": TEXT,
  "token-file": TEXT,
  "other-audience-token-command": TEXT,
  "other-audience-token-file": TEXT,
  "key-command": TEXT,
  "key-file": TEXT,
  "caller-token-command": TEXT,
  "caller-token-file": TEXT,
  "key-header": TEXT,
  "without-key": FLAG,
  path: TEXT,
  expect: TEXT,
  wait: TEXT,
  timeout: TEXT,
} as const satisfies OptionTable;

/** The options of `verify`. */
export type VerifyValues = ReturnType<typeof parsedArguments>["values"];

/** The environment variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A JSON web token begins like this: a header that begins with `{"`. */
const TOKEN = /eyJ[\w-]{8,}\.[\w-]+/;

/** The options of a command line. What it says of a wrong one never repeats a value that could be a secret. */
export function verifyOptions(args: readonly string[]): VerifyValues {
  if (args.some((arg) => TOKEN.test(arg)))
    misuse(
      "token-in-arguments",
      "A token stands on the command line, where other users and logs can see it.",
      "Give it by --token-command, --token-file or an environment variable. Treat this one as known to others.",
    );
  const { values, positionals } = parsedArguments(args);
  if (positionals.length > 0)
    misuse("verify-takes-options", '"verify" takes only options.', "Write what to call as --backend-url or --api-url.");
  return values;
}

function parsedArguments(args: readonly string[]) {
  return parsedOptions(args, OPTIONS);
}

/** A number that an option sets, within bounds. */
export function numberOf(option: string, text: string | undefined, otherwise: number, least: number, most: number) {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  misuse(
    "option-number-invalid",
    `--${option} ${text} is not a whole number from ${least} to ${most}.`,
    "Write such a number, or omit the option.",
  );
}
