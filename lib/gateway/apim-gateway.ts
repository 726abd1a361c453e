import { IResourceGroupRef } from "../azure/refs/resource-group";
import { Construct } from "constructs";
import { ApiManagementIdentity, ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { GatewayIdentity } from "./gateway-identity";
import { fail } from "../core/fail";
import { TerraformProvider } from "cdktf";
import { checkName, defaultName, kebabCase } from "../core/names";
import { globallyUniqueName } from "../azure/names";
import { NAME_RULES } from "./name-rules";
import { ApimSku } from "./apim-sku";
import { DeclaredGateway, virtualNetworkTypeOf } from "./declared-gateway";
import { ApimGatewayLookupProps, ExistingGateway } from "./existing-gateway";
import { IApimGateway } from "./gateway";
import { GatewayNetwork } from "./gateway-network";
import { ApimGatewayAttributes, KnownGateway } from "./known-gateway";
import { GatewayBase } from "./gateway-base";
import { tlsSecurity } from "./security";
import { checkedZones } from "./zones";

/** How many user-assigned identities a service can have. */
const MAX = 10;

/**
 * The identities of a new service: the one that it calls with, and those that it has besides.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity
 */
export function identityBlock(
  scope: Construct,
  calling: GatewayIdentity,
  further: readonly GatewayIdentity[],
): ApiManagementIdentity {
  const all = [calling, ...further].map((identity) => identity._userAssigned);
  const userAssigned = [...new Set(all)].flatMap((identity) => identity ?? []);
  if (userAssigned.length > MAX)
    fail(
      scope,
      "too-many-identities",
      `An API Management service takes ${MAX} user-assigned identities at most, and identity and additionalIdentities have ${userAssigned.length}. ` +
        `Leave out some of additionalIdentities.`,
    );
  if (userAssigned.length === 0) return { type: "SystemAssigned" };
  return {
    type: all.includes(undefined) ? "SystemAssigned, UserAssigned" : "UserAssigned",
    identityIds: userAssigned.map(({ id }) => id),
  };
}

/** Properties of a new API Management service. */
export interface ApimGatewayProps {
  /** Where to deploy the service. */
  readonly resourceGroup: IResourceGroupRef;

  /** Name of the organisation, shown to consumers; 1 to 100 characters. */
  readonly publisherName: string;

  /** E-mail address that the service writes to. */
  readonly publisherEmail: string;

  /**
   * Tier and number of units.
   *
   * @default ApimSku.CONSUMPTION
   */
  readonly sku?: ApimSku;

  /**
   * Availability zones of the units, such as `["1", "2"]`. For the tier Premium, with a unit for each zone at least. Microsoft
   * advises to leave the choice to Azure. Other zones for a service within a network may take another `publicIpAddress`.
   * Once set they stay: by its source (we have not tried it) azurerm sends no empty list, so that leaving them out again changes
   * nothing of the service.
   *
   * @default - Azure's choice: on Premium it spreads the units over the zones of the region, where the region has any
   * @see https://learn.microsoft.com/azure/api-management/enable-availability-zone-support
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/31035
   */
  readonly zones?: string[];

  /**
   * Whether the service is in a virtual network, and who can call it.
   *
   * @default GatewayNetwork.NONE
   */
  readonly network?: GatewayNetwork;

  /**
   * The identity with which the gateway calls backends.
   *
   * @default GatewayIdentity.SYSTEM_ASSIGNED
   */
  readonly identity?: GatewayIdentity;

  /**
   * Identities that the service has besides, for other things than calling backends: to read certificates from a key vault, for
   * example. Up to ten user-assigned identities, `identity` included.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity
   */
  readonly additionalIdentities?: GatewayIdentity[];

  /**
   * Name of the service, part of its address and therefore unique in all of Azure.
   *
   * @default - the construct id in kebab-case and ten characters that Terraform computes from the subscription, the
   * resource group and the construct path
   */
  readonly apimName?: string;

  /**
   * Azure tags of the service.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };

  /**
   * The azurerm provider to deploy the service, and all that lives on it, with.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/** An API Management service with a managed identity, TLS 1.2 at least and every weak cipher off that azurerm can switch off. */
export class ApimGateway extends GatewayBase {
  /**
   * A service that somebody else deployed, perhaps in another subscription. Terraform stops with advice if the service
   * lacks the identity: a data source cannot add one.
   *
   * azurerm 4.55 reads the keys of the direct management API along with a service of the classic tiers, where whoever deploys may
   * list them, and fails for the v2 tiers, which have none. Write `fromAttributes` there.
   *
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/29277
   */
  public static fromLookup(scope: Construct, id: string, props: ApimGatewayLookupProps): IApimGateway {
    return new ExistingGateway(scope, id, props);
  }

  /**
   * A service that somebody else deployed, by what they tell of it. Nothing is read of the service, and nothing is checked:
   * whoever deploys needs no right to read it, and has nothing of it in the state.
   */
  public static fromAttributes(scope: Construct, id: string, attributes: ApimGatewayAttributes): IApimGateway {
    return new KnownGateway(scope, id, attributes);
  }

  /**
   * The `ApiManagement` object of your own stack. Nothing on it is changed; it must have the identity, and synthesis fails
   * with advice if it does not.
   *
   * @param scope where to put the construct
   * @param id its construct id
   * @param apiManagement your object
   * @param identity the identity with which the gateway calls backends, system-assigned unless given
   */
  public static fromApiManagement(
    scope: Construct,
    id: string,
    apiManagement: ApiManagement,
    identity?: GatewayIdentity,
  ): IApimGateway {
    return new DeclaredGateway(scope, id, apiManagement, identity ?? GatewayIdentity.SYSTEM_ASSIGNED);
  }

  public readonly apimName: string;
  public readonly resourceGroupName: string;
  public readonly apimId: string;
  public readonly gatewayUrl: string;
  public readonly publicIpAddresses: string[];
  public readonly skuName: string;
  public readonly identity: GatewayIdentity;
  public readonly sku?: ApimSku;
  public readonly provider?: TerraformProvider;
  protected readonly systemAssignedPrincipalId: string;
  private readonly service: ApiManagement;

  constructor(scope: Construct, id: string, props: ApimGatewayProps) {
    super(scope, id);
    const group = props.resourceGroup;
    const sku = props.sku ?? ApimSku.CONSUMPTION;
    this.identity = props.identity ?? GatewayIdentity.SYSTEM_ASSIGNED;
    this.sku = sku;
    this.provider = props.provider;

    const service = new ApiManagement(this, "Resource", {
      name:
        props.apimName !== undefined
          ? checkName(this, NAME_RULES.apimService, props.apimName, kebabCase(props.apimName))
          : globallyUniqueName(this, serviceName(this), group, 50, props.provider),
      resourceGroupName: group.name,
      location: group.location,
      publisherName: checkName(this, NAME_RULES.publisherName, props.publisherName),
      publisherEmail: checkName(this, NAME_RULES.publisherEmail, props.publisherEmail),
      skuName: sku._skuName(this),
      zones: checkedZones(this, sku, props.zones),
      ...(props.network ?? GatewayNetwork.NONE)._settings(this, sku),
      identity: identityBlock(this, this.identity, props.additionalIdentities ?? []),
      security: tlsSecurity(sku),
      tags: props.tags,
      provider: props.provider,
    });

    this.service = service;
    this.apimName = service.name;
    this.resourceGroupName = service.resourceGroupName;
    this.apimId = service.id;
    this.gatewayUrl = service.gatewayUrl;
    this.publicIpAddresses = service.publicIpAddresses;
    this.skuName = sku._skuName(this);
    this.systemAssignedPrincipalId = service.identity.principalId;
  }

  public get virtualNetworkType(): string | undefined {
    return virtualNetworkTypeOf(this.service);
  }
}

/** API Management wants a letter first. */
function serviceName(scope: Construct): string {
  const name = defaultName(scope);
  return /^[a-z]/.test(name) ? name : `apim-${name}`;
}
