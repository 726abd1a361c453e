import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";

/** The managed identity with which the gateway asks Entra ID for a token to the backend. */
export class GatewayIdentity {
  /** The identity that lives and dies with the API Management service. */
  public static readonly SYSTEM_ASSIGNED = new GatewayIdentity();

  /**
   * An identity of its own, attached to the API Management service. It outlives the service, and a new app need not wait
   * for the service to be created.
   */
  public static userAssigned(identity: IUserAssignedIdentityRef): GatewayIdentity {
    return new GatewayIdentity(identity);
  }

  private constructor(private readonly identity?: IUserAssignedIdentityRef) {}

  /** @internal */
  public get _userAssigned(): IUserAssignedIdentityRef | undefined {
    return this.identity;
  }
}
