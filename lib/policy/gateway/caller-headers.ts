/** The default variable for the validated token. */
export const TOKEN_VARIABLE = "caller-token";

/** The headers that the backend can trust, and their claims; the second claim is used if there is no first one. */
export const CALLER_HEADERS: readonly (readonly [header: string, claim: string, otherwise?: string])[] = [
  ["X-Caller-Object-Id", "oid"],
  ["X-Caller-Tenant-Id", "tid"],
  ["X-Caller-Client-Id", "azp", "appid"],
  ["X-Caller-Subject", "sub"],
];

/** Whether the header may come only from a validated token. */
export function isCallerHeader(name: string): boolean {
  return name.toLowerCase().startsWith("x-caller-");
}

/** Kind of the statement that sets the headers from a token that the same policy validates. */
export const FORWARDING_KIND = "forward-caller-identity";

/** Kind of the statement that sets them from a token that a parent policy, or the policy that includes a fragment, validates. */
export const INHERITED_FORWARDING_KIND = "forward-inherited-caller-identity";
