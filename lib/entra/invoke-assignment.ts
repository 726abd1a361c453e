import { Construct } from "constructs";
import { announce, givenReason } from "../core/reason";
import { checkAppRoleId, checkObjectId } from "./entra-ids";

/** The zero role: access to an application that declares no role. */
const DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000";

/** Who assigns the app role. With it, Entra ID issues tokens for the backend to a caller. */
export class InvokeAssignment {
  /**
   * This stack assigns the role, on an existing service principal.
   *
   * @param objectId object ID of the backend's service principal ("Enterprise application" in the portal)
   * @param appRoleId id of the app role; default access if the registration declares no role
   */
  public static onServicePrincipal(objectId: string, appRoleId?: string): InvokeAssignment {
    return new InvokeAssignment(objectId, appRoleId);
  }

  /**
   * The role is assigned elsewhere, because the deploying identity may not assign it. Until it is assigned, the gateway gets no
   * token and returns status 500.
   *
   * @param reason who assigns it, and where that is documented; shown at synth
   */
  public static managedElsewhere(reason: string): InvokeAssignmentManagedElsewhere {
    return InvokeAssignmentManagedElsewhere._because(reason);
  }

  protected constructor(
    private readonly servicePrincipalObjectId?: string,
    private readonly appRoleId?: string,
  ) {}

  /**
   * Where the role is assigned; `undefined` if it is assigned elsewhere.
   *
   * @internal
   */
  public _bind(scope: Construct): AssignmentTarget | undefined {
    const { servicePrincipalObjectId, appRoleId = DEFAULT_ACCESS } = this;
    checkObjectId(scope, servicePrincipalObjectId!, "object ID in InvokeAssignment.onServicePrincipal");
    checkAppRoleId(scope, appRoleId);
    return { servicePrincipalObjectId: servicePrincipalObjectId!, appRoleId };
  }
}

/** Returned by `InvokeAssignment.managedElsewhere`. */
export class InvokeAssignmentManagedElsewhere extends InvokeAssignment {
  /** @internal */
  public static _because(reason: string): InvokeAssignmentManagedElsewhere {
    return new InvokeAssignmentManagedElsewhere(givenReason(reason));
  }

  private constructor(private readonly reason: string) {
    super();
  }

  /** @internal */
  public override _bind(scope: Construct): undefined {
    this._announce(scope, "The app role is assigned elsewhere");
    return undefined;
  }

  /** @internal */
  public _announce(scope: Construct, what: string): void {
    announce(scope, what, "InvokeAssignment.managedElsewhere", this.reason);
  }

  /** @internal */
  public get _reason(): string {
    return this.reason;
  }
}

/**
 * Where an app role is assigned.
 *
 * @internal
 */
export interface AssignmentTarget {
  readonly servicePrincipalObjectId: string;
  readonly appRoleId: string;
}
