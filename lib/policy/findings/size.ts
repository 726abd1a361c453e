import { inKib, POLICY_LIMITS, sizeOf } from "../size";
import { foundIn, PolicyRule } from "./rule";

const LIMIT = inKib(POLICY_LIMITS.otherTiers);

/** A document alone is never larger: it would not be read. */
export const MERGED_POLICY_TOO_LARGE: PolicyRule = {
  id: "merged-policy-too-large",
  severity: "conflict",
  finds: ({ tree }) => {
    const size = sizeOf(tree.text);
    const found = { ...foundIn(tree, { line: 1, column: 1 }), value: inKib(size) };
    return size > POLICY_LIMITS.otherTiers ? [found] : [];
  },
  says: ({ value: size }) =>
    `With the statements, the document has ${size}, but API Management accepts at most ${LIMIT}.`,
  resolutions: () => ["move policies into policy fragments, and include the fragments"],
};
