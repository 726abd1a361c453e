import { Construct } from "constructs";
import { IDENTITY, identityLabel, IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { fail } from "../core/fail";
import { isToken } from "../core/tokens";
import { checkClientId, checkObjectId } from "./entra-ids";
import { requireGiven, requireList } from "../core/given";

/** Something with an identity in Entra ID that can be granted access to a backend: a gateway, or a `Caller`. */
export interface ICaller {
  /** Called by the library when the caller is granted access. */
  bindCaller(scope: Construct): CallerConfig;
}

/** The identity of a caller. */
export interface CallerConfig {
  /** Object ID of the caller's service principal: the `oid` of its tokens. */
  readonly principalId: string;

  /**
   * Client ID of the caller, if it is known.
   *
   * @default - unknown; the library does not need it
   */
  readonly clientId?: string;

  /**
   * A stable literal name that is different for each caller. Grants are compared by it, and the Terraform name of the app role
   * assignment contains it. A change replaces the assignment.
   */
  readonly label: string;

  /**
   * Other identities of the caller that are granted the same, such as the next one of a gateway that switches its identity.
   *
   * @default - none
   */
  readonly otherIdentities?: CallerConfig[];
}

/** The caller, if it is one. */
function checkedCaller(scope: Construct, caller: ICaller): ICaller {
  return requireGiven(scope, caller, {
    name: "a caller",
    has: ["bindCaller"],
    example: 'a gateway, Caller.managedIdentity(identity) or Caller.servicePrincipal("<object ID>")',
  });
}

/** Callers other than the gateway. */
export class Caller implements ICaller {
  /**
   * A user-assigned managed identity, for example of a job that calls the backend directly.
   *
   * @param identity a `UserAssignedIdentity`, or its ids
   * @param label a name that is different for each caller; used, and required, only if `identity` is not a construct
   */
  public static managedIdentity(identity: IUserAssignedIdentityRef, label?: string): Caller {
    requireGiven("Caller.managedIdentity", identity, { name: "identity", ...IDENTITY });
    return new Caller(identity.principalId, identity, label);
  }

  /**
   * A service principal, by its object ID (not its client ID: App Service Authentication compares the `oid` of the token).
   *
   * @param objectId object ID of the service principal ("Enterprise application" in the portal)
   * @param label a name that is different for each caller; required only if `objectId` is not known until apply
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
    checkObjectId(scope, principalId);
    if (label === undefined || isToken(label))
      fail(
        scope,
        "caller-without-label",
        "The IDs of this caller are known only to Terraform, so the caller needs a label: a plain string that is unique among the callers.",
        'Write Caller.servicePrincipal(objectId, "nightly-job") or Caller.managedIdentity(identity, "nightly-job").',
      );
    return { principalId, clientId: identity?.clientId, label };
  }
}

/** The identity of a caller, which can be of the user's own kind. */
export function boundCaller(scope: Construct, caller: ICaller): CallerConfig {
  const config = checkedConfig(scope, checkedCaller(scope, caller).bindCaller(scope));
  const { otherIdentities } = config;
  if (otherIdentities !== undefined) {
    requireList(scope, "otherIdentities", otherIdentities, "otherIdentities: [{ principalId, label }]");
    otherIdentities.forEach((other) => checkedConfig(scope, other));
  }
  return config;
}

/** All identities of a caller: the one that it calls with, and the others that are granted the same. */
export function identitiesOf(caller: CallerConfig): CallerConfig[] {
  return [caller, ...(caller.otherIdentities ?? [])];
}

function checkedConfig(scope: Construct, given: CallerConfig): CallerConfig {
  const config = requireGiven(scope, given, {
    name: "the result of bindCaller",
    texts: ["principalId", "label"],
    example: "a bindCaller method that returns { principalId, label }",
  });
  checkObjectId(scope, config.principalId);
  if (config.clientId !== undefined) checkClientId(scope, config.clientId);
  return config;
}

/** Sorts callers by label, so that their order stays the same. */
export function byLabel(a: CallerConfig, b: CallerConfig): number {
  return a.label < b.label ? -1 : 1;
}

/** The same for two callers that are one: the object ID, or the label if only Terraform knows the object ID. */
export function callerKey({ principalId, label }: CallerConfig): string {
  return isToken(principalId) ? `label:${label}` : `id:${principalId.toLowerCase()}`;
}
