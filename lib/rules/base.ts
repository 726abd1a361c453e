import { sectionOf } from "../policy/findings/located";
import { PolicySection } from "../policy/statement";
import type { PolicyText } from "./model/policy-text";
import { judgedAt, Judgement } from "./rule";

/** Whether the policy inherits the policies above it, as the last argument names them. */
export function judgeBase(policy: PolicyText, lost: string): Judgement[] {
  const root = policy.tree?.roots[0];
  if (!policy.tree || root?.name !== "policies") return [];
  const inbound = sectionOf(policy.tree, PolicySection.INBOUND);
  const inherits = inbound?.children.some(({ name }) => name === "base") === true;
  const verdict = inherits ? "complies" : policy.hasUnknownPolicies ? "unknown" : "violated";
  const text =
    verdict === "unknown"
      ? "A part of the policy is known only when Terraform runs, and could be <base />."
      : `The policy has no <base /> in <inbound>, so ${lost}.`;
  return [judgedAt(policy, (inbound ?? root).start, verdict, text, "Write <base /> in <inbound>.")];
}
