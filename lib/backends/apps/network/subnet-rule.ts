import { Construct } from "constructs";
import { ISubnetRef } from "../../../azure/refs/subnet";
import { inspectable } from "../../../azure/user-resource";
import { renderedAttributes } from "../../../core/rendered";
import { NetworkRule, OMIT_NETWORK_ACCESS, onlyFrom } from "./network-rule";
import { publishingAddresses, RestrictedAccessOptions } from "./publishing-addresses";
import { requireNetwork } from "../../../gateway/required-network";
import { finding } from "../../../core/fail";

const CALL = "NetworkAccess.fromSubnet";
const ENDPOINT = "Microsoft.Web";

/** One rule for a subnet, which App Service identifies by its service endpoint. */
export function subnetRule(subnet: ISubnetRef, options: RestrictedAccessOptions): NetworkRule {
  return {
    site: (scope, gateway) => {
      const precondition = requireNetwork(scope, gateway, { what: CALL, instead: OMIT_NETWORK_ACCESS });
      requireServiceEndpoint(scope, subnet);
      return {
        config: precondition.length > 0 ? { lifecycle: { precondition } } : undefined,
        siteConfig: onlyFrom({ virtualNetworkSubnetId: subnet.id }, publishingAddresses(scope, CALL, options)),
      };
    },
  };
}

/** The app rejects calls from a subnet without the service endpoint. What only Terraform knows passes. */
function requireServiceEndpoint(scope: Construct, subnet: ISubnetRef): void {
  const notChecked = `whether the subnet has the service endpoint ${ENDPOINT}`;
  const resource = inspectable(scope, subnet, ["azurerm_subnet"], notChecked);
  if (!resource) return;
  scope.node.addValidation({
    validate: () => {
      const endpoints: unknown = renderedAttributes(resource).service_endpoints ?? [];
      const lacks = Array.isArray(endpoints) && endpoints.every((one) => /^Microsoft\.(?!Web$)/.test(one));
      if (!lacks) return [];
      return [
        finding(
          "subnet-without-service-endpoint",
          `The subnet "${resource.node.path}" has no service endpoint for App Service, so the app would reject every call from it.`,
          `Set serviceEndpoints: ["${ENDPOINT}"] on it.`,
        ),
      ];
    },
  });
}
