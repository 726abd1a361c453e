import { Construct, IConstruct } from "constructs";
import { labelOf } from "../../core/labels";

/**
 * A user-assigned managed identity. A `UserAssignedIdentity` and a `DataAzurermUserAssignedIdentity` of the azurerm
 * bindings fit as they are.
 */
export interface IUserAssignedIdentityRef {
  /** Azure resource id of the identity. */
  readonly id: string;

  /** Object id of the identity's service principal: what App Service Authentication lets in. */
  readonly principalId: string;

  /** Client id of the identity: what the gateway's policy names it by. */
  readonly clientId: string;
}

/** A user-assigned identity by its attributes. */
export interface UserAssignedIdentityRefAttributes {
  /** Azure resource id of the identity. */
  readonly id: string;

  /** Object id of the identity's service principal: what App Service Authentication lets in. */
  readonly principalId: string;

  /** Client id of the identity: what the gateway's policy names it by. */
  readonly clientId: string;
}

/** Refers to a user-assigned identity that is not an object of this app. */
export class UserAssignedIdentityRef implements IUserAssignedIdentityRef {
  /** A user-assigned identity by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: UserAssignedIdentityRefAttributes): IUserAssignedIdentityRef {
    return new UserAssignedIdentityRef(attributes);
  }

  public readonly id: string;
  public readonly principalId: string;
  public readonly clientId: string;

  private constructor(attributes: UserAssignedIdentityRefAttributes) {
    this.id = attributes.id;
    this.principalId = attributes.principalId;
    this.clientId = attributes.clientId;
  }
}

/** A literal name of the identity; none where it is given by its ids alone. */
export function identityLabel(identity: UserAssignedIdentityRef, seenFrom: IConstruct): string | undefined {
  return Construct.isConstruct(identity) ? labelOf(identity, seenFrom) : undefined;
}
