import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import type { ApiManagementCustomDomain } from "@cdktf/provider-azurerm/lib/api-management-custom-domain";
import type { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkedTags } from "../azure/azure-tags";
import { createDiagnosticSettings, DiagnosticSetting } from "../azure/diagnostic-setting";
import { globallyUniqueName } from "../azure/names";
import { PrivateEndpointProps } from "../azure/private-endpoint";
import { checkedGroup, IResourceGroupRef } from "../azure/refs/resource-group";
import { ResourceLock } from "../azure/resource-lock";
import { createRoleAssignments, ResourceRoleAssignment } from "../azure/resource-role-assignment";
import { suspendCreationStacks } from "../core/creation-stacks";
import { checkName, defaultName, kebabCase } from "../core/names";
import { asWritten } from "../core/terraform-template";
import { AdditionalLocation, additionalLocations, regionalUrls } from "./additional-location";
import { ApimSku, checkedSku, checkedZones } from "./apim-sku";
import { CaCertificate, certificateBlocks } from "./ca-certificate";
import { checkedDomains, createDomains, CustomDomain } from "./custom-domain";
import { DeclaredGateway, DeclaredGatewayOptions } from "./declared-gateway";
import { IApimGateway } from "./gateway";
import { addressesOfAllRegions, GatewayBase, hasMoreRegions, ofResource, virtualNetworkTypeOf } from "./gateway-base";
import { checkedEndpoints, createEndpoints } from "./gateway-endpoints";
import { ApimGatewayAttributes, GatewayFromAttributes } from "./gateway-from-attributes";
import { checkedGranted, checkedIdentity, GatewayIdentity, identityBlock } from "./gateway-identity";
import { lockGateway } from "./gateway-lock";
import { checkedNetwork, GatewayNetwork } from "./gateway-network";
import { ApimGatewayLookupProps, LookedUpGateway } from "./looked-up-gateway";
import { NAME_RULES } from "./name-rules";
import { requireTierInCloud } from "./tier-in-cloud";
import { guardGateway, tlsSecurity } from "./security";
import { requireGiven } from "../core/given";
import { PropertyNames, requireConstructProps } from "../core/property-names";
import { azurerm } from "../providers/azurerm";

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
   * More identities of the service that are granted what `identity` is granted: backends, Azure services, secrets and APIs with `callers`
   * admit them, too. The gateway does not call with them. To switch `identity` without an outage, grant the next one, switch, and remove
   * the previous one.
   *
   * @default - none
   */
  readonly grantedIdentities?: GatewayIdentity[];

  /**
   * More identities of the service, for purposes other than calling backends, for example to read certificates from a key vault.
   * At most ten user-assigned identities, including `identity` and `grantedIdentities`.
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
   * Private endpoints through which the gateway is called. Requires tier Developer, Basic, Standard or Premium without a network, or
   * StandardV2 or PremiumV2. The gateway stays open to the internet: to close it, add `GatewayNetwork.withoutPublicAccess` in a later
   * deployment.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/api-management/private-endpoint
   */
  readonly privateEndpoints?: PrivateEndpointProps[];

  /**
   * Roles that someone gets on the service and on everything on it, such as a support team that reads its metrics.
   *
   * @default - none
   */
  readonly roleAssignments?: ResourceRoleAssignment[];

  /**
   * A lock on the service. **It also locks everything on the service:** until you remove the lock in an apply before, no API, operation,
   * policy, product, named value or backend entity can be removed or replaced, and Azure answers 409 `ScopeLocked`. Changes are still
   * possible. When Terraform destroys the whole stack, it removes the lock first, but it does not do so for APIs of other stacks.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources#lock-inheritance
   */
  readonly lock?: ResourceLock;

  /**
   * The azurerm provider that deploys the service and everything on it.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/** The names of its properties. */
const APIM_GATEWAY_PROPS: PropertyNames<ApimGatewayProps> = {
  publisherEmail: true,
  publisherName: true,
  resourceGroup: true,
  additionalIdentities: true,
  additionalLocations: true,
  apimName: true,
  caCertificates: true,
  customDomains: true,
  diagnosticSettings: true,
  grantedIdentities: true,
  identity: true,
  lock: true,
  privateEndpoints: true,
  roleAssignments: true,
  network: true,
  provider: true,
  sku: true,
  tags: true,
  zones: true,
};

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

  /** The created private endpoints of the service, in the order of `privateEndpoints`, to set anything else on them. */
  public readonly privateEndpoints: PrivateEndpoint[];

  /** The created role assignments on the service, in the order of `roleAssignments`, to set anything else on them. */
  public readonly roleAssignments: RoleAssignment[];

  /**
   * The created lock of the service.
   *
   * @default - none: there is no `lock`
   */
  public readonly managementLock?: ManagementLock;

  /** The created role assignments with which the gateway reads the certificates of `customDomains`. */
  public readonly certificateRoleAssignments: RoleAssignment[];

  /** `https://` addresses of the gateway in its regions: first the region of the resource group, then `additionalLocations` in their order. */
  public readonly regionalGatewayUrls: string[];

  constructor(scope: Construct, id: string, props: ApimGatewayProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      const example = 'new ApimGateway(this, "Gateway", { resourceGroup, publisherName, publisherEmail })';
      requireConstructProps(this, props, { names: APIM_GATEWAY_PROPS, example });
      const group = checkedGroup(this, props.resourceGroup);
      const sku = checkedSku(this, props.sku ?? ApimSku.CONSUMPTION);
      const identity = checkedIdentity(this, props.identity);
      const grantedIdentities = checkedGranted(this, identity, props.grantedIdentities);
      const skuName = sku._skuName(this);
      requireTierInCloud(this, skuName);
      const network = checkedNetwork(this, props.network)._settings(this, sku);
      const endpoints = checkedEndpoints(this, { sku, network }, props.privateEndpoints);
      const domains = checkedDomains(this, skuName, props.customDomains);
      const certificate = certificateBlocks(this, skuName, props.caCertificates);
      const first = { sku, location: group.location, network };
      const additionalLocation = additionalLocations(this, first, props.additionalLocations);
      // Why: docs/design/decisions.md#create-before-destroy
      const service = new azurerm.ApiManagement(this, "Resource", {
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
        identity: identityBlock(this, identity, grantedIdentities, props.additionalIdentities ?? []),
        security: tlsSecurity(sku),
        tags: props.tags && checkedTags(this, props.tags),
        provider: props.provider,
      });

      guardGateway(service, network, certificate);

      this.apiManagement = service;
      this.diagnosticSettings = createDiagnosticSettings(this, props.diagnosticSettings ?? [], service.id, {
        provider: props.provider,
      });
      this.privateEndpoints = createEndpoints(this, service, endpoints, {
        resourceGroup: group,
        tags: props.tags,
        provider: props.provider,
      });
      this.roleAssignments = createRoleAssignments(this, props.roleAssignments ?? [], service.id, props.provider);
      this._describe({
        ...ofResource(service),
        ...(domains.length > 0 && { gatewayUrl: `https://${domains[0].hostName}` }),
        publicIpAddresses: addressesOfAllRegions(service),
        skuName,
        identity,
        grantedIdentities,
      });
      this.regionalGatewayUrls = regionalUrls(service, additionalLocation);
      const created = domains.length > 0 ? createDomains(this, service, domains) : undefined;
      this.customDomain = created?.customDomain;
      this.certificateRoleAssignments = created?.roleAssignments ?? [];
      if (props.lock !== undefined) this.managementLock = lockGateway(this, props.lock, service);
    } finally {
      resume();
    }
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
