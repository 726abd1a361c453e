import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";

/** Gives a managed identity an Azure role. Its type is said, so that Azure does not look up an identity made a second ago. */
export function assignRole(
  scope: Construct,
  id: string,
  role: { readonly name: string; readonly on: string; readonly to: string },
): RoleAssignment {
  return new RoleAssignment(scope, id, {
    scope: role.on,
    roleDefinitionName: role.name,
    principalId: role.to,
    principalType: "ServicePrincipal",
  });
}
