import { ConflictResolution } from "../conflict-resolution";
import { PolicySection } from "../policy-section";
import { PolicySlot } from "../statement";
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
  alternatives: ["give it an output-token-variable-name"],
});

export const AUTHORIZATION_ALREADY_SET = conflictRule({
  id: "authorization-already-set",
  theirs: (located) => isInbound(located) && setsAuthorization(located),
  ours: inSlot(PolicySlot.TOKEN),
  says: ({ name, other }) => `<${name}> sets Authorization, and so does ${other}.`,
  keep: {
    resolution: ConflictResolution.KEEP_AUTHORIZATION,
    omitsOurs: false,
    purpose: "to leave it there, although the gateway's token replaces its value",
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
    omitsOurs: false,
    purpose: "to leave it there beside the gateway's token",
  },
  replace: ConflictResolution.REPLACE_CREDENTIALS,
  overrides: false,
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
    `<${name}> in the <backend> section changes Authorization after the gateway's token was put there.`,
  resolutions: ({ name }) => [`move <${name}> to the <inbound> section`, "remove it"],
};

export const HEADER_NAME_UNKNOWN: PolicyRule = {
  id: "header-name-unknown",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat((located) => inBackend(located) && hasComputedName(located)),
  says: ({ name }) =>
    `<${name}> sets a header whose name is not known here. If it is Authorization, the gateway's token is lost.`,
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
  return ["true", "1"].includes(attributeOf(element, "ignore-error")?.trim().toLowerCase() ?? "");
}
