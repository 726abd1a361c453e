import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementCustomDomain } from "@cdktf/provider-azurerm/lib/api-management-custom-domain";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkedTags } from "../azure/azure-tags";
import { createDiagnosticSettings, DiagnosticSetting } from "../azure/diagnostic-setting";
import { globallyUniqueName } from "../azure/names";
import { checkedGroup, IResourceGroupRef } from "../azure/refs/resource-group";
import { checkName, defaultName, kebabCase } from "../core/names";
import { asWritten } from "../core/terraform-template";
import { AdditionalLocation, additionalLocations, regionalUrls } from "./additional-location";
import { ApimSku, checkedSku, checkedZones } from "./apim-sku";
import { CaCertificate, certificateBlocks } from "./ca-certificate";
import { checkedDomains, createDomains, CustomDomain } from "./custom-domain";
import { DeclaredGateway, DeclaredGatewayOptions } from "./declared-gateway";
import { IApimGateway } from "./gateway";
import { addressesOfAllRegions, GatewayBase, hasMoreRegions, ofResource, virtualNetworkTypeOf } from "./gateway-base";
import { ApimGatewayAttributes, GatewayFromAttributes } from "./gateway-from-attributes";
import { checkedIdentity, GatewayIdentity, identityBlock } from "./gateway-identity";
import { checkedNetwork, GatewayNetwork } from "./gateway-network";
import { ApimGatewayLookupProps, LookedUpGateway } from "./looked-up-gateway";
import { NAME_RULES } from "./name-rules";
import { requireTierInCloud } from "./tier-in-cloud";
import { guardGateway, tlsSecurity } from "./security";
import { requireGiven, requireProps } from "../core/given";

/** Properties of a new API Management service. */
export interface ApimGatewayProps {
  /** Where to deploy the service. */
  readonly resourceGroup: IResourceGroupRef;

  /** Name of the organization, shown to consumers; 1 to 100 characters. */
  readonly publisherName: string;

  /** Email address that the service sends notifications to. */
  readonly publisherEmail: string;

  /**
   * Tier and number of units.
   *
   * @default ApimSku.CONSUMPTION - an error in Azure US Government and in China, which do not have this tier
   */
  readonly sku?: ApimSku;

  /**
   * Availability zones of the units, such as `["1", "2"]`. Requires tier Premium and at least one unit for each zone. Microsoft
   * recommends that you let Azure choose. For a service in a network, a change of zones can require another `publicIpAddress`.
   * Once set, zones stay: according to its source (not tried), azurerm does not send an empty list, so removing `zones` does not
   * change the service.
   *
   * @default - Azure chooses: on Premium it spreads the units over the zones of the region, if the region has zones
   * @see https://learn.microsoft.com/azure/api-management/enable-availability-zone-support
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/31035
   */
  readonly zones?: string[];

  /**
   * More regions, each of which answers calls. Requires tier Premium.
   *
   * @default - only the region of the resource group
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-deploy-multi-region
   */
  readonly additionalLocations?: AdditionalLocation[];

  /**
   * Host names of yours that consumers call, with certificates in a key vault that the gateway reads with its `identity`. The first one is the
   * `gatewayUrl`. More than one requires tier Developer or Premium.
   *
   * @default - only the host name that Azure gives the service, such as `contoso.azure-api.net`, which always stays
   * @see https://learn.microsoft.com/azure/api-management/configure-custom-domain
   */
  readonly customDomains?: CustomDomain[];

  /**
   * Certificates of internal certificate authorities that the gateway trusts when it calls backends, at most ten. Requires tier Developer,
   * Basic, Standard or Premium.
   *
   * @default - only public certificate authorities
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ca-certificates
   */
  readonly caCertificates?: CaCertificate[];

  /**
   * The virtual network of the service, and who can call the service.
   *
   * @default GatewayNetwork.NONE
   */
  readonly network?: GatewayNetwork;

  /**
   * The identity that the gateway calls backends with.
   *
   * @default GatewayIdentity.SYSTEM_ASSIGNED
   */
  readonly identity?: GatewayIdentity;

  /**
   * More identities of the service, for purposes other than calling backends, for example to read certificates from a key vault.
   * At most ten user-assigned identities, including `identity`.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity
   */
  readonly additionalIdentities?: GatewayIdentity[];

  /**
   * Name of the service. It is part of the address, so it must be unique in all of Azure. If you set it, a renamed construct needs
   * `moved` blocks.
   *
   * @default - the construct id in kebab-case, followed by ten characters that Terraform computes from the subscription, the
   * resource group and the construct path
   */
  readonly apimName?: string;

  /**
   * Azure tags of the service, which is all that is created for it and can have tags. To tag backends as well, use `AzureTags.addTo`.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };

  /**
   * Where Azure Monitor sends logs and metrics of the service. What is logged of the requests of an API is a matter of its `diagnostics`.
   *
   * @default - nowhere
   */
  readonly diagnosticSettings?: DiagnosticSetting[];

  /**
   * The azurerm provider that deploys the service and everything on it.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * A new API Management service with a managed identity and TLS 1.2 or later. All weak ciphers that azurerm can turn off are off.
 */
export class ApimGateway extends GatewayBase {
  /**
   * An existing service, perhaps in another subscription, that Terraform reads at plan. If the service lacks the identity,
   * Terraform stops with an error: a data source cannot add one.
   *
   * On the classic tiers, azurerm 4.55 also reads the keys of the direct management API if the deploying identity may list them.
   * It reads the v2 tiers, which have no such keys. Older versions of azurerm fail there: use `fromAttributes`.
   *
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/29277
   */
  public static fromLookup(scope: Construct, id: string, props: ApimGatewayLookupProps): IApimGateway {
    return new LookedUpGateway(scope, id, props);
  }

  /**
   * An existing service by its attributes. Terraform neither reads nor checks the service: the deploying identity needs no right
   * to read it, and nothing of it is in the state.
   */
  public static fromAttributes(scope: Construct, id: string, attributes: ApimGatewayAttributes): IApimGateway {
    return new GatewayFromAttributes(scope, id, attributes);
  }

  /**
   * An `ApiManagement` object that this app declares. It is not changed. If it lacks the identity, that is an error at synth.
   *
   * @param scope the parent construct
   * @param id the construct id
   * @param apiManagement your object
   * @param options the identity that the gateway calls backends with, and the address that consumers call
   */
  public static fromApiManagement(
    scope: Construct,
    id: string,
    apiManagement: ApiManagement,
    options?: DeclaredGatewayOptions,
  ): IApimGateway {
    requireGiven(scope, apiManagement, {
      name: "apiManagement",
      has: ["skuNameInput"],
      example: "your ApiManagement object. For any other service, use ApimGateway.fromLookup(...)",
    });
    return new DeclaredGateway(scope, id, apiManagement, options ?? {});
  }

  /** The created service. Use it to set anything that the properties do not cover. */
  public readonly apiManagement: ApiManagement;

  /**
   * The created custom domains. Use it to set host names of the developer portal and of other endpoints.
   *
   * @default - none: there are no `customDomains`
   */
  public readonly customDomain?: ApiManagementCustomDomain;

  /** The created diagnostic settings of the service, in the order of `diagnosticSettings`, to set anything else on them. */
  public readonly diagnosticSettings: MonitorDiagnosticSetting[];

  /** The created role assignments with which the gateway reads the certificates of `customDomains`. */
  public readonly certificateRoleAssignments: RoleAssignment[];

  /** `https://` addresses of the gateway in its regions: first the region of the resource group, then `additionalLocations` in their order. */
  public readonly regionalGatewayUrls: string[];

  constructor(scope: Construct, id: string, props: ApimGatewayProps) {
    super(scope, id);
    const example = 'new ApimGateway(this, "Gateway", { resourceGroup, publisherName, publisherEmail })';
    requireProps(this, props, example, ["sku", "network", "customDomains", "caCertificates"]);
    const group = checkedGroup(this, props.resourceGroup);
    const sku = checkedSku(this, props.sku ?? ApimSku.CONSUMPTION);
    const identity = checkedIdentity(this, props.identity);
    const skuName = sku._skuName(this);
    requireTierInCloud(this, skuName);
    const network = checkedNetwork(this, props.network)._settings(this, sku);
    const domains = checkedDomains(this, skuName, props.customDomains);
    const certificate = certificateBlocks(this, skuName, props.caCertificates);
    const first = { sku, location: group.location, network };
    const additionalLocation = additionalLocations(this, first, props.additionalLocations);
    // Why: docs/design/decisions.md#create-before-destroy
    const service = new ApiManagement(this, "Resource", {
      name:
        props.apimName !== undefined
          ? checkName(this, NAME_RULES.apimService, props.apimName, kebabCase(props.apimName))
          : globallyUniqueName(this, serviceName(this), group, 50, props.provider),
      resourceGroupName: group.name,
      location: group.location,
      ...asWritten({ publisherName: checkName(this, NAME_RULES.publisherName, props.publisherName) }),
      publisherEmail: checkName(this, NAME_RULES.publisherEmail, props.publisherEmail),
      skuName,
      zones: checkedZones(this, sku, props.zones),
      additionalLocation,
      ...network,
      certificate,
      identity: identityBlock(this, identity, props.additionalIdentities ?? []),
      security: tlsSecurity(sku),
      tags: props.tags && checkedTags(this, props.tags),
      provider: props.provider,
    });

    guardGateway(service, network, certificate);

    this.apiManagement = service;
    this.diagnosticSettings = createDiagnosticSettings(this, props.diagnosticSettings ?? [], service.id, {
      provider: props.provider,
    });
    this._describe({
      ...ofResource(service),
      ...(domains.length > 0 && { gatewayUrl: `https://${domains[0].hostName}` }),
      publicIpAddresses: addressesOfAllRegions(service),
      skuName,
      identity,
    });
    this.regionalGatewayUrls = regionalUrls(service, additionalLocation);
    const created = domains.length > 0 ? createDomains(this, service, domains) : undefined;
    this.customDomain = created?.customDomain;
    this.certificateRoleAssignments = created?.roleAssignments ?? [];
  }

  public override get virtualNetworkType(): string | undefined {
    return virtualNetworkTypeOf(this.apiManagement);
  }

  /** @internal */
  public override get _hasMoreRegions(): boolean {
    return hasMoreRegions(this.apiManagement);
  }
}

/** The name of a service begins with a letter. */
function serviceName(scope: Construct): string {
  const name = defaultName(scope);
  return /^[a-z]/.test(name) ? name : `apim-${name}`;
}

/** What must exist before a new gateway answers at its own host names. */
export function domainsOf(gateway: IApimGateway): ITerraformDependable[] {
  return gateway instanceof ApimGateway && gateway.customDomain ? [gateway.customDomain] : [];
}
