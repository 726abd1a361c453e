import { Located, isInbound, sectionOf } from "./located";
import { named } from "./named";
import { Examined, policiesNamed, PolicyRule, foundAt, inSlot } from "./rule";
import { ConflictResolution } from "../conflict-resolution";
import { PolicySection, PolicySlot } from "../statement";
import { SourceElement } from "../syntax/source-tree";
import { conflictRule } from "./conflict-rule";

/**
 * Policies that a document can have once, anywhere in it.
 *
 * @see https://learn.microsoft.com/azure/api-management/rate-limit-policy#usage-notes
 */
const ONCE = ["rate-limit", "quota"];

export const LIMIT_REPEATED: PolicyRule = {
  id: "limit-repeated",
  severity: "conflict",
  finds: (examined) => {
    const first = firstOfEachKind(examined);
    return policiesNamed(
      ONCE,
      (located) => located.statement !== undefined && !located.aside && first.get(located.name) !== located,
    )(examined);
  },
  says: ({ name }) => `A document can have <${name}> once, and this is the second one.`,
  resolutions: ({ name }) => [`remove one <${name}>`, "write this one in the policy of a product or of an operation"],
};

function firstOfEachKind({ elements }: Examined): ReadonlyMap<string, Located> {
  const limits = named(elements, ONCE).filter(({ aside }) => !aside);
  return new Map(limits.reverse().map((located) => [located.name, located]));
}

export const SECOND_CORS = conflictRule({
  id: "second-cors",
  names: ["cors"],
  theirs: (located) => isInbound(located) && !located.nested,
  ours: inSlot(PolicySlot.CORS),
  says: ({ name, other }) => `The section already has <${name}> and accepts only one: ${other} would be the second.`,
  keep: { resolution: ConflictResolution.KEEP_CORS, omitsOurs: true, purpose: "to omit the statement" },
  replace: ConflictResolution.REPLACE_CORS,
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
  says: () => "<cors> comes after other policies, but API Management expects it to be the first policy.",
  resolutions: () => ["move <cors> before <base />"],
};

function lateCors({ children }: SourceElement): SourceElement | undefined {
  const first = children.findIndex(({ name }) => name !== "base" && name !== "cors");
  return first < 0 ? undefined : children.slice(first).find(({ name }) => name === "cors");
}
