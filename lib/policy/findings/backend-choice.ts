import { ConflictResolution } from "../conflict-resolution";
import { PolicySlot, StatementConfig } from "../statement";
import { conflictRule } from "./conflict-rule";
import { isOfRequest, Located, locatedInStatement } from "./located";
import { inSlot, merges, policiesThat, PolicyRule } from "./rule";

const PURPOSE = "to send requests where it says";

export const BACKEND_ALREADY_CHOSEN = conflictRule({
  id: "backend-already-chosen",
  theirs: choosesBackend,
  ours: routes,
  says: ({ name, other }) => `<${name}> chooses a backend, but ${other} chooses another one.`,
  keep: { resolution: ConflictResolution.KEEP_BACKEND, omitsOurs: true, purpose: PURPOSE },
  replace: ConflictResolution.REPLACE_BACKEND,
  overrides: true,
});

/** Without a backend entity, the token goes where the document says. */
export const TOKEN_FOR_OTHER_BACKEND = conflictRule({
  id: "token-for-other-backend",
  theirs: choosesBackend,
  ours: (statement, all) => inSlot(PolicySlot.TOKEN)(statement) && !all.some(routes),
  says: ({ name, other }) =>
    `<${name}> chooses a backend, but ${other} gets a token for the backend at the API's own address.`,
  keep: { resolution: ConflictResolution.KEEP_BACKEND, omitsOurs: false, purpose: PURPOSE },
  replace: ConflictResolution.REPLACE_BACKEND,
  overrides: false,
});

export const BACKEND_KEPT: PolicyRule = {
  id: "backend-kept",
  severity: "warning",
  when: (examined) =>
    merges(PolicySlot.TOKEN)(examined) && examined.resolutions.include(ConflictResolution.KEEP_BACKEND),
  finds: policiesThat(
    ({ element, aside, statement }) => element.name === "set-backend-service" && !aside && statement === undefined,
  ),
  says: () => "The backend chosen here is kept, and receives the gateway's token.",
  resolutions: () => ["make sure that the token is for this backend"],
};

function choosesBackend(located: Located): boolean {
  return located.element.name === "set-backend-service" && !located.aside && isOfRequest(located);
}

/** Chooses the backend, by itself or together with the token of each branch. */
function routes(statement: StatementConfig): boolean {
  return (
    inSlot(PolicySlot.ROUTING)(statement) ||
    (inSlot(PolicySlot.TOKEN)(statement) &&
      locatedInStatement(statement).some(({ element }) => element.name === "set-backend-service"))
  );
}
