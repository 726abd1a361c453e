import { finding } from "../../core/fail";
import { GUID } from "../../core/ids";
import { azScript } from "../../entra/request/az-script";
import { ENTRA_REQUESTS, EntraRequest, isEntraRequest, withObjectIds } from "../../entra/request/entra-request";
import { graphRequests } from "../../entra/request/graph-requests";
import { requestPage } from "../../entra/request/request-page";
import { Console } from "../console";
import { ending } from "../ending";
import { ExitCode } from "../exit-code";
import { printHelp } from "../help";
import { InputError, misuse } from "../misuse";
import { replaceFile } from "../output-file";
import { jsonText, printable } from "../printable";
import { Configurations, configurationsIn, OUTPUT_FOLDER } from "../rules/configurations";
import { outputsInFile } from "../verify/outputs";
import { ENTRA_HELP, entraOptions, EntraOptions } from "./options";

/** Runs `entra` with its arguments, and returns its exit code. */
export function entra(args: readonly string[], console: Console): number {
  try {
    return execute(args, console);
  } catch (error) {
    return ending(error, args, console, "entra request");
  }
}

function execute(args: readonly string[], console: Console): number {
  const options = entraOptions(args);
  if (options.help) return printHelp(ENTRA_HELP, options.json, console);
  const paths = options.paths.length > 0 ? options.paths : [OUTPUT_FOLDER];
  const configurations = configurationsIn(paths, console);
  for (const { file, error } of configurations.unreadable) console.err(`${printable(`${file}: ${error}`)}\n`);
  const all = requestsIn(configurations);
  if (all.length === 0) checkAllRead(configurations);
  const asked = chosen(all, paths, options);
  const written = text(options.outputs === undefined ? asked : filledIn(asked, options.outputs, console), options);
  if (options.output === undefined) console.out(written, "document");
  else replaceFile(options.output, written);
  return configurations.unreadable.length > 0 ? ExitCode.UNREADABLE : ExitCode.OK;
}

/** Where a file is not read, nobody knows whether it asks for a registration. */
function checkAllRead({ unreadable }: Configurations): void {
  if (unreadable.length === 0) return;
  const files = unreadable.map(({ file }) => file);
  throw new InputError(
    finding(
      "request-not-read",
      `Nothing that can be read asks for a registration, and ${files.join(", ")} cannot be read.`,
      "Write the paths of files or folders that you can read.",
    ),
  );
}

/** What the stacks ask for. */
function requestsIn({ stacks }: Configurations): EntraRequest[] {
  return [...stacks.values()].flat().flatMap(({ path, json }) => {
    const found = at(at(at(json, "//"), "secureApimBackend"), ENTRA_REQUESTS);
    if (!Array.isArray(found)) return [];
    if (!found.every(isEntraRequest))
      throw new InputError(
        finding(
          "request-of-other-format",
          `${path} has a request that this version cannot read.`,
          'Run "cdktf synth" with the same version of the library.',
        ),
      );
    return found;
  });
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function chosen(
  all: readonly EntraRequest[],
  folders: readonly string[],
  { registration, format }: EntraOptions,
): readonly EntraRequest[] {
  if (all.length === 0)
    misuse(
      "request-missing",
      `No stack in ${folders.join(", ")} asks for a registration.`,
      'Write AppRegistration.fromRequest(...) in the stack, and run "cdktf synth" without --hcl.',
    );
  const paths = all.map(({ path }) => path).join(", ");
  const found = registration === undefined ? all : all.filter(({ path }) => path === registration);
  if (found.length === 0)
    misuse("request-unknown", `There is no request of the construct "${registration}".`, `Write one of ${paths}.`);
  if (found.length > 1 && format === "script")
    misuse(
      "several-requests",
      "A script is for one registration, but there are several requests.",
      `Write --registration with one of ${paths}.`,
    );
  return found;
}

/** The requests with the object IDs that Terraform knows. */
function filledIn(all: readonly EntraRequest[], path: string, console: Console): EntraRequest[] {
  const outputs = outputsInFile(path, console);
  // The outputs of one stack do not say of which. Another stack can have an output of the same name, with other identities.
  const isOneStack = new Set(all.map(({ stack }) => stack)).size === 1;
  return all.map((request) => {
    // The stack assigns the role itself.
    const { output } = request;
    if (output === undefined) return request;
    // `{ name: { value } }` as Terraform writes them, or `{ stack: { name } }` as cdktf does.
    const ofOneStack = isOneStack ? at(at(outputs, output), "value") : undefined;
    const values: unknown = ofOneStack ?? at(at(outputs, request.stack), output);
    if (typeof values !== "object" || values === null)
      throw new InputError(
        finding(
          "request-output-missing",
          `The outputs do not contain the output "${output}" of the stack "${request.stack}".`,
          "Give the outputs of that stack, after it is deployed, and the folder of that stack only.",
        ),
      );
    const ids = Object.entries(values).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && GUID.test(entry[1]),
    );
    return withObjectIds(request, new Map(ids));
  });
}

function text(requests: readonly EntraRequest[], { format }: EntraOptions): string {
  if (format === "script") return azScript(requests[0]);
  if (format === "markdown") return requests.map(requestPage).join("\n");
  return jsonText({ requests: requests.map((request) => ({ ...request, graph: graphRequests(request) })) });
}
