import { Construct } from "constructs";
import { userResource } from "./user-resource";
import { renderedAttributes } from "../core/rendered";

/** Refuses the user's own vault at synth if it goes by access policies, and does not look at roles. */
export function lookAtRoles(scope: Construct, vault: object, message: (vault: string) => string): void {
  const own = userResource(vault, "azurerm_key_vault");
  if (!own) return;
  scope.node.addValidation({
    validate: () => {
      const { rbac_authorization_enabled, enable_rbac_authorization } = renderedAttributes(own);
      const byRoles = rbac_authorization_enabled ?? enable_rbac_authorization ?? false;
      return byRoles === false ? [message(own.node.path)] : [];
    },
  });
}
