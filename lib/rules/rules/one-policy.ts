import type { Model } from "../model/model";
import { namingAttribute } from "../model/policy-place";
import type { PolicyScope, PolicyText } from "../model/policy-text";
import { addressFrom } from "../model/resource";
import { Judgement, SecurityRule } from "../rule";

export const ONE_POLICY: SecurityRule = {
  id: "one-policy",
  title: "Each API, operation, product and gateway has one policy.",
  severity: "error",
  control: "PV-1",
  cwe: 694,
  judges: (model) =>
    model.policies.filter(({ scope }) => scope !== "fragment").map((policy) => judgePolicy(model, policy)),
};

const OWNERS: Readonly<Record<PolicyScope, string>> = {
  global: "gateway",
  product: "product",
  api: "API",
  operation: "operation",
  fragment: "fragment",
};

/** Each of several policies but the first is found. */
function judgePolicy({ rivals }: Model, policy: PolicyText): Judgement {
  const [first] = rivals.allOf(policy);
  const owner = OWNERS[policy.scope];
  if (first !== policy)
    return {
      ...at(policy),
      verdict: "violated",
      text: `${addressFrom(first.resource, policy.resource.stack.name)} is a policy of the same ${owner}. Azure keeps only the one that is applied last, so the more open one can replace the other.`,
      remedy: "Write one policy that does what both must do, and remove the other.",
    };
  const [other] = rivals.possibleOf(policy);
  if (other === undefined || !rivals.isAfter(policy, other))
    return { ...at(policy), verdict: "complies", text: "", remedy: "" };
  const text = `Whether ${addressFrom(other.resource, policy.resource.stack.name)} is a policy of the same ${owner} is known only when Terraform runs.`;
  return { ...at(policy), verdict: "unknown", text, remedy: "" };
}

function at(policy: PolicyText): Pick<Judgement, "resource" | "attribute"> {
  return { resource: policy.resource, attribute: namingAttribute(policy) };
}
