import type { ApiManagement, ApiManagementAdditionalLocation } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { checkRegion } from "../azure/clouds/stack-cloud";
import { IPublicIpAddressRef, ISubnetRef } from "../azure/refs/network";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { checkWholeNumber } from "../core/literal";
import { isToken } from "../core/tokens";
import { PropertyNames, requireOnly } from "../core/property-names";
import { ApimSku, checkedZones } from "./apim-sku";
import { NetworkSettings } from "./gateway-network";
import { requireTier } from "./tiers";

/** One more region of a gateway, which answers calls there with the same APIs and policies. */
export interface AdditionalLocation {
  /** The Azure region, such as `northeurope`: not the one of the resource group, and each region once. */
  readonly location: string;

  /**
   * Number of units in the region, 1 to 50.
   *
   * @default - as many as in the region of the resource group
   */
  readonly units?: number;

  /**
   * Availability zones of the units, such as `["1", "2"]`, with at least one unit for each zone.
   *
   * @default - Azure chooses
   */
  readonly zones?: string[];

  /**
   * The subnet of the gateway in the region. Required if the gateway has a `network`, and an error if it has none.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts
   */
  readonly subnet?: ISubnetRef;

  /**
   * Your public IP address in the region, of the SKU Standard. Requires a `subnet`.
   *
   * @default - Azure assigns an address
   */
  readonly publicIpAddress?: IPublicIpAddressRef;

  /**
   * Whether the region answers no calls, for example while its backends are tested.
   *
   * @default false
   */
  readonly gatewayDisabled?: boolean;
}

/** The names of its properties. */
const ADDITIONAL_LOCATION: PropertyNames<AdditionalLocation> = {
  location: true,
  gatewayDisabled: true,
  publicIpAddress: true,
  subnet: true,
  units: true,
  zones: true,
};

/** How the gateway is made in its first region. */
interface FirstLocation {
  readonly sku: ApimSku;
  readonly location: string;
  readonly network: NetworkSettings;
}

const EXAMPLE = 'additionalLocations: [{ location: "northeurope" }]';

const MAX_UNITS = 50;

/** The other regions of a new gateway as azurerm takes them; `undefined` without any. */
export function additionalLocations(
  scope: Construct,
  first: FirstLocation,
  locations?: AdditionalLocation[],
): ApiManagementAdditionalLocation[] | undefined {
  if (locations === undefined || requireList(scope, "additionalLocations", locations, EXAMPLE).length === 0)
    return undefined;
  const { sku } = first;
  requireTier(scope, { skuName: sku._skuName(scope) }, "severalLocations", {
    what: "The property additionalLocations",
    instead: "omit additionalLocations",
  });
  const taken = new Set([regionOf(first.location)]);
  return locations.map((each) => {
    requireOnly(scope, "an entry of additionalLocations", each, { names: ADDITIONAL_LOCATION, example: EXAMPLE });
    requireGiven(scope, each, { name: "an additional location", texts: ["location"], example: EXAMPLE });
    const { location, zones, gatewayDisabled, publicIpAddress } = each;
    checkRegion(scope, location);
    const region = regionOf(location);
    if (!isToken(location) && taken.has(region))
      fail(
        scope,
        "repeated-location",
        `The gateway is in the region "${location}" already.`,
        "Write another region, or remove this one. For more units in a region, set sku or units.",
      );
    taken.add(region);
    const units = each.units ?? sku._units;
    checkWholeNumber(scope, `The number of units in "${location}"`, units, 1, MAX_UNITS);
    checkNetwork(scope, first.network, each);
    return {
      location,
      capacity: units,
      zones: checkedZones(scope, ApimSku.of(sku._tier, units), zones, {
        where: `the gateway in "${location}"`,
        remedy: (count) => `Set units: ${count} on the location`,
      }),
      virtualNetworkConfiguration: each.subnet && { subnetId: each.subnet.id },
      publicIpAddressId: publicIpAddress?.id,
      gatewayDisabled,
    };
  });
}

/** Azure requires a network in all regions, or in none. */
function checkNetwork(
  scope: Construct,
  { virtualNetworkType }: NetworkSettings,
  { location, subnet, publicIpAddress }: AdditionalLocation,
): void {
  if (subnet === undefined && virtualNetworkType !== undefined)
    fail(
      scope,
      "location-without-subnet",
      `The gateway is in a virtual network, but the location "${location}" has no subnet.`,
      "Set subnet on the location: your Subnet object in that region, or SubnetRef.fromAttributes({ id }).",
    );
  if (subnet !== undefined && virtualNetworkType === undefined)
    fail(
      scope,
      "subnet-without-network",
      `The location "${location}" has a subnet, but the gateway is in no virtual network.`,
      "Set network: GatewayNetwork.external(subnet) or GatewayNetwork.internal(subnet) on the gateway, or remove the subnet.",
    );
  if (subnet !== undefined)
    requireGiven(scope, subnet, {
      name: "subnet",
      texts: ["id"],
      example: "subnet: your Subnet object, or SubnetRef.fromAttributes({ id })",
    });
  if (publicIpAddress === undefined) return;
  requireGiven(scope, publicIpAddress, {
    name: "publicIpAddress",
    texts: ["id"],
    example: "publicIpAddress: your PublicIp object, or PublicIpAddressRef.fromAttributes({ id })",
  });
  if (subnet === undefined)
    fail(
      scope,
      "address-without-network",
      `The location "${location}" has a publicIpAddress, but the gateway is in no virtual network.`,
      "Remove publicIpAddress: Azure assigns an address that stays.",
    );
}

/** `West Europe` and `westeurope` are one region. */
function regionOf(location: string): string {
  return location.replace(/ /g, "").toLowerCase();
}

/** The addresses of the gateway in its regions, the first one first. */
export function regionalUrls(service: ApiManagement, locations: readonly unknown[] = []): string[] {
  const others = locations.map((_, index) => service.additionalLocation.get(index).gatewayRegionalUrl);
  return [service.gatewayRegionalUrl, ...others];
}
