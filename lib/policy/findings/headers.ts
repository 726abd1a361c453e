import { ConflictResolution } from "../conflict-resolution";
import { FORWARDING_KIND, INHERITED_FORWARDING_KIND } from "../names";
import { PolicySlot, StatementConfig } from "../statement";
import { conflictRule } from "./conflict-rule";
import { isOfRequest, setsCallerHeader, headerName, isInbound, Located, locatedInStatement } from "./located";
import { inSlot, Examined, policiesThat, PolicyRule } from "./rule";
import { attributeOf } from "../syntax/source-tree";

export const CALLER_HEADER_SET = conflictRule({
  id: "caller-header-set",
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
    const removed = removedHeaders(examined);
    return policiesThat(
      (located) => isInbound(located) && setsOneOf(removed, located),
      ({ element }) => attributeOf(element, "name"),
    )(examined);
  },
  says: ({ value: header }) =>
    `The header ${header} is set here, but the library removes it before the backend is called.`,
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
