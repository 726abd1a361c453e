import { requireAttributes } from "../../core/given";
import { Construct, IConstruct } from "constructs";
import { labelOf } from "../../core/names";

/**
 * A user-assigned managed identity: a `UserAssignedIdentity` or `DataAzurermUserAssignedIdentity` of the azurerm bindings, or
 * `UserAssignedIdentityRef.fromAttributes`.
 */
export interface IUserAssignedIdentityRef {
  /** Azure resource ID of the identity. */
  readonly id: string;

  /** Object ID of the identity's service principal. Access is granted to it. */
  readonly principalId: string;

  /** Client ID of the identity. Token requests name the identity by it. */
  readonly clientId: string;
}

/** Attributes of a user-assigned managed identity. */
export interface UserAssignedIdentityRefAttributes {
  /** Azure resource ID of the identity. */
  readonly id: string;

  /** Object ID of the identity's service principal. Access is granted to it. */
  readonly principalId: string;

  /** Client ID of the identity. Token requests name the identity by it. */
  readonly clientId: string;
}

/** A user-assigned managed identity by its attributes. */
export class UserAssignedIdentityRef implements IUserAssignedIdentityRef {
  /** Refers to a user-assigned managed identity by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: UserAssignedIdentityRefAttributes): IUserAssignedIdentityRef {
    const { id, principalId, clientId } = requireAttributes("UserAssignedIdentityRef", attributes, [
      "id",
      "principalId",
      "clientId",
    ]);
    return new UserAssignedIdentityRef(id, principalId, clientId);
  }

  private constructor(
    public readonly id: string,
    public readonly principalId: string,
    public readonly clientId: string,
  ) {}
}

/** How a user-assigned identity is recognized. */
export const IDENTITY = {
  texts: ["id", "principalId", "clientId"],
  example: "your UserAssignedIdentity object, or UserAssignedIdentityRef.fromAttributes({ id, principalId, clientId })",
};

/** A literal name of the identity; `undefined` if it is known only by its attributes. */
export function identityLabel(identity: IUserAssignedIdentityRef, seenFrom: IConstruct): string | undefined {
  return Construct.isConstruct(identity) ? labelOf(identity, seenFrom) : undefined;
}
