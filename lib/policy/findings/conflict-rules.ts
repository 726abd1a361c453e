import { PolicyConflict } from "../policy-conflict";
import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { FORWARDING_KIND, INHERITED_FORWARDING_KIND } from "../gateway/caller-headers";
import {
  isInbound,
  Located,
  locatedInStatement,
  setsAuthorization,
  signsInWithIdentity,
  setsCallerHeader,
  usesCertificate,
  validatesToken,
} from "../merge/located";

/** What may be asked for where a document and a statement say different things. */
export interface ConflictRule {
  readonly conflict: PolicyConflict;
  /** Whether an element is one of the two sides. */
  readonly theirs: (located: Located) => boolean;
  /** Whether a statement is the other one. */
  readonly ours: (statement: PolicyStatementConfig, all: readonly PolicyStatementConfig[]) => boolean;
  /** What keeping theirs means for ours; none where theirs cannot be kept without a hole. */
  readonly keep?: "ours-left-out" | "both-stay";
  /** Whether ours, further down, overrides theirs where it stands within another policy and cannot be taken out. */
  readonly overrides: boolean;
}

const inSlot =
  (...slots: PolicySlot[]) =>
  ({ section, slot }: PolicyStatementConfig): boolean =>
    section === PolicySection.INBOUND && slots.includes(slot);

const named =
  (...names: string[]) =>
  ({ element }: Located): boolean =>
    names.includes(element.name);

/** The gateway's token comes last in `inbound`: what it overrides there is harmless, but was meant to have an effect. */
export const CONFLICT_RULES: readonly ConflictRule[] = [
  {
    conflict: PolicyConflict.CORS,
    theirs: (located) => isInbound(located) && !located.nested && named("cors")(located),
    ours: inSlot(PolicySlot.CORS),
    keep: "ours-left-out",
    overrides: false,
  },
  {
    conflict: PolicyConflict.TOKEN_VALIDATION,
    // Who gets in at all is no matter of who the consumer is: a token of each may come in a header of its own.
    theirs: (located) =>
      isInbound(located) && !located.nested && validatesToken(located) && located.statement?.slot !== PolicySlot.ACCESS,
    ours: (statement) => inSlot(PolicySlot.VALIDATION)(statement) && locatedInStatement(statement).some(validatesToken),
    keep: "ours-left-out",
    overrides: false,
  },
  {
    conflict: PolicyConflict.EARLY_RESPONSE,
    theirs: (located) => isInbound(located) && !located.nested && named("return-response", "mock-response")(located),
    ours: inSlot(PolicySlot.ROUTING, PolicySlot.TOKEN),
    keep: "both-stay",
    overrides: false,
  },
  {
    conflict: PolicyConflict.BACKEND,
    theirs: (located) => !located.aside && inRequest(located) && named("set-backend-service")(located),
    ours: routes,
    keep: "ours-left-out",
    overrides: true,
  },
  {
    // Without a backend of ours the token goes where the document says.
    conflict: PolicyConflict.BACKEND,
    theirs: (located) => !located.aside && inRequest(located) && named("set-backend-service")(located),
    ours: (statement, all) => inSlot(PolicySlot.TOKEN)(statement) && !all.some(routes),
    keep: "both-stay",
    overrides: false,
  },
  {
    conflict: PolicyConflict.CALLER_HEADERS,
    theirs: (located) =>
      !located.aside && inRequest(located) && setsCallerHeader(located) && !forwardsIdentity(located.statement),
    ours: inSlot(PolicySlot.TOKEN),
    overrides: false,
  },
  {
    conflict: PolicyConflict.MANAGED_IDENTITY,
    theirs: (located) => isInbound(located) && signsInWithIdentity(located),
    ours: inSlot(PolicySlot.TOKEN),
    overrides: true,
  },
  {
    conflict: PolicyConflict.AUTHORIZATION,
    theirs: (located) => isInbound(located) && setsAuthorization(located),
    ours: inSlot(PolicySlot.TOKEN),
    keep: "both-stay",
    overrides: true,
  },
  {
    conflict: PolicyConflict.CREDENTIALS,
    theirs: (located) => isInbound(located) && usesCertificate(located),
    ours: inSlot(PolicySlot.TOKEN),
    keep: "both-stay",
    overrides: false,
  },
  {
    conflict: PolicyConflict.FORWARDING,
    theirs: ({ section, nested }) => section === PolicySection.BACKEND && !nested,
    ours: ({ section }) => section === PolicySection.BACKEND,
    keep: "ours-left-out",
    overrides: false,
  },
];

/** Chooses the backend: by itself, or with the token of each branch. */
function routes(statement: PolicyStatementConfig): boolean {
  return (
    inSlot(PolicySlot.ROUTING)(statement) ||
    (inSlot(PolicySlot.TOKEN)(statement) && locatedInStatement(statement).some(named("set-backend-service")))
  );
}

function forwardsIdentity(statement: PolicyStatementConfig | undefined): boolean {
  return statement?.kind === FORWARDING_KIND || statement?.kind === INHERITED_FORWARDING_KIND;
}

function inRequest({ section }: Located): boolean {
  return section === PolicySection.INBOUND || section === PolicySection.BACKEND;
}
