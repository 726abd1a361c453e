import { Fn, Precondition } from "cdktf";
import { Construct } from "constructs";
import { conditionMessage, finding } from "../core/fail";
import { asArgument, isToken } from "../core/tokens";
import { IApimGateway } from "./gateway";
import { GatewayBase } from "./gateway-base";
import { FeatureUse, requireTier } from "./tiers";

/** Requires a gateway in one region, which calls from one subnet. For a service of another state, this cannot be checked. */
export function requireOneRegion(scope: Construct, gateway: IApimGateway, { what, instead }: FeatureUse): void {
  scope.node.addValidation({
    validate: () =>
      gateway instanceof GatewayBase && gateway._hasMoreRegions
        ? [
            finding(
              "subnet-of-one-region",
              `${what} names one subnet, but the gateway "${gateway.node.path}" is in several regions and calls from a subnet in each. The app ` +
                `would reject its calls from the other regions.`,
              `Write NetworkAccess.fromGatewayAddresses(), and remove the service endpoint Microsoft.Web from the subnets of the gateway. Or ` +
                `${instead}.`,
            ),
          ]
        : [],
  });
}

/** Requires a gateway in a virtual network. For a looked-up gateway only the tier can be checked: azurerm does not read its network. */
export function requireNetwork(scope: Construct, gateway: IApimGateway, use: FeatureUse): Precondition[] {
  const { what, instead } = use;
  const preconditions = requireTier(scope, gateway, "virtualNetwork", use);
  scope.node.addValidation({
    validate: () =>
      gateway.virtualNetworkType === "None"
        ? [
            finding(
              "gateway-outside-network",
              `${what} requires a gateway in a virtual network, or with outbound access through one. "${gateway.node.path}" has neither, so ` +
                `it could not reach the app.`,
              `Set network on the gateway: GatewayNetwork.outbound(subnet), .external(subnet) or .internal(subnet). On your ` +
                `ApiManagement object, set virtualNetworkType and virtualNetworkConfiguration. Or ${instead}.`,
            ),
          ]
        : [],
  });
  const type = gateway.virtualNetworkType;
  if (type === undefined || !isToken(type)) return preconditions;
  return [
    ...preconditions,
    {
      condition: Fn.contains(["External", "Internal"], asArgument(type)),
      errorMessage: conditionMessage(
        "gateway-outside-network-at-plan",
        `${what} requires a gateway in a virtual network, or with outbound access through one. This gateway has neither, so it could not ` +
          `reach the app.`,
        `Add the gateway to a virtual network, or ${instead}.`,
      ),
    },
  ];
}
