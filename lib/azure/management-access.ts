import { Construct } from "constructs";
import { requireGiven } from "../core/given";
import { announce, givenReason } from "../core/reason";

const CALL = "ManagementAccess.acknowledged";

/**
 * The decision to give someone a role that manages a resource which the library creates.
 *
 * Anyone who manages an app can change its sign-in and its network access, and read what its settings contain. Anyone who manages a
 * gateway can change every policy on it, and use its identity.
 */
export class ManagementAccess {
  /**
   * The role is assigned, although its principal could open what the library closes.
   *
   * @param reason who made the decision, and where it is documented; shown at synth
   */
  public static acknowledged(reason: string): ManagementAccess {
    return new ManagementAccess(givenReason(reason));
  }

  /** @internal */
  public static _checked(scope: Construct, access: ManagementAccess): ManagementAccess {
    return requireGiven(scope, access, {
      name: "managementAccess",
      has: ["_announce"],
      example: `managementAccess: ${CALL}("the on-call group, see ADR 12")`,
    });
  }

  private constructor(private readonly reason: string) {}

  /** @internal */
  public _announce(scope: Construct, key: string): void {
    announce(scope, `The principal of the role assignment "${key}" may manage the resource`, CALL, this.reason);
  }
}
