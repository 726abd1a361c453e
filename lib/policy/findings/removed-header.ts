import { PolicySlot } from "../statement";
import { attributeOf } from "../syntax/source-tree";
import { headerName, isInbound, Located, locatedInStatement } from "./located";
import { Examined, inSlot, policiesThat, PolicyRule } from "./rule";

export const HEADER_REMOVED_LATER: PolicyRule = {
  id: "header-removed-later",
  severity: "warning",
  finds: (examined) => {
    const removed = removedHeaders(examined);
    return policiesThat(
      (located) => isInbound(located) && setsOneOf(removed, located),
      ({ element }) => attributeOf(element, "name"),
    )(examined);
  },
  says: ({ value }) => `The header ${value} is set here, and removed before the backend is called.`,
  resolutions: () => ["give the header another name", "remove it here"],
};

/** The headers that are hidden from the backend. */
function removedHeaders({ statements }: Examined): ReadonlySet<string | undefined> {
  return new Set(statements.filter(inSlot(PolicySlot.CLEANUP)).flatMap(locatedInStatement).map(headerName));
}

/** Whether the user's own text gives one of the headers a value. */
function setsOneOf(headers: ReadonlySet<string | undefined>, located: Located): boolean {
  const name = headerName(located);
  const isUsers = located.statement === undefined && attributeOf(located.element, "exists-action") !== "delete";
  return isUsers && name !== undefined && headers.has(name);
}
