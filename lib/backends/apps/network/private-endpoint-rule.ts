import { IResourceGroupRef } from "../../../azure/refs/resource-group";
import { ISubnetRef } from "../../../azure/refs/subnet";
import { IPrivateDnsZoneRef } from "../../../azure/refs/private-dns-zone";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { userResource } from "../../../azure/user-resource";
import { renderedAttributes } from "../../../core/rendered";
import { isToken } from "../../../core/tokens";
import { checkInNetwork } from "../../../gateway/tiers";
import { NetworkRule } from "./network-rule";
import { finding } from "../../../core/fail";

/** Where the private endpoint of an app is. */
export interface PrivateEndpointProps {
  /** The subnet in which the endpoint gets its address. */
  readonly subnet: ISubnetRef;

  /**
   * The zone `privatelink.azurewebsites.net` that the gateway's virtual network is linked to. The app's address, and that of its
   * publishing site, are entered there.
   */
  readonly privateDnsZone: IPrivateDnsZoneRef;

  /**
   * Where to deploy the endpoint: in the region of the virtual network, where that is another than the app's.
   *
   * @default - the resource group of the app
   */
  readonly resourceGroup?: IResourceGroupRef;
}

const CALL = "NetworkAccess.privateEndpoint";

/** The zone of App Service in the public cloud, and in those of the US government and China. */
const ZONE = /^privatelink\.(azurewebsites\.(net|us)|chinacloudsites\.cn)$/i;

/** No public access, and an endpoint within the network, found by the app's own name. */
export function privateEndpointRule(props: PrivateEndpointProps): NetworkRule {
  return {
    site: (scope, gateway) => {
      const precondition = checkInNetwork(scope, gateway, CALL);
      scope.node.addValidation({ validate: () => otherZone(props.privateDnsZone) });
      const lifecycle = precondition.length > 0 ? { precondition } : undefined;
      return { config: { publicNetworkAccessEnabled: false, lifecycle } };
    },
    beside: (scope, app) => {
      const group = props.resourceGroup ?? app.resourceGroup;
      const name = `${app.name}-endpoint`;
      const endpoint = new PrivateEndpoint(scope, "PrivateEndpoint", {
        name,
        resourceGroupName: group.name,
        location: group.location,
        subnetId: props.subnet.id,
        privateServiceConnection: {
          name,
          privateConnectionResourceId: app.id,
          // The app, and its publishing site with it.
          subresourceNames: ["sites"],
          isManualConnection: false,
        },
        privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [props.privateDnsZone.id] },
      });
      return [endpoint];
    },
  };
}

/** In a zone of another name nobody would look for the app; a name that only Terraform knows is taken for the right one. */
function otherZone(zone: IPrivateDnsZoneRef): string[] {
  const resource = userResource(zone, "azurerm_private_dns_zone");
  const name: unknown = resource && renderedAttributes(resource).name;
  if (!resource || typeof name !== "string" || isToken(name) || ZONE.test(name)) return [];
  return [
    finding(
      "other-private-dns-zone",
      `The private DNS zone "${resource.node.path}" is "${name}", where nobody looks for an app. ` +
        `Write name: "privatelink.azurewebsites.net" on it.`,
    ),
  ];
}
