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

export function includeFragment(fragmentId: string, options: IncludeFragmentOptions): StatementConfig {
  const id = resourceName("PolicyStatement.includeFragment", POLICY_NAMES.fragment, fragmentId);
  const xml = node("include-fragment", { "fragment-id": id });
  return inSection(options.section ?? PolicySection.INBOUND, "include-fragment", xml);
}
