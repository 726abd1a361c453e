import { Construct } from "constructs";
import { IDENTITY, IUserAssignedIdentityRef } from "../../azure/refs/user-assigned-identity";
import { requireGiven, requireList } from "../../core/given";

/** The block `identity` of an app: its system-assigned identity, and perhaps others. */
export function appIdentity(
  scope: Construct,
  additional: readonly IUserAssignedIdentityRef[] | undefined,
  ofRegistry: IUserAssignedIdentityRef | undefined,
) {
  const example = `additionalIdentities: [identity], where identity is ${IDENTITY.example}`;
  const given = requireList(scope, "additionalIdentities", additional ?? [], example);
  given.forEach((identity) =>
    requireGiven(scope, identity, { name: "an entry of additionalIdentities", texts: ["id"], example }),
  );
  // Each time the ID of an object is read, it is another token.
  const identities = new Set([...(ofRegistry ? [ofRegistry] : []), ...given]);
  const identityIds = [...new Set([...identities].map(({ id }) => id))];
  return identityIds.length === 0 ? { type: "SystemAssigned" } : { type: "SystemAssigned, UserAssigned", identityIds };
}
