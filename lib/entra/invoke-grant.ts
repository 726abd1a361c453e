import type { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import { ITerraformDependable } from "cdktf";

/** A caller's access to a backend: it can get tokens, and the backend admits it. */
export class InvokeGrant {
  /**
   * The created app role assignment in Entra ID.
   *
   * @default - the role is assigned elsewhere
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
