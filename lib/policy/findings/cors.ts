import { ConflictResolution } from "../conflict-resolution";
import { PolicySection } from "../policy-section";
import { PolicySlot } from "../statement";
import { SourceElement } from "../syntax/source-tree";
import { conflictRule } from "./conflict-rule";
import { isInbound, sectionOf } from "./located";
import { foundAt, inSlot, PolicyRule } from "./rule";

export const SECOND_CORS = conflictRule({
  id: "second-cors",
  theirs: (located) => isInbound(located) && !located.nested && located.element.name === "cors",
  ours: inSlot(PolicySlot.CORS),
  says: ({ name, other }) => `The section already has <${name}> and accepts only one: ${other} would be the second.`,
  keep: { resolution: ConflictResolution.KEEP_CORS, omitsOurs: true, purpose: "to omit the statement" },
  replace: ConflictResolution.REPLACE_CORS,
  overrides: false,
});

export const LATE_CORS: PolicyRule = {
  id: "late-cors",
  severity: "warning",
  when: ({ statements }) => statements.some(({ section }) => section === PolicySection.INBOUND),
  finds: (examined) => {
    const inbound = sectionOf(examined.tree, PolicySection.INBOUND);
    const cors = inbound && lateCors(inbound);
    return cors ? [foundAt(examined, cors)] : [];
  },
  says: () => "<cors> comes after other policies, which preflight requests reach first.",
  resolutions: () => ["move it before <base />"],
};

function lateCors({ children }: SourceElement): SourceElement | undefined {
  const first = children.findIndex(({ name }) => name !== "base" && name !== "cors");
  return first < 0 ? undefined : children.slice(first).find(({ name }) => name === "cors");
}
