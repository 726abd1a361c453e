import {
  AUTHORIZATION,
  deletes,
  headerName,
  setsAuthorization,
  signsInWithIdentity,
  tokenPlace,
  validatesToken,
} from "../../policy/findings/effects";
import { isInbound, isOfRequest, Located } from "../../policy/findings/located";
import { attributeOf } from "../../policy/syntax/source-tree";
import { headerFrom, isIdentity, textOf } from "../identity";
import type { PolicyText } from "../model/policy-text";
import { judgedAt, Judgement, SecurityRule } from "../rule";

/** A token in a variable leaves Authorization as the consumer sent it. */
export const CALLER_AUTHORIZATION_FORWARDED: SecurityRule = {
  id: "caller-authorization-forwarded",
  title: "The consumer's Authorization does not reach the backend.",
  severity: "error",
  control: "IM-8",
  cwe: 441,
  judges: ({ policies }) =>
    policies.filter(({ scope }) => scope === "api" || scope === "operation").flatMap(judgePolicy),
};

function judgePolicy(policy: PolicyText): Judgement[] {
  const inbound = policy.located.filter(isInbound);
  const identity = inbound.find((located) => isIdentity(located) && !signsInWithIdentity(located));
  // What an operation validates is replaced by its API.
  const validation =
    policy.scope === "api"
      ? inbound.find((located) => validatesToken(located) && tokenPlace(located) === AUTHORIZATION)
      : undefined;
  const cause = identity ?? validation;
  if (!cause) return [];
  const { element } = cause;
  const replacing = policy.located.filter((located) => isOfRequest(located) && replaces(located));
  const isReplaced = replacing.some((located) => !located.nested && !readsCaller(policy, located));
  const isConditional = replacing.length > 0;
  const text =
    cause === identity
      ? `<${element.name}> puts the gateway's token into a variable${headerFrom(policy, identity) ? ", and Authorization is set only where the consumer sent none" : ", but no policy sets Authorization"}: the backend gets the consumer's Authorization.`
      : `<${element.name}> validates the consumer's token, which then goes to the backend as it is.`;
  const remedy =
    cause === identity
      ? 'Remove output-token-variable-name, or write <set-header name="Authorization" exists-action="override"> with the variable.'
      : "Write <authentication-managed-identity> after it, which replaces the token, or remove Authorization with <set-header>.";
  const includes = inbound.some(({ element: { name } }) => name === "include-fragment") || policy.hasUnknownPolicies;
  const verdict = isReplaced ? "complies" : isConditional || includes ? "unknown" : "violated";
  return [
    judgedAt(
      policy,
      element.start,
      verdict,
      verdict === "unknown"
        ? "Whether Authorization is replaced depends on a condition, on code or on a part that is not in this policy."
        : text,
      remedy,
    ),
  ];
}

/** Whether the new value could be the consumer's. */
function readsCaller(policy: PolicyText, located: Located): boolean {
  return /Headers[^;]*Authorization/i.test(textOf(policy, located));
}

/** Whether the backend gets another Authorization, or none. */
function replaces(located: Located): boolean {
  if (signsInWithIdentity(located)) return true;
  if (headerName(located) !== "authorization") return setsAuthorization(located);
  const action = attributeOf(located.element, "exists-action")?.trim() ?? "override";
  return deletes(located) || action === "override";
}
