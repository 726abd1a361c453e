import { headerName, signsInWithIdentity } from "../policy/findings/effects";
import { isInbound, isOfRequest, Located } from "../policy/findings/located";
import { TOKEN_VARIABLE_ATTRIBUTE } from "../policy/names";
import { attributeOf } from "../policy/syntax/source-tree";
import { includedIn } from "./fragments";
import type { Model } from "./model/model";
import type { PolicyText } from "./model/policy-text";

export function isIdentity({ element }: Located): boolean {
  return element.name === "authentication-managed-identity";
}

/** The policies that put an identity's token into the request to the backend, directly or from a variable. */
export function tokensForBackend(policy: PolicyText): Located[] {
  return policy.located.filter(
    (located) =>
      isIdentity(located) && isInbound(located) && (signsInWithIdentity(located) || headerFrom(policy, located)),
  );
}

/** The same, and what includes a fragment that does so. */
export function tokensAddedBy(model: Model, policy: PolicyText): Located[] {
  const including = policy.located.filter(
    (located) =>
      isInbound(located) &&
      includedIn(model, policy, located).some((fragment) => tokensForBackend(fragment).length > 0),
  );
  return [...tokensForBackend(policy), ...including];
}

/** The policy that puts the token of a variable into Authorization. */
export function headerFrom(policy: PolicyText, identity: Located): Located | undefined {
  const variable = attributeOf(identity.element, TOKEN_VARIABLE_ATTRIBUTE);
  if (variable === undefined) return undefined;
  return policy.located.find(
    (located) =>
      isOfRequest(located) && headerName(located) === "authorization" && textOf(policy, located).includes(variable),
  );
}

/** The text of an element, with what is in it. */
export function textOf({ tree }: PolicyText, { element }: Located): string {
  return tree?.text.slice(element.start, element.end) ?? "";
}
