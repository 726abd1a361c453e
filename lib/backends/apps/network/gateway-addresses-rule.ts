import { Fn, Op, Token } from "cdktf";
import { RestrictedAccessOptions, NetworkRule, onlyFrom, MAX_ADDRESSES, publishingAddresses } from "./network-rule";
import { checkTier, TIERS_WITH_ADDRESSES } from "../../../gateway/tiers";
import { finding, fail } from "../../../core/fail";

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
      if (gateway.publicIpAddresses.length === 0)
        fail(
          scope,
          "gateway-without-addresses",
          `${CALL} takes a gateway whose public addresses are known, and those of "${gateway.node.path}" are not. Write publicIpAddresses in ` +
            `ApimGateway.fromAttributes, or leave networkAccess out: the sign-in lets in the gateway alone, from wherever it calls.`,
        );
      const addresses = Fn.sort(gateway.publicIpAddresses);
      const count = Fn.lengthOf(addresses);
      const ipAddress = Token.asString(Fn.join(",", Fn.formatlist("%s/32", [addresses])));
      preconditions.push({
        condition: Op.and(Op.gte(count, 1), Op.lte(count, MAX_ADDRESSES)),
        errorMessage: finding(
          "gateway-addresses-at-plan",
          `NetworkAccess.fromGatewayAddresses takes a gateway with 1 to ${MAX_ADDRESSES} public addresses, as many as App Service takes in a ` +
            `rule. Write NetworkAccess.fromSubnet(...) or .privateEndpoint(...), or leave networkAccess out: the sign-in lets in the ` +
            `gateway alone, from wherever it calls.`,
        ),
      });
      return {
        config: { lifecycle: { precondition: preconditions } },
        siteConfig: onlyFrom({ ipAddress }, publishingAddresses(scope, CALL, options)),
      };
    },
  };
}
