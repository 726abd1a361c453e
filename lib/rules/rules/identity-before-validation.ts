import { AUTHORIZATION, signsInWithIdentity, tokenPlace, validatesToken } from "../../policy/findings/effects";
import { isInbound, Located } from "../../policy/findings/located";
import { headerFrom, tokensForBackend } from "../identity";
import type { PolicyText } from "../model/policy-text";
import { judgedAt, Judgement, SecurityRule } from "../rule";

/** What is validated afterwards is the gateway's own token, which is always valid. */
export const IDENTITY_BEFORE_VALIDATION: SecurityRule = {
  id: "identity-before-validation",
  title: "The consumer's token is validated before the gateway's token replaces it.",
  severity: "error",
  control: "IM-1",
  cwe: 287,
  judges: ({ policies }) => policies.flatMap(judgePolicy),
};

function judgePolicy(policy: PolicyText): Judgement[] {
  const [first] = tokensForBackend(policy).map((identity) =>
    signsInWithIdentity(identity) ? identity : (headerFrom(policy, identity) ?? identity),
  );
  if (first === undefined) return [];
  const later = policy.located.find(
    (located) => isInbound(located) && located.element.start > first.element.start && checksToken(located),
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
