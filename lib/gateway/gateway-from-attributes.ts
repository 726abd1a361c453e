import { isIPv4 } from "net";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { readClientConfig } from "../azure/names";
import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { fail } from "../core/fail";
import { checkName } from "../core/names";
import { isToken } from "../core/tokens";
import { checkClientId, checkObjectId, checkTenantId } from "../entra/entra-ids";
import { ApimSku, checkedSku } from "./apim-sku";
import { ExistingService, GatewayBase, standForSameService } from "./gateway-base";
import { GatewayIdentity } from "./gateway-identity";
import { checkedGatewayUrl } from "./gateway-url";
import { NAME_RULES } from "./name-rules";
import { requireGiven, requireList } from "../core/given";

/** An existing service by its attributes. */
export interface ApimGatewayAttributes extends ExistingService {
  /** Tier of the service. The number of units has no effect. */
  readonly sku: ApimSku;

  /** Object ID of the managed identity that the gateway calls backends with. */
  readonly principalId: string;

  /**
   * Client ID of that identity, if it is user-assigned.
   *
   * @default - the identity is the system-assigned one of the service
   */
  readonly clientId?: string;

  /**
   * The Entra tenant of that identity, as a GUID: the tenant of the subscription of the service.
   *
   * @default - the tenant that the azurerm provider of the gateway is signed in to
   */
  readonly tenantId?: string;

  /**
   * `https://` address that consumers call, such as a custom domain, without a slash at the end.
   *
   * @default - the address that Azure gives the service: `https://<apimName>.azure-api.net` in the public cloud
   */
  readonly gatewayUrl?: string;

  /**
   * Public IPv4 addresses of the service in all its regions, such as `203.0.113.7`.
   *
   * @default - unknown: `NetworkAccess.fromGatewayAddresses` is an error at synth
   */
  readonly publicIpAddresses?: string[];
}

/**
 * An existing service that Terraform does not read.
 *
 * @see docs/design/decisions.md#gateway-without-reading-it
 */
export class GatewayFromAttributes extends GatewayBase {
  constructor(scope: Construct, id: string, attributes: ApimGatewayAttributes) {
    super(scope, id);
    requireGiven(this, attributes, {
      name: "attributes",
      has: ["sku"],
      texts: ["apimName", "resourceGroupName", "principalId"],
      example:
        'ApimGateway.fromAttributes(this, "Gateway", { apimName, resourceGroupName, sku: ApimSku.BASIC, principalId })',
    });
    const { resourceGroupName, principalId, clientId, gatewayUrl, provider } = attributes;
    const clientConfig = readClientConfig(this, provider);
    const sku = checkedSku(this, attributes.sku);
    checkObjectId(this, principalId);
    if (clientId !== undefined) checkClientId(this, clientId);
    if (attributes.tenantId !== undefined) checkTenantId(this, attributes.tenantId);
    const tenantId = attributes.tenantId ?? clientConfig.tenantId;
    const apimName = checkName(this, NAME_RULES.apimService, attributes.apimName);
    if (resourceGroupName.trim() === "")
      fail(
        this,
        "empty-resource-group-name",
        "The resourceGroupName is empty.",
        "Write the name of the resource group of the API Management service.",
      );
    this._describe({
      apimName,
      resourceGroupName,
      apimId:
        `/subscriptions/${clientConfig.subscriptionId}/resourceGroups/${resourceGroupName}` +
        `/providers/Microsoft.ApiManagement/service/${apimName}`,
      gatewayUrl: checkedGatewayUrl(this, gatewayUrl) ?? `https://${apimName}.${CLOUDS[cloudOf(this)].gateway}`,
      publicIpAddresses: checkedAddresses(this, attributes.publicIpAddresses ?? []),
      skuName: sku._skuName(this),
      // The identity is not attached to a service here, so nothing reads its resource id.
      identity:
        clientId === undefined
          ? GatewayIdentity.SYSTEM_ASSIGNED
          : GatewayIdentity.userAssigned(identityOf({ id: "", principalId, clientId, tenantId })),
      systemAssignedPrincipalId: principalId,
      systemAssignedTenantId: tenantId,
      provider,
    });
    standForSameService(this, attributes);
  }

  /**
   * Two gateways of one name can have different identities.
   *
   * @internal
   */
  protected override get _hasIdentityFromIds(): boolean {
    return true;
  }
}

/** An identity with its tenant, as the resource of azurerm has it. */
function identityOf(identity: IUserAssignedIdentityRef & { readonly tenantId: string }): IUserAssignedIdentityRef {
  return identity;
}

/** App Service accepts these addresses with a mask that we add. What only Terraform knows passes. */
function checkedAddresses(scope: Construct, addresses: string[]): string[] {
  if (Token.isUnresolved(addresses)) return addresses;
  requireList(scope, "publicIpAddresses", addresses, 'publicIpAddresses: ["203.0.113.7"]');
  const entry = addresses.find((address) => !isToken(address) && !isIPv4(address));
  if (entry !== undefined)
    fail(
      scope,
      "invalid-gateway-address",
      `"${entry}" in publicIpAddresses is not an IPv4 address.`,
      'Write an address without a mask, for example "203.0.113.7" instead of "203.0.113.7/32".',
    );
  return addresses;
}
