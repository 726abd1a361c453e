import { ITerraformDependable } from "cdktf";
import { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";

/** That a caller may have tokens for a backend, and is let in by it. */
export class InvokeGrant {
  /**
   * The app-role assignment in Entra ID.
   *
   * @default - somebody else assigns the role
   */
  public readonly assignment?: AppRoleAssignment;

  constructor(assignment?: AppRoleAssignment) {
    this.assignment = assignment;
  }

  /** What must exist before the caller can get a token. */
  public get dependencies(): ITerraformDependable[] {
    return this.assignment ? [this.assignment] : [];
  }
}
