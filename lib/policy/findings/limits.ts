import { Located, isInbound, sectionOf } from "./located";
import { named } from "./named";
import { Examined, policiesNamed, PolicyRule, inSlot } from "./rule";
import { ConflictResolution } from "../conflict-resolution";
import { PolicySection, PolicySlot } from "../statement";
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
    const other = inbound?.children.find(({ name }) => name !== "base" && name !== "cors");
    const isLate = ({ element }: Located): boolean =>
      other !== undefined && element.parent === inbound && element.start > other.start;
    return named(examined.elements, ["cors"]).filter(isLate).slice(0, 1);
  },
  says: () => "<cors> comes after other policies, but API Management expects it to be the first policy.",
  resolutions: () => ["move <cors> before <base />"],
};
