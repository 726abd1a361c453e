import { SubscriptionKeyNames } from "../../api/api-surface";
import { SERVICE_KEY_NAMES } from "../../core/service-key-names";
import { isCallerHeader } from "../../policy/private/caller-headers";

/** Headers that let somebody in, whoever sends them to whom. */
const HEADERS = ["Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "api-key", "x-functions-key"];

/** Query parameters that let somebody in; the address of a request is logged with all of them. */
const QUERY_PARAMETERS = ["access_token", "code", "sig"];

/** What diagnostics mask on every leg of a request. */
export interface Masked {
  readonly headers: readonly string[];
  readonly queryParameters: readonly string[];
}

/** What diagnostics of an API mask: what lets somebody in, the API's own names for the subscription key included. */
export function maskedFor(names: SubscriptionKeyNames): Masked {
  return {
    headers: distinct([...HEADERS, SERVICE_KEY_NAMES.header, names.header]),
    queryParameters: distinct([...QUERY_PARAMETERS, SERVICE_KEY_NAMES.query, names.query]),
  };
}

/** Whether a header must not be logged: it lets somebody in, or says who a consumer is. */
export function isKept(header: string, { headers }: Masked): boolean {
  return isCallerHeader(header) || headers.some((masked) => masked.toLowerCase() === header.toLowerCase());
}

function distinct(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}
