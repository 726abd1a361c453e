import { ApiManagementIdentity } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { fail } from "../core/fail";
import { GatewayIdentity } from "./gateway-identity";

/** The number of user-assigned identities that a service can have. */
const MAX = 10;

/**
 * The identities of a new service: the one that it calls backends with, and the others.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity
 */
export function identityBlock(
  scope: Construct,
  calling: GatewayIdentity,
  additional: readonly GatewayIdentity[],
): ApiManagementIdentity {
  const all = [calling, ...additional].map((identity) => identity._userAssigned);
  const userAssigned = [...new Set(all)].flatMap((identity) => identity ?? []);
  if (userAssigned.length > MAX)
    fail(
      scope,
      "too-many-identities",
      `An API Management service can have ${MAX} user-assigned identities. identity and additionalIdentities have ${userAssigned.length}.`,
      "Remove some of additionalIdentities.",
    );
  if (userAssigned.length === 0) return { type: "SystemAssigned" };
  return {
    type: all.includes(undefined) ? "SystemAssigned, UserAssigned" : "UserAssigned",
    identityIds: userAssigned.map(({ id }) => id),
  };
}
