import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { finding } from "../core/fail";
import { requireGiven } from "../core/given";
import { checkName } from "../core/names";
import { PropertyNames } from "../core/property-names";
import { isToken } from "../core/tokens";
import { checkedTags, Tags } from "./azure-tags";
import { AZURE_NAMES } from "./names";
import { IPrivateDnsZoneRef, ISubnetRef, managedElsewhere } from "./refs/network";
import { IResourceGroupRef } from "./refs/resource-group";
import { uniqueName } from "./taken-name";
import { checkUserResource } from "./user-resource";
import { azurerm } from "../providers/azurerm";

/** Properties of the private endpoint of an app or a gateway. */
export interface PrivateEndpointProps {
  /** The subnet in which the endpoint gets its address. */
  readonly subnet: ISubnetRef;

  /**
   * The zone that resolves the host names, linked to the network from which they are called. Azure adds the records to it. For an app, it
   * is `privatelink.azurewebsites.net` (`privatelink.azurewebsites.us` in Azure US Government, `privatelink.chinacloudsites.cn` in China),
   * also with the publishing site. For a gateway, it is `privatelink.azure-api.net` (`.us`, `.cn`). If Azure Policy or another team adds the
   * records, write `PrivateDnsZoneRef.managedElsewhere`.
   *
   * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
   */
  readonly privateDnsZone: IPrivateDnsZoneRef;

  /**
   * Resource group of the endpoint. Its location must be the region of the virtual network.
   *
   * @default - the resource group of the app or the gateway
   */
  readonly resourceGroup?: IResourceGroupRef;

  /**
   * Name of the endpoint. Those of deployment slots are called the same, with a hyphen and the name of the slot after it. It must be a
   * plain string for all but one endpoint of a gateway.
   *
   * @default - the name of the app or the gateway and "-endpoint"
   */
  readonly endpointName?: string;
}

export const PRIVATE_ENDPOINT_PROPS: PropertyNames<PrivateEndpointProps> = {
  subnet: true,
  privateDnsZone: true,
  resourceGroup: true,
  endpointName: true,
};

/** What an endpoint leads to. */
export interface EndpointTo {
  readonly resourceId: string;
  /** Name of the resource, with what distinguishes a part of it, such as a slot. */
  readonly name: string;
  /** What is added to the name that the user gives, such as the name of a slot. */
  readonly suffix?: string;
  /** What of the resource, such as `sites`. */
  readonly subresource: string;
  /** Where the endpoint is, unless the user says where. */
  readonly resourceGroup: IResourceGroupRef;
  readonly tags?: Tags;
  readonly provider?: TerraformProvider;
}

/** Creates an endpoint, to which the private DNS zone leads. */
export function createPrivateEndpoint(
  scope: Construct,
  id: string,
  { resourceGroup, subnet, privateDnsZone, endpointName }: PrivateEndpointProps,
  to: EndpointTo,
): PrivateEndpoint {
  const group = resourceGroup ?? to.resourceGroup;
  const name =
    endpointName === undefined ? `${to.name}-endpoint` : checkedName(scope, endpointName, to.suffix ?? "", group);
  return new azurerm.PrivateEndpoint(scope, id, {
    name,
    resourceGroupName: group.name,
    location: group.location,
    subnetId: subnet.id,
    privateServiceConnection: {
      name,
      privateConnectionResourceId: to.resourceId,
      subresourceNames: [to.subresource],
      isManualConnection: false,
    },
    ...(managedElsewhere(privateDnsZone)
      ? { lifecycle: { ignoreChanges: ["private_dns_zone_group"] } }
      : { privateDnsZoneGroup: { name: "default", privateDnsZoneIds: [privateDnsZone.id] } }),
    tags: to.tags && checkedTags(scope, to.tags),
    provider: to.provider,
  });
}

function checkedName(scope: Construct, given: string, suffix: string, group: IResourceGroupRef): string {
  const name = checkName(scope, AZURE_NAMES.privateEndpoint, given);
  return uniqueName(scope, AZURE_NAMES.privateEndpoint, `${name}${suffix}`, { group });
}

/**
 * Checks the subnet, and that the zone has the name which resolves the hosts of a domain. A name that only Terraform knows passes.
 *
 * @param what is resolved, such as "the app"
 */
export function checkPlace(
  scope: Construct,
  { subnet, privateDnsZone }: PrivateEndpointProps,
  domain: string,
  what: string,
): void {
  requireGiven(scope, subnet, {
    name: "subnet",
    texts: ["id"],
    example: "subnet: your Subnet object, or SubnetRef.fromAttributes({ id })",
  });
  const given = requireGiven(scope, privateDnsZone, {
    name: "privateDnsZone",
    texts: ["id"],
    example: "privateDnsZone: your PrivateDnsZone object, or PrivateDnsZoneRef.fromAttributes({ id })",
  });
  const elsewhere = managedElsewhere(given);
  if (elsewhere) return elsewhere._announce(scope);
  const expected = `privatelink.${domain}`;
  const notChecked = `whether the name of the private DNS zone is ${expected}`;
  checkUserResource(scope, privateDnsZone, "azurerm_private_dns_zone", notChecked, ({ name }, resource) => {
    if (typeof name !== "string" || isToken(name) || name.toLowerCase() === expected) return undefined;
    return finding(
      "wrong-private-dns-zone",
      `The private DNS zone "${resource.node.path}" has the name "${name}", which does not resolve ${what}.`,
      `Set name: "${expected}" on it.`,
    );
  });
}
