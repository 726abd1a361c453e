import { Construct } from "constructs";
import { finding } from "../core/fail";
import { renderedAttributes } from "../core/rendered";
import { IKeyVaultRef } from "./refs/key-vault";
import { inspectable } from "./user-resource";

/**
 * Requires at synth that the user's key vault uses Azure roles.
 *
 * @param otherwise what to write for a vault that keeps its access policies
 */
export function requireVaultRoles(scope: Construct, vault: IKeyVaultRef, otherwise: string): void {
  const resource = inspectable(scope, vault, ["azurerm_key_vault"], "whether the key vault uses Azure roles");
  if (!resource) return;
  scope.node.addValidation({
    validate: () => {
      const { rbac_authorization_enabled, enable_rbac_authorization } = renderedAttributes(resource);
      const usesRoles = rbac_authorization_enabled ?? enable_rbac_authorization ?? false;
      if (usesRoles !== false) return [];
      return [
        finding(
          "vault-without-roles",
          `Key vault "${resource.node.path}" uses access policies, so a role assignment on it has no effect.`,
          `Set rbacAuthorizationEnabled: true on it, or ${otherwise}.`,
        ),
      ];
    },
  });
}
