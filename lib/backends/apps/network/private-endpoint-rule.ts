import { Construct } from "constructs";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { IPrivateDnsZoneRef, ISubnetRef } from "../../../azure/refs/network";
import { IResourceGroupRef } from "../../../azure/refs/resource-group";
import { checkUserResource } from "../../../azure/user-resource";
import { finding } from "../../../core/fail";
import { isToken } from "../../../core/tokens";
import { requireNetwork } from "../../../gateway/required-network";
import { CreatedResource } from "../created-app";
import { NetworkRule, OMIT_NETWORK_ACCESS } from "./network-rule";
import { requireGiven, requireProps } from "../../../core/given";

/** Properties of the private endpoint of an app. */
export interface PrivateEndpointProps {
  /** The subnet in which the endpoint gets its address. */
  readonly subnet: ISubnetRef;

  /**
   * The zone `privatelink.azurewebsites.net`, linked to the gateway's virtual network. Azure adds the records of the app and of
   * its publishing site to it.
   */
  readonly privateDnsZone: IPrivateDnsZoneRef;

  /**
   * Resource group of the endpoint. Its location must be the region of the virtual network.
   *
   * @default - the resource group of the app
   */
  readonly resourceGroup?: IResourceGroupRef;
}

const CALL = "NetworkAccess.privateEndpoint";

/** The zone of App Service in the public, US government and China clouds. */
const ZONE = /^privatelink\.(azurewebsites\.(net|us)|chinacloudsites\.cn)$/i;

/** No public access, and an endpoint in the network that the app's name resolves to. */
export function privateEndpointRule(props: PrivateEndpointProps): NetworkRule {
  requireProps(CALL, props, `${CALL}({ subnet, privateDnsZone })`);
  return (scope, gateway) => {
    const precondition = requireNetwork(scope, gateway, { what: CALL, instead: OMIT_NETWORK_ACCESS });
    requireGiven(scope, props.subnet, {
      name: "subnet",
      texts: ["id"],
      example: "subnet: your Subnet object, or SubnetRef.fromAttributes({ id })",
    });
    requireZone(scope, props.privateDnsZone);
    const lifecycle = precondition.length > 0 ? { precondition } : undefined;
    return {
      config: { publicNetworkAccessEnabled: false, lifecycle },
      createEndpoint: (app, group) => createEndpoint(scope, props, app, group),
    };
  };
}

function createEndpoint(
  scope: Construct,
  { resourceGroup, subnet, privateDnsZone }: PrivateEndpointProps,
  app: CreatedResource,
  groupOfApp: IResourceGroupRef,
): PrivateEndpoint {
  const group = resourceGroup ?? groupOfApp;
  const name = `${app.name}-endpoint`;
  return new PrivateEndpoint(scope, "PrivateEndpoint", {
    name,
    resourceGroupName: group.name,
    location: group.location,
    subnetId: subnet.id,
    privateServiceConnection: {
      name,
      privateConnectionResourceId: app.id,
      // The app and its publishing site.
      subresourceNames: ["sites"],
      isManualConnection: false,
    },
    privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [privateDnsZone.id] },
  });
}

/** A private DNS zone of another name does not resolve the app. A name that only Terraform knows passes. */
function requireZone(scope: Construct, zone: IPrivateDnsZoneRef): void {
  const notChecked = "whether the name of the private DNS zone is privatelink.azurewebsites.net";
  checkUserResource(scope, zone, "azurerm_private_dns_zone", notChecked, ({ name }, resource) => {
    if (typeof name !== "string" || isToken(name) || ZONE.test(name)) return undefined;
    return finding(
      "wrong-private-dns-zone",
      `The private DNS zone "${resource.node.path}" has the name "${name}", which does not resolve the app.`,
      'Set name: "privatelink.azurewebsites.net" on it.',
    );
  });
}
