import { changesAuthorization, copiesRequest, followsRedirects, hasComputedName, readsAuthorization } from "./effects";
import { findInValues, isOfRequest } from "./located";
import { carriesToken, policiesNamed, policiesThat, PolicyRule } from "./rule";

export const TOKEN_REPLACED_LATER: PolicyRule = {
  id: "token-replaced-later",
  severity: "conflict",
  finds: policiesThat(
    (located, examined) => carriesToken(examined, located) && isOfRequest(located) && changesAuthorization(located),
  ),
  says: ({ name }) => `<${name}> changes Authorization, which contains the gateway's token at this point.`,
  resolutions: ({ name }) => [
    `move <${name}> to <inbound>, before the policy that adds the gateway's token`,
    `remove <${name}>`,
  ],
};

/** In a merge, the headers of the caller are trusted from `inbound` on. */
export const HEADER_NAME_UNKNOWN: PolicyRule = {
  id: "header-name-unknown",
  severity: "warning",
  when: ({ reach }) => reach !== "nowhere",
  finds: policiesNamed(["set-header"], (located) => isOfRequest(located) && hasComputedName(located)),
  says: ({ name }) =>
    `<${name}> sets a header whose name is computed at run time. The name could be Authorization, which carries the gateway's token, ` +
    "or X-Caller-*, which the backend trusts.",
  resolutions: () => ["write the name of the header"],
};

export const TOKEN_COPIED: PolicyRule = {
  id: "token-copied",
  severity: "warning",
  finds: policiesNamed(
    ["send-request", "send-one-way-request"],
    (located, examined) => carriesToken(examined, located) && copiesRequest(located),
  ),
  says: ({ name }) => `<${name}> can send a copy of the request, including the gateway's token, to another address.`,
  resolutions: () => ['write mode="new", and set the headers that the other address needs'],
};

export const TOKEN_READ: PolicyRule = {
  id: "token-read",
  severity: "warning",
  finds: policiesThat(
    (located, examined) => carriesToken(examined, located) && findInValues(examined.tree, located, readsToken) === true,
  ),
  says: ({ name }) =>
    `The code in <${name}> can read Authorization, which contains the gateway's token at this point instead of the consumer's.`,
  resolutions: () => [
    "read the consumer's token in <inbound>, before the gateway's token is added, and keep what you need in a variable",
    'read only headers that the code names: context.Request.Headers.GetValueOrDefault("X-Name", "")',
  ],
};

function readsToken(_: string, value: string): true | undefined {
  return readsAuthorization(value) || undefined;
}

export const REDIRECTS_FOLLOWED: PolicyRule = {
  id: "redirects-followed",
  severity: "warning",
  finds: policiesNamed(
    ["forward-request"],
    (located, examined) => carriesToken(examined, located) && followsRedirects(located),
  ),
  says: ({ name }) =>
    `<${name}> can follow redirects, so the gateway's token goes to any address that the backend redirects to.`,
  resolutions: () => ['write follow-redirects="false"'],
};

export const SENT_THROUGH_PROXY: PolicyRule = {
  id: "sent-through-proxy",
  severity: "warning",
  when: ({ reach }) => reach !== "nowhere",
  finds: policiesNamed(["proxy"], isOfRequest),
  says: ({ name }) => `<${name}> sends requests, including the gateway's token, through another server.`,
  resolutions: ({ name }) => ["make sure that you trust this server with the token", `remove <${name}>`],
};
