import { AUTHORIZATION, signsInWithIdentity, tokenPlace, validatesToken } from "../../policy/findings/effects";
import { isInbound, Located } from "../../policy/findings/located";
import { includedIn } from "../fragments";
import { headerFrom, tokensAddedBy } from "../identity";
import type { Model } from "../model/model";
import type { PolicyText } from "../model/policy-text";
import { judgedAt, Judgement, SecurityRule } from "../rule";

/** What is validated afterwards is the gateway's own token, which is always valid. */
export const IDENTITY_BEFORE_VALIDATION: SecurityRule = {
  id: "identity-before-validation",
  title: "The consumer's token is validated before the gateway's token replaces it.",
  severity: "error",
  control: "IM-1",
  cwe: 287,
  judges: (model) => model.policies.flatMap((policy) => judgePolicy(model, policy)),
};

function judgePolicy(model: Model, policy: PolicyText): Judgement[] {
  const [first] = tokensAddedBy(model, policy)
    .map((identity) => (signsInWithIdentity(identity) ? identity : (headerFrom(policy, identity) ?? identity)))
    .sort((a, b) => a.element.start - b.element.start);
  if (first === undefined) return [];
  const later = policy.located.find(
    (located) =>
      isInbound(located) &&
      located.element.start > first.element.start &&
      (checksToken(located) ||
        includedIn(model, policy, located).some((fragment) => fragment.located.some(checksToken))),
  );
  const { element } = first;
  const after =
    later?.element.name === "base" ? "<base />, where inherited policies" : `<${later?.element.name}>, which`;
  const text = `<${element.name}> comes before ${after} would check the gateway's token instead of the consumer's.`;
  const remedy = `Move <${element.name}> to the end of <inbound>.`;
  return [judgedAt(policy, element.start, later ? "violated" : "complies", text, remedy)];
}

function checksToken(located: Located): boolean {
  return (
    (located.element.name === "base" && !located.nested) ||
    (validatesToken(located) && tokenPlace(located) === AUTHORIZATION)
  );
}
