import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";

/** The managed identity that the gateway uses to get tokens for backends. */
export class GatewayIdentity {
  /** The identity of the API Management service itself, which is deleted with it. */
  public static readonly SYSTEM_ASSIGNED = new GatewayIdentity();

  /**
   * A separate identity that is attached to the API Management service. It outlives the service, and a new app does not wait for
   * the service to be created.
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
