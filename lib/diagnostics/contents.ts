import { checkNumber, checkWholeNumber, requireLiteral } from "../core/literal";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { fail, finding } from "../core/fail";
import { guard, GuardedAttributes, ONCE } from "../core/guard";
import { PropertyNames } from "../core/property-names";
import { SubscriptionKeyNames, SERVICE_KEY_NAMES, isCallerHeader, TOOL_TOKEN_HEADER } from "../policy/names";
import { allElements, attributeOf, SourceElement, SourceTree } from "../policy/syntax/source-tree";

/** The lowest severity of policy traces that is logged. */
export enum DiagnosticsVerbosity {
  /** All severities. */
  VERBOSE = "verbose",
  /** Information and error. */
  INFORMATION = "information",
  /** Error only. */
  ERROR = "error",
}

/** What the diagnostics of an API log. Credentials with common names are always masked. */
export interface DiagnosticsOptions {
  /**
   * Percentage of requests that are logged, from 0 to 100.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Whether failed requests are always logged, regardless of sampling.
   *
   * @default true
   */
  readonly alwaysLogErrors?: boolean;

  /**
   * Whether the IP addresses of consumers, which are personal data, are logged.
   *
   * @default false
   */
  readonly logClientIp?: boolean;

  /**
   * The lowest severity of policy traces that is logged.
   *
   * @default DiagnosticsVerbosity.INFORMATION
   */
  readonly verbosity?: DiagnosticsVerbosity;

  /**
   * Headers of requests and responses that are logged, as plain strings. A header that is known to contain a credential is an error.
   *
   * @default - none
   */
  readonly headersToLog?: string[];
}

/** The names of its properties. */
export const DIAGNOSTICS_OPTIONS: PropertyNames<DiagnosticsOptions> = {
  alwaysLogErrors: true,
  headersToLog: true,
  logClientIp: true,
  samplingPercentage: true,
  verbosity: true,
};

/** What is logged of one request or response. */
export interface Message {
  readonly bodyBytes: number;
  readonly headers: string[];
  readonly headerMasks: { readonly mode: string; readonly value: string }[];
  readonly queryMasks: Message["headerMasks"];
}

/** What the diagnostics of an API log. azurerm and Azure each have their own form of it. */
export type Contents = ReturnType<typeof checkedContents>;

export function checkedContents(scope: Construct, options: DiagnosticsOptions, masked: Masked, bodyBytes?: number) {
  const headers = checkedHeaders(scope, options.headersToLog ?? [], masked);
  const bytes =
    bodyBytes === undefined ? 0 : checkWholeNumber(scope, "The number of bytes in logBodies", bodyBytes, 1, 8192);
  const [headerMasks, queryMasks] = [masked.headers, masked.queryParameters].map((names) =>
    names.map((value) => ({ mode: "Mask", value })),
  );
  const request: Message = { bodyBytes: bytes, headers, headerMasks, queryMasks };
  return {
    samplingPercentage: checkNumber(scope, "samplingPercentage", options.samplingPercentage ?? 100, 0, 100),
    alwaysLogErrors: options.alwaysLogErrors ?? true,
    logClientIp: options.logClientIp ?? false,
    verbosity: options.verbosity ?? DiagnosticsVerbosity.INFORMATION,
    request,
    response: { ...request, queryMasks: [] },
  };
}

function checkedHeaders(scope: Construct, headers: string[], masked: Masked): string[] {
  for (const header of headers) {
    requireLiteral(scope, "Each name in headersToLog", header);
    if (isConfidential(header, masked))
      fail(
        scope,
        "header-not-logged",
        `Header "${header}" cannot be logged: it contains a credential or the identity of a consumer.`,
        "Remove it from headersToLog.",
      );
  }
  return headers;
}

/** Makes it an error that a diagnostic logs something else than was set. */
export function guardMasks(diagnostic: TerraformResource, attributes: GuardedAttributes["attributes"]): void {
  guard(diagnostic, {
    attributes: { ...ONCE, ...attributes },
    changed: (changed) =>
      finding(
        "masks-changed",
        `The diagnostics "${diagnostic.node.path}" were changed after they were created, so credentials could be logged.`,
        `Remove what changes ${changed} on them (addOverride, an aspect). Write headersToLog or .logBodies(bytes, reason) on ApiDiagnostics.`,
      ),
  });
}

/** Headers with credentials or identities, as apps, functions and Azure services use them. */
const HEADERS = [
  "Authorization",
  "Proxy-Authorization",
  "Cookie",
  "Set-Cookie",
  "api-key",
  "X-Api-Key",
  "x-functions-key",
  "X-ARR-ClientCert",
  "X-MS-CLIENT-PRINCIPAL",
  "X-MS-TOKEN-AAD-ACCESS-TOKEN",
  "X-MS-TOKEN-AAD-ID-TOKEN",
  "X-MS-TOKEN-AAD-REFRESH-TOKEN",
  "x-ms-copy-source",
  "x-ms-copy-source-authorization",
];

/** Query parameters with credentials; the logged URL of a request contains them all. */
const QUERY_PARAMETERS = ["access_token", "api-key", "client_secret", "code", "id_token", "key", "sig", "token"];

/** Names of what diagnostics mask in every request and response. */
export interface Masked {
  readonly headers: readonly string[];
  readonly queryParameters: readonly string[];
}

/** What the diagnostics of an API mask: known credentials, its names for the subscription key, and the tokens that its policy reads. */
export function maskedFor(names: SubscriptionKeyNames, policy: SourceTree): Masked {
  const { header, query } = SERVICE_KEY_NAMES;
  return {
    headers: distinct([...HEADERS, header, names.header, ...tokensIn(policy, "header-name")]),
    queryParameters: distinct([...QUERY_PARAMETERS, query, names.query, ...tokensIn(policy, "query-parameter-name")]),
  };
}

/** Whether a header must not be logged: it contains a credential or the identity of a consumer. */
function isConfidential(header: string, { headers }: Masked): boolean {
  const confidential = [...headers, TOOL_TOKEN_HEADER].map((masked) => masked.toLowerCase());
  return isCallerHeader(header) || confidential.includes(header.toLowerCase());
}

/** Names of the headers or query parameters that validations of the policy read. */
function tokensIn({ roots }: SourceTree, attribute: string): string[] {
  return allElements(roots)
    .filter(({ name }) => name.startsWith("validate-") || name === "check-header")
    .flatMap((element) => attributeOf(element, nameAttribute(element, attribute))?.trim() ?? [])
    .filter((name) => /^[\w.$-]+$/.test(name));
}

/** `check-header` has its header in an attribute of its own. */
function nameAttribute({ name }: SourceElement, attribute: string): string {
  return name === "check-header" && attribute === "header-name" ? "name" : attribute;
}

function distinct(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
