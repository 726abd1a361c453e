import { Annotations, TerraformResource } from "cdktf";
import { isComputedId } from "../azure/computed";
import { atSynth } from "../core/at-synth";
import { finding } from "../core/fail";
import { requireAtPlan } from "../core/guard";
import { comesFromSecret } from "../core/signs-of-secret";
import { unknownsIn } from "../policy/statements/writing/terraform-value";

/** Checks the values in the text of a policy that only Terraform knows: in preconditions, and at synth whether they are secrets. */
export function checkUnknowns(policy: TerraformResource, text: string): void {
  const unknowns = unknownsIn(text);
  if (unknowns.length === 0) return;
  atSynth(policy, () => {
    const unsure = unknowns.filter(({ value }) => !isComputedId(policy, value));
    requireAtPlan(
      policy,
      unsure.map(({ condition }) => condition),
    );
    if (unsure.some(({ isText, value }) => isText && comesFromSecret(policy, value))) warnOfSecret(policy);
  });
}

function warnOfSecret(policy: TerraformResource): void {
  Annotations.of(policy).addWarning(
    finding(
      "secret-in-policy",
      `The policy "${policy.node.path}" contains a Terraform value that comes from a secret. Everyone who can read the policy or the ` +
        "Terraform state can read it.",
      'Keep it in a key vault, create an ApimNamedValue with NamedValueContent.keyVaultSecret(vault, "..."), and write its policyValue.',
    ),
  );
}
