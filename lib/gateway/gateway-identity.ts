import type { ApiManagementIdentity } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { IDENTITY, IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { repeated } from "../core/repeated";
import { identityOf } from "../core/tokens";
import { checkClientId, checkObjectId } from "../entra/entra-ids";

/** The managed identity that the gateway uses to get tokens for backends. */
export class GatewayIdentity {
  /** The identity of the API Management service itself, which is deleted with it. A new app waits for the service to be created. */
  public static readonly SYSTEM_ASSIGNED = new GatewayIdentity();

  /**
   * A separate identity that is attached to the API Management service. It outlives the service, and a new app does not wait for
   * the service to be created, which takes about 40 minutes on a classic tier.
   */
  public static userAssigned(identity: IUserAssignedIdentityRef): GatewayIdentity {
    requireGiven("GatewayIdentity.userAssigned", identity, { name: "identity", ...IDENTITY });
    return new GatewayIdentity(identity);
  }

  private constructor(private readonly identity?: IUserAssignedIdentityRef) {}

  /** @internal */
  public get _userAssigned(): IUserAssignedIdentityRef | undefined {
    return this.identity;
  }
}

/** The identity, if it is one. The default is the one of the service. */
export function checkedIdentity(scope: Construct, identity = GatewayIdentity.SYSTEM_ASSIGNED): GatewayIdentity {
  return requireIdentity(scope, "identity", identity);
}

function requireIdentity(scope: Construct, name: string, identity: GatewayIdentity): GatewayIdentity {
  requireGiven(scope, identity, {
    name,
    has: ["_userAssigned"],
    example: "GatewayIdentity.SYSTEM_ASSIGNED or GatewayIdentity.userAssigned(...)",
  });
  if (identity._userAssigned) {
    checkObjectId(scope, identity._userAssigned.principalId);
    checkClientId(scope, identity._userAssigned.clientId);
  }
  return identity;
}

/**
 * The identities that are granted what the calling one is granted.
 *
 * @see docs/design/decisions.md#both-identities-during-a-switch
 */
export function checkedGranted(
  scope: Construct,
  calling: GatewayIdentity,
  granted: readonly GatewayIdentity[] = [],
): readonly GatewayIdentity[] {
  requireList(scope, "grantedIdentities", granted, "grantedIdentities: [GatewayIdentity.userAssigned(...)]");
  const all = granted.map((identity) => requireIdentity(scope, "an entry of grantedIdentities", identity));
  const keyOf = ({ _userAssigned: userAssigned }: GatewayIdentity): string =>
    userAssigned === undefined
      ? "system-assigned"
      : (identityOf(scope, userAssigned.principalId) ?? userAssigned.principalId).toLowerCase();
  if (all.some((identity) => keyOf(identity) === keyOf(calling)))
    fail(
      scope,
      "granted-identity-calls",
      "grantedIdentities contains the identity that the gateway calls backends with, which is granted everything anyway.",
      "Remove it. While you switch the identity, write the new one in grantedIdentities; once the gateway calls with the new one, write " +
        "the previous one there.",
    );
  const [twice] = repeated(all, keyOf);
  if (twice)
    fail(
      scope,
      "identity-granted-twice",
      `grantedIdentities contains the identity "${keyOf(twice[0])}" twice.`,
      "Remove one of the two entries.",
    );
  return all;
}

/** The number of user-assigned identities that a service can have. */
const MAX = 10;

/**
 * The identities of a new service: the one that it calls backends with, those that are granted the same, and the others.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity
 */
export function identityBlock(
  scope: Construct,
  calling: GatewayIdentity,
  granted: readonly GatewayIdentity[],
  additional: readonly GatewayIdentity[],
): ApiManagementIdentity {
  requireList(scope, "additionalIdentities", additional, "additionalIdentities: [GatewayIdentity.userAssigned(...)]");
  const others = additional.map((identity) => requireIdentity(scope, "an entry of additionalIdentities", identity));
  const all = [calling, ...granted, ...others].map(({ _userAssigned: userAssigned }) => userAssigned);
  const userAssigned = [...new Set(all)].flatMap((identity) => identity ?? []);
  if (userAssigned.length > MAX)
    fail(
      scope,
      "too-many-identities",
      `An API Management service can have ${MAX} user-assigned identities, but identity, grantedIdentities and additionalIdentities contain ${userAssigned.length}.`,
      "Remove some of additionalIdentities.",
    );
  if (userAssigned.length === 0) return { type: "SystemAssigned" };
  return {
    type: all.includes(undefined) ? "SystemAssigned, UserAssigned" : "UserAssigned",
    identityIds: userAssigned.map(({ id }) => id),
  };
}
