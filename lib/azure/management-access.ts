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

  /**
   * Checks the decision about a role assignment, and shows its reason.
   *
   * @internal
   */
  public static _announce(scope: Construct, access: ManagementAccess, key: string): void {
    const { reason } = requireGiven(scope, access, {
      name: "managementAccess",
      texts: ["reason"],
      example: `managementAccess: ${CALL}("the on-call group, see ADR 12")`,
    });
    announce(scope, `The principal of the role assignment "${key}" may manage the resource`, CALL, reason);
  }

  private constructor(private readonly reason: string) {}
}
