import { Fn, Postcondition, Op, Precondition } from "cdktf";
import { Construct } from "constructs";
import { asArgument, isToken } from "../core/tokens";
import { IApimGateway } from "./gateway";
import { fail, finding } from "../core/fail";

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
    return [
      {
        condition: Fn.contains(need.tiers, tier),
        errorMessage: finding(
          "gateway-tier-at-plan",
          `${need.call} takes a gateway of one of the tiers ${need.tiers.join(", ")}; this one ${need.lack}. ` +
            `Leave networkAccess out: the sign-in lets in the gateway alone, from wherever it calls.`,
        ),
      },
    ];
  }
  const [tier] = skuName.split("_");
  if (!need.tiers.includes(tier))
    fail(
      scope,
      "gateway-tier",
      `${need.call} does not go with a gateway of the tier ${tier}, which ${need.lack}. ` +
        `Write a gateway of one of the tiers ${need.tiers.join(", ")}, or leave networkAccess out: the sign-in lets in the ` +
        `gateway alone, from wherever it calls.`,
    );
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
// What others tell
// Network
const INSTEAD_OF_NETWORK = "or leave networkAccess out: the sign-in lets in the gateway alone, from wherever it calls.";

function gatewayInNoNetwork(gateway: string, call: string): string {
  return (
    `${call} takes a gateway that is in a virtual network or goes out through one, and "${gateway}" is in none: it could not ` +
    `reach the app. Write network: GatewayNetwork.outbound(subnet), .external(subnet) or .internal(subnet) on it (on an ` +
    `ApiManagement object of yours, virtualNetworkType and virtualNetworkConfiguration), ${INSTEAD_OF_NETWORK}`
  );
}
// What others tell
// Network

function gatewayInNoNetworkAtPlan(call: string): string {
  return (
    `${call} takes a gateway that is in a virtual network or goes out through one; this one is in none, and could not reach ` +
    `the app. Put it into a network, ${INSTEAD_OF_NETWORK}`
  );
}

/**
 * Refuses a gateway of the Consumption tier: at synth, or by Terraform where it alone knows the tier.
 *
 * @param what that the tier does not have
 * @param instead what to write otherwise
 */
export function refuseConsumption(
  scope: Construct,
  gateway: IApimGateway,
  what: string,
  instead: string,
): Precondition[] {
  const { skuName } = gateway;
  if (isToken(skuName)) {
    const isConsumption = Fn.startswith(asArgument(skuName), "Consumption");
    return [
      {
        condition: Op.not(isConsumption),
        errorMessage: finding(
          "not-on-consumption-at-plan",
          `${what} does not exist on the Consumption tier, which this gateway has. Take a gateway of another tier, or ${instead}.`,
        ),
      },
    ];
  }
  if (skuName.startsWith("Consumption"))
    fail(
      scope,
      "not-on-consumption",
      `${what} does not exist on the Consumption tier. Write another tier, for example sku: ApimSku.BASIC_V2, or ${instead}.`,
    );
  return [];
}
