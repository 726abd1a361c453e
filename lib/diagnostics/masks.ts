import { TerraformResource } from "cdktf";
import { finding } from "../core/fail";
import { guard, GuardedAttributes, ONCE } from "../core/guard";
import { SubscriptionKeyNames, SERVICE_KEY_NAMES, isCallerHeader, TOOL_TOKEN_HEADER } from "../policy/names";
import { allElements, attributeOf, SourceElement, SourceTree } from "../policy/syntax/source-tree";

/** Headers with credentials or identities, as apps, functions and Azure services use them. */
const HEADERS = [
  "Authorization",
  "Proxy-Authorization",
  "Cookie",
  "Set-Cookie",
  "api-key",
  "X-Api-Key",
  "x-functions-key",
  "X-ZUMO-AUTH",
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
export function isConfidential(header: string, { headers }: Masked): boolean {
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
