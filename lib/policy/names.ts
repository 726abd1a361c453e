import type { NameRule } from "../core/names";

/** Names in policies. Those that end up in code or in HTTP contain nothing that has a meaning there. Loads no cdktf. */
export const POLICY_NAMES = {
  header: {
    what: "header name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "a letter, followed by letters, digits, _ and -",
  },
  query: {
    what: "query parameter name",
    pattern: /^[A-Za-z_$][A-Za-z0-9_.$-]*$/,
    allowed: "a letter, _ or $, followed by letters, digits, _, ., $ and -",
  },
  variable: {
    what: "variable name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "a letter, followed by letters, digits, _ and -",
  },
  fragment: {
    what: "fragment id",
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?$/,
    allowed: "1 to 80 letters, digits, _ and -, with a letter or a digit at each end",
  },
  namedValue: {
    what: "name of the named value",
    pattern: /^[A-Za-z0-9_.-]{1,256}$/,
    allowed: "1 to 256 letters, digits, _, . and -",
  },
} satisfies Record<string, NameRule>;

/** Names under which consumers send their subscription key. */
export interface SubscriptionKeyNames {
  /** Name of the request header. */
  readonly header: string;

  /** Name of the query parameter. */
  readonly query: string;
}

/**
 * The names that API Management gives to the subscription key of an API unless it is told others. Without cdktf, which the
 * command line does not load.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-subscriptions
 */
export const SERVICE_KEY_NAMES = {
  header: "Ocp-Apim-Subscription-Key",
  query: "subscription-key",
};

/** Headers with a meaning of their own, which a request would lose with its key. */
const NO_KEY_HEADERS = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "host",
  "transfer-encoding",
  "x-mcp-api-token",
]);

/** Whether a subscription key can be in the header. */
export function canHoldKey(header: string): boolean {
  return !NO_KEY_HEADERS.has(header.toLowerCase()) && !isCallerHeader(header);
}

/** The attribute that names the variable for a token. */
export const TOKEN_VARIABLE_ATTRIBUTE = "output-token-variable-name";

/** The default variable for the validated token. */
export const TOKEN_VARIABLE = "caller-token";

/**
 * The header in which an MCP server sends the gateway's token to the API of its tools. API Management removes the headers of
 * subscription keys between the two, and does not promise to keep Authorization.
 */
export const TOOL_TOKEN_HEADER = "X-Mcp-Api-Token";

/** The headers that the backend can trust, and their claims; the second claim is used if there is no first one. */
export const CALLER_HEADERS: readonly (readonly [header: string, claim: string, otherwise?: string])[] = [
  ["X-Caller-Object-Id", "oid"],
  ["X-Caller-Tenant-Id", "tid"],
  ["X-Caller-Client-Id", "azp", "appid"],
  ["X-Caller-Subject", "sub"],
];

/** Kind of the statement that stands in the place of the token, where none is sent. */
export const WITHOUT_TOKEN = "without-token";

/** The elements that the gateway inserts, by the kind of their statement. */
export const GATEWAY_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ...CALLER_HEADERS.map(([header]): [string, string] => [header.toLowerCase(), "set-header"]),
  ["subscription-key-header", "set-header"],
  ["subscription-key-query", "set-query-parameter"],
  ["route", "set-backend-service"],
  ["branches", "choose"],
  ["token", "authentication-managed-identity"],
  [WITHOUT_TOKEN, "set-header"],
]);

/** Whether the header may come only from a validated token. */
export function isCallerHeader(name: string): boolean {
  return name.toLowerCase().startsWith("x-caller-");
}

/** Kind of the statement that sets the headers from a token that the same policy validates. */
export const FORWARDING_KIND = "forward-caller-identity";

/** Kind of the statement that sets them from a token that a parent policy, or the policy that includes a fragment, validates. */
export const INHERITED_FORWARDING_KIND = "forward-inherited-caller-identity";

/** The attribute of `validate-azure-ad-token` with the sign-in host of a cloud. */
export const AUTHENTICATION_ENDPOINT = "authentication-endpoint";
