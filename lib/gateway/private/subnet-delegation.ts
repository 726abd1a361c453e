import { Construct } from "constructs";
import * as errors from "../../core/gateway-errors";
import { ownResource } from "../../core/own-resource";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { SubnetRef } from "../../core/subnet-ref";
import { isToken } from "../../core/tokens";

/** Sees to it at synth that a subnet of the user's is delegated as the tier needs it; what only Terraform knows is taken for right. */
export function checkDelegation(scope: Construct, subnet: SubnetRef, tier: string, service?: string): void {
  const resource = ownResource(subnet, "azurerm_subnet");
  if (!resource) return;
  const { path } = resource.node;
  scope.node.addValidation({
    validate: () => {
      const delegations: unknown = renderedAttributes(resource).delegation ?? [];
      if (!Array.isArray(delegations)) return [];
      if (service === undefined) return delegations.length > 0 ? [errors.subnetDelegated(path, tier)] : [];
      return delegations.some((one) => isPerhaps(one, service)) ? [] : [errors.subnetNotDelegated(path, tier, service)];
    },
  });
}

function isPerhaps({ service_delegation: to }: Rendered, service: string): boolean {
  const name: unknown = to?.name;
  return typeof name !== "string" || isToken(name) || name.toLowerCase() === service.toLowerCase();
}
