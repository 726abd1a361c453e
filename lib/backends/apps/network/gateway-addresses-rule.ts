import { Fn, Op, Token } from "cdktf";
import { NetworkRule, OMIT_NETWORK_ACCESS, onlyFrom } from "./network-rule";
import { MAX_ADDRESSES, publishingAddresses, RestrictedAccessOptions } from "./publishing-addresses";
import { requireTier } from "../../../gateway/tiers";
import { finding, fail } from "../../../core/fail";

const CALL = "NetworkAccess.fromGatewayAddresses";

/**
 * One rule with all addresses, of which App Service takes up to eight. Their number is known at apply only. A block for each
 * address would need a priority for each, and Terraform would plan a change whenever Azure lists them in another order.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions#access-restriction-rules-based-on-ip-addresses
 */
export function gatewayAddressesRule(options: RestrictedAccessOptions): NetworkRule {
  return {
    site: (scope, gateway) => {
      const preconditions = requireTier(scope, gateway, "publicAddresses", {
        what: CALL,
        instead: OMIT_NETWORK_ACCESS,
      });
      if (gateway.publicIpAddresses.length === 0)
        fail(
          scope,
          "gateway-without-addresses",
          `${CALL} requires the public addresses of the gateway, but those of "${gateway.node.path}" are not known.`,
          "Set publicIpAddresses in ApimGateway.fromAttributes. Or omit networkAccess: the sign-in still lets in only the gateway, from any address.",
        );
      const addresses = Fn.sort(gateway.publicIpAddresses);
      const count = Fn.lengthOf(addresses);
      const ipAddress = Token.asString(Fn.join(",", Fn.formatlist("%s/32", [addresses])));
      preconditions.push({
        condition: Op.and(Op.gte(count, 1), Op.lte(count, MAX_ADDRESSES)),
        errorMessage: finding(
          "gateway-addresses-at-plan",
          `${CALL} requires a gateway with 1 to ${MAX_ADDRESSES} public addresses, the number that App Service takes in a rule.`,
          "Use NetworkAccess.fromSubnet(...) or NetworkAccess.privateEndpoint(...). Or omit networkAccess: the sign-in still lets in only " +
            "the gateway, from any address.",
        ),
      });
      return {
        config: { lifecycle: { precondition: preconditions } },
        siteConfig: onlyFrom({ ipAddress }, publishingAddresses(scope, CALL, options)),
      };
    },
  };
}
