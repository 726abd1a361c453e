import { ConflictResolution } from "../conflict-resolution";
import { FORWARDING_KIND, INHERITED_FORWARDING_KIND } from "../names";
import { PolicySlot, StatementConfig } from "../statement";
import { conflictRule } from "./conflict-rule";
import { carrierOf, CARRIERS, deletes, setsCallerHeader } from "./effects";
import { isInbound, isOfRequest, Located, locatedInStatement } from "./located";
import { inSlot, Examined, policiesNamed, PolicyRule } from "./rule";
import { attributeOf } from "../syntax/source-tree";

export const CALLER_HEADER_SET = conflictRule({
  id: "caller-header-set",
  names: ["set-header"],
  theirs: (located) => isOfRequest(located) && setsCallerHeader(located) && !forwardsIdentity(located.statement),
  ours: inSlot(PolicySlot.TOKEN),
  says: ({ name }) => `<${name}> sets an X-Caller-* header, which the backend trusts to come from a validated token.`,
  replace: ConflictResolution.REPLACE_CALLER_HEADERS,
  alternatives: [
    "write PolicyStatement.forwardCallerIdentity() to set it from the validated token",
    "give the header another name",
  ],
});

function forwardsIdentity(statement: StatementConfig | undefined): boolean {
  return statement?.kind === FORWARDING_KIND || statement?.kind === INHERITED_FORWARDING_KIND;
}

export const HEADER_REMOVED_LATER: PolicyRule = {
  id: "header-removed-later",
  severity: "warning",
  finds: (examined) => {
    const removed = removedCarriers(examined);
    return policiesNamed(
      CARRIERS,
      (located, { reach }) =>
        isInbound(located) &&
        isUsers(located) &&
        removed.has(carrierOf(located)) &&
        !deletes(located) &&
        !(reach === "after inbound" && setsCallerHeader(located)),
      ({ element }) =>
        `${element.name === "set-header" ? "header" : "query parameter"} ${attributeOf(element, "name")}`,
    )(examined);
  },
  says: ({ value: carrier }) => `The ${carrier} is set here, but the library removes it before the backend is called.`,
  resolutions: () => ["give it another name", "remove it here"],
};

/** The headers and query parameters that are hidden from the backend. In a merge, those of the caller are a conflict. */
function removedCarriers({ statements }: Examined): ReadonlySet<string> {
  const removals = statements
    .filter(inSlot(PolicySlot.CLEANUP, PolicySlot.CALLER_IDENTITY))
    .flatMap(locatedInStatement);
  return new Set(removals.filter(deletes).map(carrierOf));
}

/** Whether the user has written it, in the document or as a statement. */
function isUsers({ statement }: Located): boolean {
  return statement === undefined || statement.slot === PolicySlot.USER;
}
