import { PolicySection } from "../policy-section";
import { PolicySlot, StatementConfig } from "../statement";
import { resourceName } from "./writing/arguments";
import { POLICY_NAMES } from "./writing/policy-names";
import { node } from "./writing/xml";

/** Where a fragment is included. */
export interface IncludeFragmentOptions {
  /**
   * The section. In `BACKEND`, the fragment must forward the request.
   *
   * @default PolicySection.INBOUND
   */
  readonly section?: PolicySection;
}

/** See `PolicyStatement.includeFragment`. */
export function includeFragment(fragmentId: string, options: IncludeFragmentOptions): StatementConfig {
  const id = resourceName("PolicyStatement.includeFragment", POLICY_NAMES.fragment, fragmentId);
  return {
    section: options.section ?? PolicySection.INBOUND,
    slot: PolicySlot.USER,
    kind: "include-fragment",
    xml: node("include-fragment", { "fragment-id": id }),
  };
}
