import { inKib, POLICY_LIMITS, sizeOf } from "../size";
import { PolicyRule } from "./rule";

/** A document alone is never larger: it would not be read. */
export const MERGED_POLICY_TOO_LARGE: PolicyRule = {
  id: "merged-policy-too-large",
  severity: "conflict",
  finds: ({ tree }) => {
    const size = sizeOf(tree.text);
    const at = { source: tree.source, line: 1, column: 1 };
    return size > POLICY_LIMITS.otherTiers ? [{ at, name: "policies", value: inKib(size) }] : [];
  },
  says: ({ value: size }) =>
    `With the statements, the document has ${size}, but API Management accepts ${inKib(POLICY_LIMITS.otherTiers)}.`,
  resolutions: () => ["move policies into policy fragments, and include those"],
};
