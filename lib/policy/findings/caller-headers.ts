import { ConflictResolution } from "../conflict-resolution";
import { FORWARDING_KIND, INHERITED_FORWARDING_KIND } from "../gateway/caller-headers";
import { PolicySlot, StatementConfig } from "../statement";
import { conflictRule } from "./conflict-rule";
import { isOfRequest, setsCallerHeader } from "./located";
import { inSlot } from "./rule";

export const CALLER_HEADER_SET = conflictRule({
  id: "caller-header-set",
  theirs: (located) =>
    !located.aside && isOfRequest(located) && setsCallerHeader(located) && !forwardsIdentity(located.statement),
  ours: inSlot(PolicySlot.TOKEN),
  says: ({ name }) => `<${name}> sets an X-Caller-* header, which the backend trusts to come from a validated token.`,
  replace: ConflictResolution.REPLACE_CALLER_HEADERS,
  overrides: false,
  alternatives: [
    "write PolicyStatement.forwardCallerIdentity() to set it from the validated token",
    "give the header another name",
  ],
});

function forwardsIdentity(statement: StatementConfig | undefined): boolean {
  return statement?.kind === FORWARDING_KIND || statement?.kind === INHERITED_FORWARDING_KIND;
}
