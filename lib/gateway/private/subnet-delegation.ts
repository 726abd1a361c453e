import { Construct } from "constructs";
import { ownResource } from "../../core/own-resource";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { SubnetRef } from "../../core/subnet-ref";
import { isToken } from "../../core/tokens";
import { finding } from "../../core/fail";

/** Sees to it at synth that a subnet of the user's is delegated as the tier needs it; what only Terraform knows is taken for right. */
export function checkDelegation(scope: Construct, subnet: SubnetRef, tier: string, service?: string): void {
  const resource = ownResource(subnet, "azurerm_subnet");
  if (!resource) return;
  const { path } = resource.node;
  scope.node.addValidation({
    validate: () => {
      const delegations: unknown = renderedAttributes(resource).delegation ?? [];
      if (!Array.isArray(delegations)) return [];
      if (service === undefined) return delegations.length > 0 ? [finding("subnet-delegated", `The subnet "${path}" is delegated, as that of a gateway of the tier ${tier} must not be. Remove delegation from it.`)] : [];
      return delegations.some((one) => isPerhaps(one, service)) ? [] : [finding("subnet-not-delegated", 
              `The subnet "${path}" is not delegated to ${service}, as that of a gateway of the tier ${tier} must be. Write ` +
              `delegation: [{ name: "gateway", serviceDelegation: { name: "${service}", ` +
              `actions: ["Microsoft.Network/virtualNetworks/subnets/action"] } }] on it.`
            )];
    },
  });
}

function isPerhaps({ service_delegation: to }: Rendered, service: string): boolean {
  const name: unknown = to?.name;
  return typeof name !== "string" || isToken(name) || name.toLowerCase() === service.toLowerCase();
}
