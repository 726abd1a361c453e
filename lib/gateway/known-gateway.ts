import { isIPv4 } from "net";
import { TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { clientConfig } from "../azure/client-config";
import { checkName } from "../core/names";
import { NAME_RULES } from "./name-rules";
import { isToken } from "../core/tokens";
import { GUID, invalidObjectId, invalidClientId } from "../entra/audience-text";
import { ApimSku } from "./apim-sku";
import { GatewayIdentity } from "./gateway-identity";
import { GatewayBase, standForSameService } from "./gateway-base";
import { fail } from "../core/fail";

/** What somebody else tells of a service that they deployed. */
export interface ApimGatewayAttributes {
  /** Name of the API Management service. */
  readonly apimName: string;

  /** Resource group of the API Management service. */
  readonly resourceGroupName: string;

  /** Tier of the service; the number of units is of no effect. */
  readonly sku: ApimSku;

  /** Object id of the managed identity with which the gateway calls backends. */
  readonly principalId: string;

  /**
   * Client id of that identity, where it is a user-assigned one.
   *
   * @default - it is the system-assigned identity of the service
   */
  readonly clientId?: string;

  /**
   * `https://` address that consumers call, without a slash at its end.
   *
   * @default - the one of Azure's public cloud, `https://<apimName>.azure-api.net`
   */
  readonly gatewayUrl?: string;

  /**
   * Public IPv4 addresses of the service, of all its regions, such as `203.0.113.7`.
   *
   * @default - not known: `NetworkAccess.fromGatewayAddresses` is refused
   */
  readonly publicIpAddresses?: string[];

  /**
   * The azurerm provider that reaches the service, for a service in another subscription.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/** A service that another state owns, and that nothing is read of. */
export class KnownGateway extends GatewayBase {
  public readonly apimName: string;
  public readonly resourceGroupName: string;
  public readonly apimId: string;
  public readonly gatewayUrl: string;
  public readonly publicIpAddresses: string[];
  public readonly skuName: string;
  public readonly identity: GatewayIdentity;
  public readonly sku: ApimSku;
  public readonly virtualNetworkType?: string;
  public readonly provider?: TerraformProvider;
  protected readonly systemAssignedPrincipalId: string;

  constructor(scope: Construct, id: string, props: ApimGatewayAttributes) {
    super(scope, id);
    const { principalId, clientId, gatewayUrl } = props;
    if (!isToken(principalId) && !GUID.test(principalId)) invalidObjectId(this, principalId);
    if (clientId !== undefined && !isToken(clientId) && !GUID.test(clientId)) invalidClientId(this, clientId);
    if (gatewayUrl !== undefined && !isToken(gatewayUrl) && !/^https:\/\/[^/?#\s]+$/.test(gatewayUrl)) {
      fail(
        this,
        "invalid-gateway-url",
        `The gatewayUrl "${gatewayUrl}" is no address of a gateway. Write one such as "https://contoso.azure-api.net", without path and ` +
          `slash at its end.`,
      );
    }

    this.apimName = checkName(this, NAME_RULES.apimService, props.apimName);
    if (props.resourceGroupName.trim() === "")
      fail(
        this,
        "empty-resource-group-name",
        `The resourceGroupName is empty. Write the name of the resource group that the API Management service is in.`,
      );
    this.resourceGroupName = props.resourceGroupName;
    this.provider = props.provider;
    this.apimId =
      `/subscriptions/${clientConfig(this, props.provider).subscriptionId}/resourceGroups/${this.resourceGroupName}` +
      `/providers/Microsoft.ApiManagement/service/${this.apimName}`;
    this.gatewayUrl = gatewayUrl ?? `https://${this.apimName}.azure-api.net`;
    this.publicIpAddresses = checkedAddresses(this, props.publicIpAddresses ?? []);
    this.sku = props.sku;
    this.skuName = props.sku._skuName(this);
    this.systemAssignedPrincipalId = principalId;
    // Nothing is attached to the service, and nobody asks for the resource id of the identity.
    this.identity =
      clientId === undefined
        ? GatewayIdentity.SYSTEM_ASSIGNED
        : GatewayIdentity.userAssigned({ id: "", principalId, clientId });
    standForSameService(this, props);
  }

  /** Two gateways of one name may be told to have different identities. */
  protected override get identityIsTold(): boolean {
    return true;
  }
}

/** Addresses that App Service takes with a mask of ours; what only Terraform knows is taken for right. */
function checkedAddresses(scope: Construct, addresses: string[]): string[] {
  if (Token.isUnresolved(addresses)) return addresses;
  const wrong = addresses.find((address) => !isToken(address) && !isIPv4(address));
  if (wrong !== undefined)
    fail(
      scope,
      "invalid-gateway-address",
      `"${wrong}" in publicIpAddresses is no plain IPv4 address. Write "203.0.113.7", without "/32".`,
    );
  return addresses;
}
