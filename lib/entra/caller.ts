import { identityLabel, IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { Construct } from "constructs";
import { isToken } from "../core/tokens";
import { GUID, invalidObjectId } from "./audience-text";
import { fail } from "../core/fail";

/** Something with an identity in Entra ID that can be let in to a backend: a gateway, or a `Caller`. */
export interface ICaller {
  /** Called by the library when the caller is granted access. */
  bindCaller(scope: Construct): CallerConfig;
}

/** Who a caller is. */
export interface CallerConfig {
  /** Object id of the caller's service principal: the `oid` of its tokens. */
  readonly principalId: string;

  /**
   * Client id of the caller, where it is known.
   *
   * @default - not known; nothing here needs it
   */
  readonly clientId?: string;

  /**
   * A literal name that stays the same and tells this caller from all others. Grants are compared by it, and the Terraform
   * name of the app-role assignment is made of it. Changing it replaces the assignment.
   */
  readonly label: string;
}

/** Callers other than the gateway. */
export class Caller implements ICaller {
  /**
   * A user-assigned managed identity, for example that of a job that calls the backend directly.
   *
   * @param identity a `UserAssignedIdentity`, or its ids
   * @param label a name that tells this caller from the others; taken, and needed, only where `identity` is not a construct
   */
  public static managedIdentity(identity: IUserAssignedIdentityRef, label?: string): Caller {
    return new Caller(identity.principalId, identity, label);
  }

  /**
   * A service principal, by its object id (not its client id: App Service Authentication compares the `oid` of the token).
   *
   * @param objectId object id of the service principal ("Enterprise application" in the portal)
   * @param label a name that tells this caller from the others; needed only where `objectId` is known at apply only
   */
  public static servicePrincipal(objectId: string, label?: string): Caller {
    return new Caller(objectId, undefined, label ?? (isToken(objectId) ? undefined : objectId));
  }

  private constructor(
    private readonly principalId: string,
    private readonly identity?: IUserAssignedIdentityRef,
    private readonly label?: string,
  ) {}

  public bindCaller(scope: Construct): CallerConfig {
    const { principalId, identity } = this;
    const label = (identity && identityLabel(identity, scope)) ?? this.label;
    if (!isToken(principalId) && !GUID.test(principalId)) invalidObjectId(scope, principalId);
    if (label === undefined || isToken(label))
      fail(
        scope,
        "caller-without-label",
        "A caller whose ids only Terraform knows needs a literal label to be told from the others. " +
          'Write Caller.servicePrincipal(objectId, "nightly-job") or Caller.managedIdentity(identity, "nightly-job").',
      );
    return { principalId, clientId: identity?.clientId, label };
  }
}

/** What two callers that are one and the same have in common: the object ID, or the label where only Terraform knows it. */
export function callerKey({ principalId, label }: CallerConfig): string {
  return isToken(principalId) ? `label:${label}` : `id:${principalId.toLowerCase()}`;
}
