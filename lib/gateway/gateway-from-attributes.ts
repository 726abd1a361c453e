import { isIPv4 } from "net";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { readClientConfig } from "../azure/names";
import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { suspendCreationStacks } from "../core/creation-stacks";
import { fail } from "../core/fail";
import { checkName } from "../core/names";
import { isToken } from "../core/tokens";
import { checkClientId, checkObjectId, checkTenantId } from "../entra/entra-ids";
import { ApimSku, checkedSku } from "./apim-sku";
import { ExistingService, GatewayBase, standForSameService } from "./gateway-base";
import { checkedGranted, GatewayIdentity } from "./gateway-identity";
import { checkedGatewayUrl } from "./gateway-url";
import { NAME_RULES } from "./name-rules";
import { requireGiven, requireList } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";

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
   * Identities of the service that are granted what the identity of `principalId` is granted: backends, Azure services, secrets and
   * APIs with `callers` admit them, too. The gateway does not call with them. To switch the identity without an outage, grant the next
   * one, switch, and remove the previous one. The system-assigned identity needs `systemAssignedPrincipalId`.
   *
   * @default - none
   */
  readonly grantedIdentities?: GatewayIdentity[];

  /**
   * Object ID of the system-assigned identity, if `grantedIdentities` contains it.
   *
   * @default - `principalId`, unless there is a `clientId`
   */
  readonly systemAssignedPrincipalId?: string;

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

/** The names of its properties. */
const APIM_GATEWAY_ATTRIBUTES: PropertyNames<ApimGatewayAttributes> = {
  apimName: true,
  principalId: true,
  resourceGroupName: true,
  sku: true,
  clientId: true,
  grantedIdentities: true,
  systemAssignedPrincipalId: true,
  gatewayUrl: true,
  provider: true,
  publicIpAddresses: true,
  tenantId: true,
};

/**
 * An existing service that Terraform does not read.
 *
 * @see docs/design/decisions.md#gateway-without-reading-it
 */
export class GatewayFromAttributes extends GatewayBase {
  constructor(scope: Construct, id: string, attributes: ApimGatewayAttributes) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireGiven(this, attributes, {
        name: "attributes",
        has: ["sku"],
        texts: ["apimName", "resourceGroupName", "principalId"],
        example:
          'ApimGateway.fromAttributes(this, "Gateway", { apimName, resourceGroupName, sku: ApimSku.BASIC, principalId })',
      });
      requireOnly(this, "ApimGateway.fromAttributes", attributes, {
        names: APIM_GATEWAY_ATTRIBUTES,
        example: 'ApimGateway.fromAttributes(this, "Gateway", { apimName, resourceGroupName, sku, principalId })',
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
      // The identity is not attached to a service here, so nothing reads its resource id.
      const identity =
        clientId === undefined
          ? GatewayIdentity.SYSTEM_ASSIGNED
          : GatewayIdentity.userAssigned(identityOf({ id: "", principalId, clientId, tenantId }));
      const grantedIdentities = checkedGranted(this, identity, attributes.grantedIdentities);
      this._describe({
        apimName,
        resourceGroupName,
        apimId:
          `/subscriptions/${clientConfig.subscriptionId}/resourceGroups/${resourceGroupName}` +
          `/providers/Microsoft.ApiManagement/service/${apimName}`,
        gatewayUrl: checkedGatewayUrl(this, gatewayUrl) ?? `https://${apimName}.${CLOUDS[cloudOf(this)].gateway}`,
        publicIpAddresses: checkedAddresses(this, attributes.publicIpAddresses ?? []),
        skuName: sku._skuName(this),
        identity,
        grantedIdentities,
        systemAssignedPrincipalId: systemAssignedPrincipalId(this, attributes),
        systemAssignedTenantId: tenantId,
        provider,
      });
      standForSameService(this, attributes);
    } finally {
      resume();
    }
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

function systemAssignedPrincipalId(scope: Construct, attributes: ApimGatewayAttributes): string {
  const { principalId, clientId, grantedIdentities = [], systemAssignedPrincipalId: given } = attributes;
  if (given !== undefined) checkObjectId(scope, given, "systemAssignedPrincipalId");
  if (clientId === undefined) {
    if (given !== undefined && given.toLowerCase() !== principalId.toLowerCase())
      fail(
        scope,
        "two-system-assigned-identities",
        "principalId and systemAssignedPrincipalId are two object IDs, but without a clientId both are of the system-assigned identity.",
        "If the gateway calls with a user-assigned identity, write its clientId. If not, remove systemAssignedPrincipalId.",
      );
    return principalId;
  }
  if (given === undefined && grantedIdentities.some(({ _userAssigned }) => _userAssigned === undefined))
    fail(
      scope,
      "system-assigned-identity-unknown",
      "grantedIdentities contains the system-assigned identity of the gateway, whose object ID is not known here.",
      'Write it as well: systemAssignedPrincipalId: "<object ID>". The portal shows it at Security > Managed identities > System assigned.',
    );
  return given ?? "";
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
