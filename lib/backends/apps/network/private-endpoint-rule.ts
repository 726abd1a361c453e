import { Construct } from "constructs";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { checkedTags } from "../../../azure/azure-tags";
import { AZURE_NAMES } from "../../../azure/names";
import { CLOUDS } from "../../../azure/clouds/hosts";
import { cloudOf } from "../../../azure/clouds/stack-cloud";
import { IPrivateDnsZoneRef, ISubnetRef } from "../../../azure/refs/network";
import { IResourceGroupRef } from "../../../azure/refs/resource-group";
import { uniqueName } from "../../../azure/taken-name";
import { checkUserResource } from "../../../azure/user-resource";
import { finding } from "../../../core/fail";
import { checkName } from "../../../core/names";
import { isToken } from "../../../core/tokens";
import { requireNetwork } from "../../../gateway/required-network";
import { EndpointTarget, NetworkRule, OMIT_NETWORK_ACCESS } from "./network-rule";
import { requireGiven, requireProps } from "../../../core/given";

/** Properties of the private endpoint of an app. */
export interface PrivateEndpointProps {
  /** The subnet in which the endpoint gets its address. */
  readonly subnet: ISubnetRef;

  /**
   * The zone `privatelink.azurewebsites.net` (`privatelink.azurewebsites.us` in Azure US Government, `privatelink.chinacloudsites.cn` in
   * China), linked to the gateway's virtual network. Azure adds the records of the app and of
   * its publishing site to it.
   */
  readonly privateDnsZone: IPrivateDnsZoneRef;

  /**
   * Resource group of the endpoint. Its location must be the region of the virtual network.
   *
   * @default - the resource group of the app
   */
  readonly resourceGroup?: IResourceGroupRef;

  /**
   * Name of the endpoint. Those of deployment slots are called the same, with a hyphen and the name of the slot after it.
   *
   * @default - the name of the app and "-endpoint"
   */
  readonly endpointName?: string;
}

const CALL = "NetworkAccess.privateEndpoint";

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
      createEndpoint: (target) => createEndpoint(props, target),
    };
  };
}

function createEndpoint(
  { resourceGroup, subnet, privateDnsZone, endpointName }: PrivateEndpointProps,
  { scope, app, slot, resourceGroup: groupOfApp, tags }: EndpointTarget,
): PrivateEndpoint {
  const group = resourceGroup ?? groupOfApp;
  const ofSlot = slot === undefined ? "" : `-${slot}`;
  const name =
    endpointName === undefined ? `${app.name}${ofSlot}-endpoint` : checkedName(scope, endpointName, ofSlot, group);
  return new PrivateEndpoint(scope, "PrivateEndpoint", {
    name,
    resourceGroupName: group.name,
    location: group.location,
    subnetId: subnet.id,
    privateServiceConnection: {
      name,
      privateConnectionResourceId: app.id,
      // The app and its publishing site, or those of a slot, whose endpoint also belongs to the app.
      subresourceNames: [`sites${ofSlot}`],
      isManualConnection: false,
    },
    privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [privateDnsZone.id] },
    tags: tags && checkedTags(scope, tags),
  });
}

function checkedName(scope: Construct, given: string, ofSlot: string, group: IResourceGroupRef): string {
  const name = checkName(scope, AZURE_NAMES.privateEndpoint, given);
  return uniqueName(scope, AZURE_NAMES.privateEndpoint, `${name}${ofSlot}`, { group });
}

/** A private DNS zone of another name does not resolve the app. A name that only Terraform knows passes. */
function requireZone(scope: Construct, zone: IPrivateDnsZoneRef): void {
  const expected = `privatelink.${CLOUDS[cloudOf(scope)].appService[0]}`;
  const notChecked = `whether the name of the private DNS zone is ${expected}`;
  checkUserResource(scope, zone, "azurerm_private_dns_zone", notChecked, ({ name }, resource) => {
    if (typeof name !== "string" || isToken(name) || name.toLowerCase() === expected) return undefined;
    return finding(
      "wrong-private-dns-zone",
      `The private DNS zone "${resource.node.path}" has the name "${name}", which does not resolve the app.`,
      `Set name: "${expected}" on it.`,
    );
  });
}
