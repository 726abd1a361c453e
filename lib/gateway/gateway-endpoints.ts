import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Tags } from "../azure/azure-tags";
import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf } from "../azure/clouds/stack-cloud";
import {
  checkPlace,
  createPrivateEndpoint,
  PRIVATE_ENDPOINT_PROPS,
  PrivateEndpointProps,
} from "../azure/private-endpoint";
import { IResourceGroupRef } from "../azure/refs/resource-group";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { requireLiteral } from "../core/literal";
import { requireOnly } from "../core/property-names";
import { repeated } from "../core/repeated";
import { ApimSku } from "./apim-sku";
import { NetworkSettings } from "./gateway-network";
import { requireTier, tierHas } from "./tiers";

const ENTRY = "an entry of privateEndpoints";
const EXAMPLE = "privateEndpoints: [{ subnet, privateDnsZone }]";
const INSTEAD = "omit privateEndpoints";

/** The endpoint without a name of its own. */
const UNNAMED = "default";

/** The private endpoints of a new gateway, which its tier and its network must allow. */
export function checkedEndpoints(
  scope: Construct,
  { sku, network }: { readonly sku: ApimSku; readonly network: NetworkSettings },
  endpoints: readonly PrivateEndpointProps[] = [],
): readonly PrivateEndpointProps[] {
  requireList(scope, "privateEndpoints", endpoints, EXAMPLE);
  if (endpoints.length === 0) return endpoints;
  const tier = sku._tier;
  requireTier(scope, { skuName: sku._skuName(scope) }, "privateEndpoints", {
    what: "privateEndpoints",
    instead: INSTEAD,
  });
  if (network.virtualNetworkType !== undefined && tierHas(tier, "undelegatedSubnet"))
    fail(
      scope,
      "private-endpoints-in-network",
      `privateEndpoints are given, but a gateway of tier ${tier} inside a virtual network does not support private endpoints.`,
      "Omit privateEndpoints, or omit network. If only the network may call the gateway, use GatewayNetwork.internal(subnet).",
    );
  endpoints.forEach((endpoint) => {
    requireGiven(scope, endpoint, { name: ENTRY, example: EXAMPLE });
    requireOnly(scope, ENTRY, endpoint, { names: PRIVATE_ENDPOINT_PROPS, example: EXAMPLE });
    checkPlace(scope, endpoint, CLOUDS[cloudOf(scope)].gateway, "the gateway");
  });
  requireDistinct(scope, endpoints);
  return endpoints;
}

/** The names are part of the Terraform addresses. */
function requireDistinct(scope: Construct, endpoints: readonly PrivateEndpointProps[]): void {
  const names = endpoints.map(({ endpointName }) =>
    endpointName === undefined
      ? UNNAMED
      : requireLiteral(scope, "The name of a private endpoint of a gateway", endpointName).toLowerCase(),
  );
  const [taken] = repeated(names, (name) => name);
  if (taken)
    fail(
      scope,
      "private-endpoint-name-taken",
      taken[0] === UNNAMED
        ? "Two private endpoints of the gateway have no name of their own."
        : `Two private endpoints of the gateway are named "${taken[0]}".`,
      'Give one of them another endpointName, such as endpointName: "contoso-hub".',
    );
}

/** Creates the private endpoints through which a gateway is called. The developer portal and the other endpoints have none. */
export function createEndpoints(
  scope: Construct,
  service: ApiManagement,
  endpoints: readonly PrivateEndpointProps[],
  place: { readonly resourceGroup: IResourceGroupRef; readonly tags?: Tags; readonly provider?: TerraformProvider },
): PrivateEndpoint[] {
  if (endpoints.length === 0) return [];
  const home = new Construct(scope, "PrivateEndpoints");
  return endpoints.map((endpoint) =>
    createPrivateEndpoint(home, endpoint.endpointName ?? UNNAMED, endpoint, {
      resourceId: service.id,
      name: service.name,
      subresource: "Gateway",
      ...place,
    }),
  );
}
