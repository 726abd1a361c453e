import { PropertyNames, requireOnly } from "../../core/property-names";
import { inSection, PolicySection, StatementConfig } from "../statement";
import { resourceName } from "./writing/arguments";
import { POLICY_NAMES } from "../names";
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

/** The names of its properties. */
const INCLUDE_FRAGMENT_OPTIONS: PropertyNames<IncludeFragmentOptions> = { section: true };

export function includeFragment(fragmentId: string, options: IncludeFragmentOptions): StatementConfig {
  const call = "PolicyStatement.includeFragment";
  requireOnly(call, call, options, {
    names: INCLUDE_FRAGMENT_OPTIONS,
    example: `${call}("...", { section: PolicySection.OUTBOUND })`,
  });
  const id = resourceName(call, POLICY_NAMES.fragment, fragmentId);
  const xml = node("include-fragment", { "fragment-id": id });
  return inSection(options.section ?? PolicySection.INBOUND, "include-fragment", xml);
}
