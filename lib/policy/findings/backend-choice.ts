import { ConflictResolution } from "../conflict-resolution";
import { PolicySlot, StatementConfig } from "../statement";
import { conflictRule } from "./conflict-rule";
import { isOfRequest, Located, locatedInStatement, isInbound } from "./located";
import { carriesToken, inSlot, merges, policiesNamed, PolicyRule } from "./rule";
import { attributeOf } from "../syntax/source-tree";

const PURPOSE = "to send requests to the backend that it chooses";

export const BACKEND_CHOICES = ["set-backend-service"];

export const BACKEND_ALREADY_CHOSEN = conflictRule({
  id: "backend-already-chosen",
  names: BACKEND_CHOICES,
  theirs: choosesBackend,
  ours: routes,
  agree: (theirs, ours) => backendsIn(ours).every((id) => id !== undefined && id === backendOf(theirs)),
  says: ({ name, other }) => `<${name}> chooses a backend, but ${other} chooses another one.`,
  keep: { resolution: ConflictResolution.KEEP_BACKEND, omitsOurs: true, purpose: PURPOSE },
  replace: ConflictResolution.REPLACE_BACKEND,
  overrides: true,
});

/** Without a backend entity, the token goes where the document says. */
export const TOKEN_FOR_OTHER_BACKEND = conflictRule({
  id: "token-for-other-backend",
  names: BACKEND_CHOICES,
  theirs: choosesBackend,
  ours: (statement, all) => inSlot(PolicySlot.TOKEN)(statement) && !all.some(routes),
  says: ({ name, other }) =>
    `<${name}> chooses a backend, but ${other} gets a token for the backend at the API's own address.`,
  keep: { resolution: ConflictResolution.KEEP_BACKEND, purpose: PURPOSE },
  replace: ConflictResolution.REPLACE_BACKEND,
});

export const BACKEND_KEPT: PolicyRule = {
  id: "backend-kept",
  severity: "warning",
  when: (examined) =>
    merges(PolicySlot.TOKEN)(examined) && examined.resolutions.include(ConflictResolution.KEEP_BACKEND),
  finds: policiesNamed(BACKEND_CHOICES, ({ aside, statement }) => !aside && statement === undefined),
  says: () => "The backend chosen here is kept, and receives the gateway's token.",
  resolutions: () => ["make sure that the token is for this backend"],
};

export function choosesBackend(located: Located): boolean {
  return located.element.name === "set-backend-service" && isOfRequest(located);
}

/** Chooses the backend, by itself or together with the token of each branch. */
export function routes(statement: StatementConfig): boolean {
  return (
    inSlot(PolicySlot.ROUTING)(statement) || (inSlot(PolicySlot.TOKEN)(statement) && backendsIn(statement).length > 0)
  );
}

/** The backend entities that it chooses between. */
function backendsIn(statement: StatementConfig): (string | undefined)[] {
  const choices = locatedInStatement(statement).filter(({ element }) => element.name === "set-backend-service");
  return choices.map((choice) => statement.backendName ?? backendOf(choice));
}

/** The backend entity that it chooses. */
function backendOf({ element }: Located): string | undefined {
  return attributeOf(element, "backend-id");
}

export const EARLY_RESPONSE = conflictRule({
  id: "early-response",
  names: ["return-response", "mock-response"],
  theirs: (located) => isInbound(located) && !located.nested,
  ours: inSlot(PolicySlot.ROUTING, PolicySlot.TOKEN),
  says: ({ name, other }) => `<${name}> answers every request, so no policy after it runs, and neither does ${other}.`,
  keep: {
    resolution: ConflictResolution.KEEP_EARLY_RESPONSE,
    purpose: "to keep this response, so that the backend is not called",
  },
  replace: ConflictResolution.REPLACE_EARLY_RESPONSE,
});

export const INCLUSIONS = ["include-fragment"];

/** A fragment that a statement includes is known to the author of the statement. After `inbound`, a fragment can read the token. */
export const FRAGMENT_NOT_VISIBLE: PolicyRule = {
  id: "fragment-not-visible",
  severity: "warning",
  finds: policiesNamed(
    INCLUSIONS,
    (located, examined) => (isOfRequest(located) || carriesToken(examined, located)) && located.statement === undefined,
    ({ element }) => attributeOf(element, "fragment-id") ?? "",
  ),
  says: ({ value: fragmentId }) => `The library cannot read the content of the fragment "${fragmentId}".`,
  resolutions: () => ["make sure that the fragment does not choose a backend, and does not set or read Authorization"],
};
