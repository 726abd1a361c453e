import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { CLOUDS } from "../../../azure/clouds/hosts";
import { cloudOf } from "../../../azure/clouds/stack-cloud";
import {
  checkPlace,
  createPrivateEndpoint,
  PRIVATE_ENDPOINT_PROPS,
  PrivateEndpointProps,
} from "../../../azure/private-endpoint";
import { requireOnly } from "../../../core/property-names";
import { requireNetwork } from "../../../gateway/required-network";
import { EndpointTarget, NetworkRule, OMIT_NETWORK_ACCESS } from "./network-rule";

const CALL = "NetworkAccess.privateEndpoint";

/** No public access, and an endpoint in the network that the app's name resolves to. */
export function privateEndpointRule(props: PrivateEndpointProps): NetworkRule {
  requireOnly(CALL, CALL, props, { names: PRIVATE_ENDPOINT_PROPS, example: `${CALL}({ subnet, privateDnsZone })` });
  return (scope, gateway) => {
    const precondition = requireNetwork(scope, gateway, { what: CALL, instead: OMIT_NETWORK_ACCESS });
    checkPlace(scope, props, CLOUDS[cloudOf(scope)].appService[0], "the app");
    const lifecycle = precondition.length > 0 ? { precondition } : undefined;
    return {
      config: { publicNetworkAccessEnabled: false, lifecycle },
      createEndpoint: (target) => createEndpoint(props, target),
    };
  };
}

function createEndpoint(
  props: PrivateEndpointProps,
  { scope, app, slot, resourceGroup, tags }: EndpointTarget,
): PrivateEndpoint {
  const suffix = slot === undefined ? "" : `-${slot}`;
  return createPrivateEndpoint(scope, "PrivateEndpoint", props, {
    resourceId: app.id,
    name: `${app.name}${suffix}`,
    suffix,
    // The app and its publishing site, or those of a slot, whose endpoint also belongs to the app.
    subresource: `sites${suffix}`,
    resourceGroup,
    tags,
  });
}
