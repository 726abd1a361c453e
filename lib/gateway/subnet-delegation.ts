import { Construct } from "constructs";
import { ISubnetRef } from "../azure/refs/subnet";
import { inspectable } from "../azure/user-resource";
import { finding } from "../core/fail";
import { Rendered, renderedAttributes } from "../core/rendered";
import { isToken } from "../core/tokens";

/**
 * Requires at synth that your subnet is delegated as the tier of the gateway needs it. What only Terraform knows passes.
 *
 * @param service what the subnet must be delegated to; if omitted, it must not be delegated
 */
export function requireDelegation(scope: Construct, subnet: ISubnetRef, tier: string, service?: string): void {
  const wanted = service === undefined ? "is not delegated" : `is delegated to ${service}`;
  const resource = inspectable(scope, subnet, ["azurerm_subnet"], `whether the subnet of the gateway ${wanted}`);
  if (!resource) return;
  const { path } = resource.node;
  scope.node.addValidation({
    validate: () => {
      const delegations: unknown = renderedAttributes(resource).delegation ?? [];
      if (!Array.isArray(delegations)) return [];
      if (service === undefined)
        return delegations.length > 0
          ? [
              finding(
                "subnet-delegated",
                `Subnet "${path}" is delegated. A gateway of tier ${tier} requires a subnet without delegation.`,
                "Remove delegation from the subnet.",
              ),
            ]
          : [];
      return delegations.some((delegation) => mayDelegateTo(delegation, service))
        ? []
        : [
            finding(
              "subnet-not-delegated",
              `Subnet "${path}" is not delegated to ${service}. A gateway of tier ${tier} requires this delegation.`,
              `Set delegation: [{ name: "gateway", serviceDelegation: { name: "${service}", ` +
                `actions: ["Microsoft.Network/virtualNetworks/subnets/action"] } }] on the subnet.`,
            ),
          ];
    },
  });
}

function mayDelegateTo({ service_delegation: to }: Rendered, service: string): boolean {
  const name: unknown = to?.name;
  return typeof name !== "string" || isToken(name) || name.toLowerCase() === service.toLowerCase();
}
