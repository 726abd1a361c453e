import { Construct } from "constructs";

/*
 * Messages about what a gateway is made of. A function that takes a scope makes an error to throw; one that takes none makes the
 * text of a finding at synth or plan.
 */

function at(scope: Construct, message: string): Error {
  return new Error(`[${scope.node.path}] ${message}`);
}

// Identities

export function tooManyIdentities(scope: Construct, count: number, max: number): Error {
  return at(
    scope,
    `An API Management service takes ${max} user-assigned identities at most, and identity and furtherIdentities have ${count}. ` +
      `Leave out some of furtherIdentities.`,
  );
}

export function gatewayLabelTaken(scope: Construct, label: string, first: string, second: string): Error {
  return at(
    scope,
    `The gateways "${first}" and "${second}" are both called "${label}" here, and have different identities. Write one gateway ` +
      `object for both; or, where the service calls with several user-assigned identities, each by GatewayIdentity.userAssigned ` +
      `(clientId in ApimGateway.fromAttributes).`,
  );
}

// What others tell

export function invalidGatewayUrl(scope: Construct, url: string): Error {
  return at(
    scope,
    `The gatewayUrl "${url}" is no address of a gateway. Write one such as "https://contoso.azure-api.net", without path and ` +
      `slash at its end.`,
  );
}

export function emptyResourceGroupName(scope: Construct): Error {
  return at(
    scope,
    `The resourceGroupName is empty. Write the name of the resource group that the API Management service is in.`,
  );
}

export function invalidGatewayAddress(scope: Construct, address: string): Error {
  return at(scope, `"${address}" in publicIpAddresses is no plain IPv4 address. Write "203.0.113.7", without "/32".`);
}

export function gatewayWithoutAddresses(scope: Construct, gateway: string, call: string): Error {
  return at(
    scope,
    `${call} takes a gateway whose public addresses are known, and those of "${gateway}" are not. Write publicIpAddresses in ` +
      `ApimGateway.fromAttributes, or leave networkAccess out: the sign-in lets in the gateway alone, from wherever it calls.`,
  );
}

// Zones

export function zonesNotOnTier(scope: Construct, tier: string): Error {
  return at(
    scope,
    `The tier ${tier} cannot be told its availability zones with azurerm. Leave zones out, or write sku: ApimSku.PREMIUM.`,
  );
}

export function noZones(scope: Construct): Error {
  return at(
    scope,
    `There are no zones in zones. Leave it out: then Azure spreads the units over the zones of the region.`,
  );
}

export function unknownZone(scope: Construct, zone: string): Error {
  return at(scope, `There is no availability zone "${zone}". Write "1", "2" or "3".`);
}

export function unitsForZones(scope: Construct, units: number, zones: number): Error {
  return at(
    scope,
    `The gateway has ${units} ${units === 1 ? "unit" : "units"} for ${zones} availability zones, each of which takes one. ` +
      `Write sku: ApimSku.of("Premium", ${zones}), or fewer zones.`,
  );
}

// Network

export function networkNotOnTier(
  scope: Construct,
  call: string,
  tier: string,
  tiers: readonly string[],
  instead: readonly string[],
): Error {
  const other = instead.length > 0 ? `write network: ${instead.join(" or ")}` : "leave network out";
  return at(
    scope,
    `${call} goes with the tiers ${tiers.join(", ")}, and this gateway has the tier ${tier}. Write one of those, or ${other}.`,
  );
}

export function publicIpAddressNotOnTier(scope: Construct, call: string, tier: string): Error {
  return at(
    scope,
    `A gateway of the tier ${tier} takes no public IP address of yours. Leave publicIpAddress out of ${call}, or write a tier ` +
      `among Developer, Premium.`,
  );
}

export function noPrivateEndpoints(scope: Construct, tier: string, tiers: readonly string[]): Error {
  return at(
    scope,
    `The tier ${tier} has no private endpoints: without public access nobody could call this gateway. ` +
      `Write one of the tiers ${tiers.join(", ")}, or leave withoutPublicAccess() out.`,
  );
}

export function noPrivateEndpointsInNetwork(scope: Construct, tier: string): Error {
  return at(
    scope,
    `A gateway of the tier ${tier} has no private endpoints within a virtual network: without public access nobody could call it. ` +
      `Write GatewayNetwork.internal(subnet), which can be called from the network alone as it is, and leave ` +
      `withoutPublicAccess() out.`,
  );
}

export function subnetNotDelegated(subnet: string, tier: string, service: string): string {
  return (
    `The subnet "${subnet}" is not delegated to ${service}, as that of a gateway of the tier ${tier} must be. Write ` +
    `delegation: [{ name: "gateway", serviceDelegation: { name: "${service}", ` +
    `actions: ["Microsoft.Network/virtualNetworks/subnets/action"] } }] on it.`
  );
}

export function subnetDelegated(subnet: string, tier: string): string {
  return `The subnet "${subnet}" is delegated, as that of a gateway of the tier ${tier} must not be. Remove delegation from it.`;
}

const INSTEAD_OF_NETWORK = "or leave networkAccess out: the sign-in lets in the gateway alone, from wherever it calls.";

export function gatewayInNoNetwork(gateway: string, call: string): string {
  return (
    `${call} takes a gateway that is in a virtual network or goes out through one, and "${gateway}" is in none: it could not ` +
    `reach the app. Write network: GatewayNetwork.outbound(subnet), .external(subnet) or .internal(subnet) on it (on an ` +
    `ApiManagement object of yours, virtualNetworkType and virtualNetworkConfiguration), ${INSTEAD_OF_NETWORK}`
  );
}

export function gatewayInNoNetworkAtPlan(call: string): string {
  return (
    `${call} takes a gateway that is in a virtual network or goes out through one; this one is in none, and could not reach ` +
    `the app. Put it into a network, ${INSTEAD_OF_NETWORK}`
  );
}
