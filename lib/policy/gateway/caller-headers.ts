/** The variable that holds the validated token unless the user names another one. */
export const TOKEN_VARIABLE = "caller-token";

/** The headers that the backend may trust, and the claims they come from; the second stands in for the first. */
export const CALLER_HEADERS: readonly (readonly [header: string, claim: string, otherwise?: string])[] = [
  ["X-Caller-Object-Id", "oid"],
  ["X-Caller-Tenant-Id", "tid"],
  ["X-Caller-Client-Id", "azp", "appid"],
  ["X-Caller-Subject", "sub"],
];

/** Whether the header is one that only a validated token may set. */
export function isCallerHeader(name: string): boolean {
  return name.toLowerCase().startsWith("x-caller-");
}

/** Kind of the statement that sets them from a token that the same policy validates. */
export const FORWARDING_KIND = "forward-caller-identity";

/** Kind of the statement that sets them from a token that was validated before: by a parent policy, or by whoever includes a fragment. */
export const INHERITED_FORWARDING_KIND = "forward-inherited-caller-identity";
