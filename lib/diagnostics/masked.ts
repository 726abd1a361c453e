import { SubscriptionKeyNames, SERVICE_KEY_NAMES } from "../policy/subscription-key-names";
import { isCallerHeader } from "../policy/gateway/caller-headers";
import { allElements, attributeOf, SourceTree } from "../policy/syntax/source-tree";

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

/** What diagnostics mask in every request and response. */
export interface Masked {
  readonly headers: readonly string[];
  readonly queryParameters: readonly string[];
}

/** What the diagnostics of an API mask: known credentials, its names for the subscription key, and the tokens that its policy reads. */
export function maskedFor(names: SubscriptionKeyNames, policy: SourceTree): Masked {
  return {
    headers: distinct([...HEADERS, SERVICE_KEY_NAMES.header, names.header, ...tokensIn(policy, "header-name")]),
    queryParameters: distinct([
      ...QUERY_PARAMETERS,
      SERVICE_KEY_NAMES.query,
      names.query,
      ...tokensIn(policy, "query-parameter-name"),
    ]),
  };
}

/** Whether a header must not be logged: it contains a credential or the identity of a consumer. */
export function isConfidential(header: string, { headers }: Masked): boolean {
  return isCallerHeader(header) || headers.some((masked) => masked.toLowerCase() === header.toLowerCase());
}

/** Names of the headers or query parameters that validations of the policy read. */
function tokensIn({ roots }: SourceTree, attribute: string): string[] {
  return allElements(roots)
    .filter(({ name }) => name.startsWith("validate-") || name === "check-header")
    .flatMap((element) => attributeOf(element, attribute)?.trim() ?? [])
    .filter((name) => /^[\w.$-]+$/.test(name));
}

function distinct(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
