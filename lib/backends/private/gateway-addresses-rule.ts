import { Fn, Op, Token } from "cdktf";
import * as errors from "../../core/errors";
import { gatewayWithoutAddresses } from "../../core/gateway-errors";
import { RestrictedAccessOptions } from "../restricted-access-options";
import { checkTier, TIERS_WITH_ADDRESSES } from "./gateway-tier";
import { NetworkRule, onlyFrom } from "./network-rule";
import { MAX_ADDRESSES, publishingAddresses } from "./publishing-addresses";

const CALL = "NetworkAccess.fromGatewayAddresses";
const NEED = { call: CALL, tiers: TIERS_WITH_ADDRESSES, lack: "has no public addresses of its own to be known by" };

/**
 * One rule with all addresses, which App Service takes up to eight of. How many there are is known at apply only; a block for
 * each would need a priority for each, and Terraform would plan a change whenever Azure lists them in another order.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions#access-restriction-rules-based-on-ip-addresses
 */
export function gatewayAddressesRule(options: RestrictedAccessOptions): NetworkRule {
  return {
    site: (scope, gateway) => {
      const preconditions = checkTier(scope, gateway, NEED);
      if (gateway.publicIpAddresses.length === 0) throw gatewayWithoutAddresses(scope, gateway.node.path, CALL);
      const addresses = Fn.sort(gateway.publicIpAddresses);
      const count = Fn.lengthOf(addresses);
      const ipAddress = Token.asString(Fn.join(",", Fn.formatlist("%s/32", [addresses])));
      preconditions.push({
        condition: Op.and(Op.gte(count, 1), Op.lte(count, MAX_ADDRESSES)),
        errorMessage: errors.gatewayAddressesAtPlan(MAX_ADDRESSES),
      });
      return {
        config: { lifecycle: { precondition: preconditions } },
        siteConfig: onlyFrom({ ipAddress }, publishingAddresses(scope, CALL, options)),
      };
    },
  };
}
