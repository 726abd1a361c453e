import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";

/** Assigns an Azure role to a managed identity. With the principal type, Azure does not look up an identity that is seconds old. */
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
