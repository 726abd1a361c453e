import { Construct, IConstruct } from "constructs";
import { labelOf } from "./labels";

/**
 * A user-assigned managed identity. A `UserAssignedIdentity` and a `DataAzurermUserAssignedIdentity` of the azurerm
 * bindings fit as they are.
 */
export interface UserAssignedIdentityRef {
  /** Azure resource id of the identity. */
  readonly id: string;

  /** Object id of the identity's service principal: what App Service Authentication lets in. */
  readonly principalId: string;

  /** Client id of the identity: what the gateway's policy names it by. */
  readonly clientId: string;
}

/** A literal name of the identity; none where it is given by its ids alone. */
export function identityLabel(identity: UserAssignedIdentityRef, seenFrom: IConstruct): string | undefined {
  return Construct.isConstruct(identity) ? labelOf(identity, seenFrom) : undefined;
}
