import { TerraformResource } from "cdktf";
import { writtenAs } from "../core/rendered";
import { stateOf } from "../core/state";

/** The policies that the library writes in an app. */
function ownPolicies(policy: TerraformResource): Set<TerraformResource> {
  return stateOf(policy.node.root, "own-policies", () => new Set());
}

/** Notes that the library writes a policy. All others could open the APIs that these close. */
export function noteOwnPolicy(policy: TerraformResource): void {
  ownPolicies(policy).add(policy);
}

/** The policies that others write. What a policy of the library was moved to is checked like that policy. */
export function foreignAmong(policies: readonly TerraformResource[]): TerraformResource[] {
  const [first] = policies;
  const own = first ? ownPolicies(first) : new Set();
  const others = policies.filter((policy) => !own.has(policy));
  if (others.length === 0) return [];
  const targets = new Set([...ownPolicies(first)].map(writtenAs));
  return others.filter((policy) => !targets.has(policy));
}
