import { resourceName } from "./writing/arguments";
import { node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { statement } from "./writing/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";

/** Where a fragment is included. */
export interface IncludeFragmentOptions {
  /**
   * The section. In `BACKEND` the fragment must forward the request.
   *
   * @default PolicySection.INBOUND
   */
  readonly section?: PolicySection;
}

/** See `PolicyStatement.includeFragment`. */
export function includeFragment(fragmentId: string, options: IncludeFragmentOptions): IPolicyStatement {
  const id = resourceName("PolicyStatement.includeFragment", POLICY_NAMES.fragment, fragmentId);
  return statement({
    section: options.section ?? PolicySection.INBOUND,
    slot: PolicySlot.USER,
    kind: "include-fragment",
    xml: node("include-fragment", { "fragment-id": id }),
  });
}
