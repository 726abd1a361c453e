import { Construct } from "constructs";
import { ApiManagementIdentity } from "@cdktf/provider-azurerm/lib/api-management";
import { GatewayIdentity } from "../gateway-identity";
import { fail } from "../../core/fail";

/** How many user-assigned identities a service can have. */
const MAX = 10;

/**
 * The identities of a new service: the one that it calls with, and those that it has besides.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity
 */
export function identityBlock(
  scope: Construct,
  calling: GatewayIdentity,
  further: readonly GatewayIdentity[],
): ApiManagementIdentity {
  const all = [calling, ...further].map((identity) => identity._userAssigned);
  const userAssigned = [...new Set(all)].flatMap((identity) => identity ?? []);
  if (userAssigned.length > MAX) fail(scope, "too-many-identities", `An API Management service takes ${MAX} user-assigned identities at most, and identity and furtherIdentities have ${userAssigned.length}. ` +
        `Leave out some of furtherIdentities.`);
  if (userAssigned.length === 0) return { type: "SystemAssigned" };
  return {
    type: all.includes(undefined) ? "SystemAssigned, UserAssigned" : "UserAssigned",
    identityIds: userAssigned.map(({ id }) => id),
  };
}
