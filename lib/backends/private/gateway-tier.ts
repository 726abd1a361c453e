import { Fn, Postcondition } from "cdktf";
import { Construct } from "constructs";
import * as errors from "../../core/errors";
import { gatewayInNoNetwork, gatewayInNoNetworkAtPlan } from "../../core/gateway-errors";
import { asArgument, isToken } from "../../core/tokens";
import { IApimGateway } from "../../gateway/gateway";

/**
 * Tiers that keep their public addresses.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses
 */
export const TIERS_WITH_ADDRESSES = ["Developer", "Basic", "Standard", "Premium"];

/**
 * Tiers that can be in a virtual network, or go out through one.
 *
 * @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts
 */
const TIERS_WITH_NETWORK = ["Developer", "Premium", "StandardV2", "PremiumV2"];

/** What a network rule takes of the gateway, and why. */
export interface TierNeed {
  readonly call: string;
  readonly tiers: readonly string[];
  readonly lack: string;
}

/**
 * Refuses a gateway whose tier does not fit: at synth, or by Terraform where it alone knows the tier. That is an error as well,
 * since such an app would be closed to its own gateway, or open to whoever gets the gateway's address next.
 */
export function checkTier(scope: Construct, gateway: IApimGateway, need: TierNeed): Postcondition[] {
  const { skuName } = gateway;
  if (isToken(skuName)) {
    const tier = Fn.element(Fn.split("_", asArgument(skuName)), 0);
    return [{ condition: Fn.contains(need.tiers, tier), errorMessage: errors.gatewayTierAtPlan(need) }];
  }
  const [tier] = skuName.split("_");
  if (!need.tiers.includes(tier)) throw errors.gatewayTier(scope, tier, need);
  return [];
}

/**
 * Refuses a gateway that cannot be in a virtual network, or is in none. Of a gateway of another state neither azurerm nor we know
 * whether it is in one.
 */
export function checkInNetwork(scope: Construct, gateway: IApimGateway, call: string): Postcondition[] {
  const need = { call, tiers: TIERS_WITH_NETWORK, lack: "cannot be in a virtual network" };
  const preconditions = checkTier(scope, gateway, need);
  scope.node.addValidation({
    validate: () => (gateway.virtualNetworkType === "None" ? [gatewayInNoNetwork(gateway.node.path, call)] : []),
  });
  const type = gateway.virtualNetworkType;
  if (type !== undefined && isToken(type)) {
    const isIn = Fn.contains(["External", "Internal"], asArgument(type));
    preconditions.push({ condition: isIn, errorMessage: gatewayInNoNetworkAtPlan(call) });
  }
  return preconditions;
}
