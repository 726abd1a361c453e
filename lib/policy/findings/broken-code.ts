import { Examined, Found, foundIn, PolicyRule } from "./rule";

const BROKEN = "The code of this expression is broken: a string or a bracket in it is not closed.";
const CLOSE_IT = "close the string or the bracket";

export const BROKEN_CODE: PolicyRule = {
  id: "broken-code",
  severity: "warning",
  finds: (examined) => doubtsOf(examined),
  says: () => `${BROKEN} API Management will reject it.`,
  resolutions: () => [CLOSE_IT],
};

/** Nothing is merged if the rest of the document would be read differently than before. */
export const BROKEN_CODE_HIDES_ENDS: PolicyRule = {
  id: "broken-code-hides-ends",
  severity: "conflict",
  finds: (examined) => doubtsOf(examined).slice(0, 1),
  says: () => `${BROKEN} After a merge, the end of the expressions around it would be unknown.`,
  resolutions: () => [CLOSE_IT],
};

export const READ_DIFFERENTLY: PolicyRule = {
  id: "read-differently",
  severity: "conflict",
  when: ({ tree }) => tree.doubts.length === 0,
  finds: ({ tree, insertions }) => {
    const [first] = insertions.values();
    return [foundIn(tree, first ?? tree.position(tree.roots[0]?.start ?? 0))];
  },
  says: () => "The merge would change how the rest of the document is read.",
  resolutions: () => ['escape the expressions: write &quot;, &lt; and &amp; for the characters ", < and &'],
};

function doubtsOf({ tree }: Examined): readonly Found[] {
  return tree.doubts;
}
