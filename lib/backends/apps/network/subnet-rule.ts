import { ISubnetRef } from "../../../azure/refs/subnet";
import { userResource } from "../../../azure/user-resource";
import { renderedAttributes } from "../../../core/rendered";
import { RestrictedAccessOptions, NetworkRule, onlyFrom, publishingAddresses } from "./network-rule";
import { checkInNetwork } from "../../../gateway/tiers";
import { finding } from "../../../core/fail";

const CALL = "NetworkAccess.fromSubnet";
const ENDPOINT = "Microsoft.Web";

/** One rule for a subnet that tells App Service who it is. */
export function subnetRule(subnet: ISubnetRef, options: RestrictedAccessOptions): NetworkRule {
  return {
    site: (scope, gateway) => {
      const precondition = checkInNetwork(scope, gateway, CALL);
      scope.node.addValidation({ validate: () => missingEndpoint(subnet) });
      return {
        config: precondition.length > 0 ? { lifecycle: { precondition } } : undefined,
        siteConfig: onlyFrom({ virtualNetworkSubnetId: subnet.id }, publishingAddresses(scope, CALL, options)),
      };
    },
  };
}

/** Without the service endpoint nobody in the subnet would get through; what only Terraform knows is taken for right. */
function missingEndpoint(subnet: ISubnetRef): string[] {
  const resource = userResource(subnet, "azurerm_subnet");
  if (!resource) return [];
  const endpoints: unknown = renderedAttributes(resource).service_endpoints ?? [];
  const lacks = Array.isArray(endpoints) && endpoints.every((one) => /^Microsoft\.(?!Web$)/.test(one));
  return lacks
    ? [
        finding(
          "subnet-without-service-endpoint",
          `The subnet "${resource.node.path}" has no service endpoint for App Service, and the app would let in nobody from it. ` +
            `Write serviceEndpoints: ["${ENDPOINT}"] on it.`,
        ),
      ]
    : [];
}
