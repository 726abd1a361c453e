import { ConflictResolution } from "../conflict-resolution";
import { PolicySection, PolicySlot } from "../statement";
import { attributeOf } from "../syntax/source-tree";
import { conflictRule } from "./conflict-rule";
import {
  hasComputedName,
  headerName,
  isInbound,
  Located,
  setsAuthorization,
  signsInWithIdentity,
  usesCertificate,
  copiesRequest,
  followsRedirects,
} from "./located";
import { inSlot, merges, policiesThat, PolicyRule } from "./rule";

/** The gateway's token comes last in `inbound`. What it overrides there is harmless, but was meant to have an effect. */
export const MANAGED_IDENTITY_ALREADY_USED = conflictRule({
  id: "managed-identity-already-used",
  theirs: (located) => isInbound(located) && signsInWithIdentity(located),
  ours: inSlot(PolicySlot.TOKEN),
  says: ({ name, other }) => `<${name}> puts a managed identity's token into Authorization, and so does ${other}.`,
  replace: ConflictResolution.REPLACE_MANAGED_IDENTITY,
  overrides: true,
  alternatives: ["set output-token-variable-name on it"],
});

export const AUTHORIZATION_ALREADY_SET = conflictRule({
  id: "authorization-already-set",
  theirs: (located) => isInbound(located) && setsAuthorization(located),
  ours: inSlot(PolicySlot.TOKEN),
  says: ({ name, other }) => `<${name}> sets Authorization, and so does ${other}.`,
  keep: {
    resolution: ConflictResolution.KEEP_AUTHORIZATION,
    purpose: "to keep it, with the gateway's token as its value",
  },
  replace: ConflictResolution.REPLACE_AUTHORIZATION,
  overrides: true,
});

export const CERTIFICATE_ALREADY_USED = conflictRule({
  id: "certificate-already-used",
  theirs: (located) => isInbound(located) && usesCertificate(located),
  ours: inSlot(PolicySlot.TOKEN),
  says: ({ name, other }) => `<${name}> signs in to the backend, and so does ${other}.`,
  keep: {
    resolution: ConflictResolution.KEEP_CREDENTIALS,
    purpose: "to send these credentials and the gateway's token",
  },
  replace: ConflictResolution.REPLACE_CREDENTIALS,
});

export const IDENTITY_ERROR_IGNORED: PolicyRule = {
  id: "identity-error-ignored",
  severity: "conflict",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat((located) => isInbound(located) && signsInWithIdentity(located) && ignoresErrors(located)),
  says: ({ name }) =>
    `<${name}> has ignore-error="true": if it gets no token, the consumer's token goes to the backend.`,
  resolutions: () => ["remove the attribute ignore-error"],
};

/** The backend section runs after the gateway's token has been set. */
export const TOKEN_REPLACED_LATER: PolicyRule = {
  id: "token-replaced-later",
  severity: "conflict",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat((located) => inBackend(located) && changesAuthorization(located)),
  says: ({ name }) =>
    `<${name}> in the <backend> section changes Authorization, which contains the gateway's token at that point.`,
  resolutions: ({ name }) => [`move <${name}> to the <inbound> section`, `remove <${name}>`],
};

export const HEADER_NAME_UNKNOWN: PolicyRule = {
  id: "header-name-unknown",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat((located) => inBackend(located) && hasComputedName(located)),
  says: ({ name }) =>
    `<${name}> sets a header whose name is computed at run time. If the name is Authorization, the header replaces the gateway's token.`,
  resolutions: () => ["write the name of the header"],
};

function inBackend({ section, aside }: Located): boolean {
  return section === PolicySection.BACKEND && !aside;
}

function changesAuthorization(located: Located): boolean {
  return (
    headerName(located) === "authorization" ||
    setsAuthorization(located) ||
    usesCertificate(located) ||
    signsInWithIdentity(located)
  );
}

function ignoresErrors({ element }: Located): boolean {
  return /^\s*(?:true|1)\s*$/i.test(attributeOf(element, "ignore-error") ?? "");
}

/** From the backend section on, the request carries the gateway's token, and so does a copy of it. */
export const TOKEN_COPIED: PolicyRule = {
  id: "token-copied",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat((located) => copiesRequest(located) && located.section !== PolicySection.INBOUND),
  says: ({ name }) => `<${name} mode="copy"> sends a copy of the request, including the gateway's token.`,
  resolutions: () => ['write mode="new"', "remove Authorization from the copy"],
};

export const REDIRECTS_FOLLOWED: PolicyRule = {
  id: "redirects-followed",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat(followsRedirects),
  says: ({ name }) =>
    `<${name}> follows redirects, so the gateway's token goes to any address that the backend redirects to.`,
  resolutions: () => ['write follow-redirects="false"'],
};
