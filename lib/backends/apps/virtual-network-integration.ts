import { Construct } from "constructs";
import { ISubnetRef } from "../../azure/refs/network";
import { checkUserResource } from "../../azure/user-resource";
import { finding } from "../../core/fail";
import { requireGiven } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { Rendered } from "../../core/rendered";
import { isToken } from "../../core/tokens";

/**
 * The virtual network that an app sends its outbound requests through. It does not change who can call the app: that is
 * `networkAccess`.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-vnet-integration
 */
export interface VirtualNetworkIntegration {
  /**
   * A subnet in the region of the app that no other plan uses. It must be delegated to `Microsoft.Web/serverFarms`; for an app on
   * Flex Consumption, to `Microsoft.App/environments`.
   */
  readonly subnet: ISubnetRef;

  /**
   * Whether all outbound traffic goes through the network. If not, only traffic to private addresses does.
   *
   * @default true
   */
  readonly routeAll?: boolean;
}

/** What a subnet must be delegated to, for apps on plans and for apps on Flex Consumption. */
export type Delegation = "Microsoft.Web/serverFarms" | "Microsoft.App/environments";

const NAMES: PropertyNames<VirtualNetworkIntegration> = { subnet: true, routeAll: true };
const EXAMPLE = "virtualNetworkIntegration: { subnet }, where subnet is your Subnet object";

/** What connects an app to the network. */
export function integrationConfig(
  scope: Construct,
  integration: VirtualNetworkIntegration | undefined,
  delegation: Delegation,
) {
  if (integration === undefined) return { config: {}, siteConfig: {} };
  const { subnet, routeAll = true } = requireGiven(scope, integration, {
    name: "virtualNetworkIntegration",
    has: ["subnet"],
    example: EXAMPLE,
  });
  requireOnly(scope, "virtualNetworkIntegration", integration, { names: NAMES, example: EXAMPLE });
  requireGiven(scope, subnet, { name: "subnet in virtualNetworkIntegration", texts: ["id"], example: EXAMPLE });
  requireDelegation(scope, subnet, delegation);
  return { config: { virtualNetworkSubnetId: subnet.id }, siteConfig: { vnetRouteAllEnabled: routeAll } };
}

/** What only Terraform knows passes. */
function requireDelegation(scope: Construct, subnet: ISubnetRef, service: Delegation): void {
  const notChecked = `whether the subnet of virtualNetworkIntegration is delegated to ${service}`;
  checkUserResource(scope, subnet, "azurerm_subnet", notChecked, ({ delegation = [] }, { node: { path } }) => {
    if (!Array.isArray(delegation) || delegation.some((each) => mayDelegateTo(each, service))) return undefined;
    const action = service === "Microsoft.App/environments" ? "join/action" : "action";
    return finding(
      "integration-subnet-not-delegated",
      `The subnet "${path}" in virtualNetworkIntegration is not delegated to ${service}, so Azure would not connect the app to it.`,
      `Set delegation: [{ name: "app", serviceDelegation: { name: "${service}", ` +
        `actions: ["Microsoft.Network/virtualNetworks/subnets/${action}"] } }] on the subnet.`,
    );
  });
}

function mayDelegateTo({ service_delegation: to }: Rendered, service: string): boolean {
  const name: unknown = to?.name;
  return typeof name !== "string" || isToken(name) || name.toLowerCase() === service.toLowerCase();
}
