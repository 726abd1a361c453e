import { ConflictResolution } from "../conflict-resolution";
import { PolicySlot } from "../statement";
import { conflictRule } from "./conflict-rule";
import { ignoresErrors, setsAuthorization, signsInWithIdentity } from "./effects";
import { isInbound, isOfRequest } from "./located";
import { inSlot, merges, policiesNamed, PolicyRule } from "./rule";

/** The gateway's token comes last in `inbound`. What it overrides there is harmless, but was meant to have an effect. */
export const MANAGED_IDENTITY_ALREADY_USED = conflictRule({
  id: "managed-identity-already-used",
  names: ["authentication-managed-identity"],
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
  names: ["authentication-certificate"],
  theirs: isOfRequest,
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
  finds: policiesNamed(
    ["authentication-managed-identity"],
    (located) => isInbound(located) && signsInWithIdentity(located) && ignoresErrors(located),
  ),
  says: ({ name }) =>
    `<${name}> has an ignore-error other than "false": if it gets no token, the consumer's token goes to the backend.`,
  resolutions: () => ["remove the attribute ignore-error"],
};
