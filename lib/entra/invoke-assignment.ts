import { Construct } from "constructs";
import { announce } from "../core/reason";

/** The zero role: access to an application that declares no role of its own. */
const DEFAULT_ACCESS = "00000000-0000-0000-0000-000000000000";

/** Who assigns the app role with which Entra ID lets a caller have tokens for the backend. */
export class InvokeAssignment {
  /**
   * This stack assigns the role, on a service principal that exists.
   *
   * @param objectId object id of the backend's service principal ("Enterprise application" in the portal)
   * @param appRoleId id of the app role to assign; default access where the registration declares none
   */
  public static onServicePrincipal(objectId: string, appRoleId?: string): InvokeAssignment {
    return new InvokeAssignment(objectId, appRoleId);
  }

  /**
   * Somebody else assigns the role, since whoever deploys this stack may not. Until they have, the gateway gets no token
   * and answers 500.
   *
   * @param reason who does it, and where that is written down; shown at synthesis
   */
  public static managedElsewhere(reason: string): InvokeAssignmentManagedElsewhere {
    return new InvokeAssignmentManagedElsewhere(reason);
  }

  protected constructor(
    private readonly servicePrincipalObjectId?: string,
    private readonly appRoleId?: string,
  ) {}

  /**
   * Where the role is assigned; nowhere, if somebody else does it.
   *
   * @internal
   */
  public _bind(_scope: Construct): AssignmentTarget | undefined {
    if (this.servicePrincipalObjectId === undefined) return undefined;
    return {
      servicePrincipalObjectId: this.servicePrincipalObjectId,
      appRoleId: this.appRoleId ?? DEFAULT_ACCESS,
    };
  }
}

/** Made by `InvokeAssignment.managedElsewhere`. */
export class InvokeAssignmentManagedElsewhere extends InvokeAssignment {
  constructor(private readonly reason: string) {
    super();
  }

  /** @internal */
  public override _bind(scope: Construct): undefined {
    announce(scope, "The app role is assigned by somebody else", "InvokeAssignment.managedElsewhere", this.reason);
    return undefined;
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
