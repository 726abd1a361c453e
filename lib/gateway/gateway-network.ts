import { ISubnetRef } from "../azure/refs/subnet";
import { IPublicIpAddressRef } from "../azure/refs/public-ip-address";
import { Construct } from "constructs";
import { userResource } from "../azure/user-resource";
import { Rendered, renderedAttributes } from "../core/rendered";
import { isToken } from "../core/tokens";
import { finding, fail } from "../core/fail";
import { ApiManagementConfig } from "@cdktf/provider-azurerm/lib/api-management";
import { ApimSku } from "./apim-sku";
import { NetworkMode, MODES, CLASSIC_TIERS, TIERS_WITH_PRIVATE_ENDPOINTS } from "./network-modes";

/** Sees to it at synth that a subnet of the user's is delegated as the tier needs it; what only Terraform knows is taken for right. */
export function checkDelegation(scope: Construct, subnet: ISubnetRef, tier: string, service?: string): void {
  const resource = userResource(subnet, "azurerm_subnet");
  if (!resource) return;
  const { path } = resource.node;
  scope.node.addValidation({
    validate: () => {
      const delegations: unknown = renderedAttributes(resource).delegation ?? [];
      if (!Array.isArray(delegations)) return [];
      if (service === undefined)
        return delegations.length > 0
          ? [
              finding(
                "subnet-delegated",
                `The subnet "${path}" is delegated, as that of a gateway of the tier ${tier} must not be. Remove delegation from it.`,
              ),
            ]
          : [];
      return delegations.some((one) => isPerhaps(one, service))
        ? []
        : [
            finding(
              "subnet-not-delegated",
              `The subnet "${path}" is not delegated to ${service}, as that of a gateway of the tier ${tier} must be. Write ` +
                `delegation: [{ name: "gateway", serviceDelegation: { name: "${service}", ` +
                `actions: ["Microsoft.Network/virtualNetworks/subnets/action"] } }] on it.`,
            ),
          ];
    },
  });
}

function isPerhaps({ service_delegation: to }: Rendered, service: string): boolean {
  const name: unknown = to?.name;
  return typeof name !== "string" || isToken(name) || name.toLowerCase() === service.toLowerCase();
}

/** Settings of a gateway that is within a virtual network. */
export interface InjectedNetworkOptions {
  /**
   * A public address of yours for the service, of the SKU Standard, in the service's region and subscription. For the tiers
   * Developer and Premium.
   *
   * @default - Azure gives the service an address
   */
  readonly publicIpAddress?: IPublicIpAddressRef;
}

/** What a network sets on a service. */
type NetworkSettings = Pick<
  ApiManagementConfig,
  "virtualNetworkType" | "virtualNetworkConfiguration" | "publicIpAddressId" | "publicNetworkAccessEnabled"
>;

/**
 * Whether a new gateway is in a virtual network, and who can call it.
 *
 * The subnet must be in the region and the subscription of the service, with a network security group that lets through what API
 * Management needs. A service without a network can be put into one later, on the tier PremiumV2 by `outbound` alone; any other
 * change of mode or subnet replaces the service. Take `withoutPublicAccess` off before a change that does: Azure refuses to create a
 * service that has it.
 *
 * @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts
 */
export class GatewayNetwork {
  /** In none: called from the internet, and calls backends over it. */
  public static readonly NONE = new GatewayNetwork();

  /**
   * Within the network, and called from the internet. For the tiers Developer and Premium; the subnet must not be delegated.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-using-with-vnet
   */
  public static external(subnet: ISubnetRef, options?: InjectedNetworkOptions): GatewayNetwork {
    return new GatewayNetwork({ mode: MODES.external, subnet, ...options });
  }

  /**
   * Within the network, and called from there alone, by names that you enter into a DNS of your own. For the tiers Developer and
   * Premium, where the subnet must not be delegated, and PremiumV2, where it must be to `Microsoft.Web/hostingEnvironments` and the
   * network cannot be added later: a service of that tier is created in it.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet
   * @see https://learn.microsoft.com/azure/api-management/inject-vnet-v2
   */
  public static internal(subnet: ISubnetRef, options?: InjectedNetworkOptions): GatewayNetwork {
    return new GatewayNetwork({ mode: MODES.internal, subnet, ...options });
  }

  /**
   * Called from the internet, and calls backends through the network (virtual network integration). For the tiers StandardV2 and
   * PremiumV2; the subnet must be delegated to `Microsoft.Web/serverFarms`.
   *
   * @see https://learn.microsoft.com/azure/api-management/integrate-vnet-outbound
   */
  public static outbound(subnet: ISubnetRef): GatewayNetwork {
    return new GatewayNetwork({ mode: MODES.outbound, subnet });
  }

  private constructor(
    private readonly place?: {
      readonly mode: NetworkMode;
      readonly subnet: ISubnetRef;
      readonly publicIpAddress?: IPublicIpAddressRef;
    },
    private readonly closed = false,
  ) {}

  /**
   * The same, called through private endpoints alone. Azure refuses this when a service is created, and as long as it has no
   * approved private endpoint: deploy the service first, with a `PrivateEndpoint` for its sub-resource `Gateway`, and write this
   * for a later deployment. For the tiers Developer, Basic, Standard and Premium in no network, StandardV2 and PremiumV2.
   *
   * @see https://learn.microsoft.com/azure/api-management/private-endpoint
   */
  public withoutPublicAccess(): GatewayNetwork {
    return new GatewayNetwork(this.place, true);
  }

  /**
   * What it sets on a service of that tier, which it must fit.
   *
   * @internal
   */
  public _settings(scope: Construct, sku: ApimSku): NetworkSettings {
    const tier = sku._tier;
    const { place, closed } = this;
    if (closed && !TIERS_WITH_PRIVATE_ENDPOINTS.includes(tier)) {
      fail(
        scope,
        "no-private-endpoints",
        `The tier ${tier} has no private endpoints: without public access nobody could call this gateway. ` +
          `Write one of the tiers ${TIERS_WITH_PRIVATE_ENDPOINTS.join(", ")}, or leave withoutPublicAccess() out.`,
      );
    }
    const access = closed ? { publicNetworkAccessEnabled: false } : {};
    if (!place) return access;

    const { mode, subnet, publicIpAddress } = place;
    if (!mode.tiers.includes(tier)) {
      const others = Object.values(MODES).filter(({ tiers }) => tiers.includes(tier));
      networkNotOnTier(
        scope,
        mode.call,
        tier,
        mode.tiers,
        others.map(({ call }) => `${call}(subnet)`),
      );
    }
    const classic = CLASSIC_TIERS.includes(tier);
    if (closed && classic)
      fail(
        scope,
        "no-private-endpoints-in-network",
        `A gateway of the tier ${tier} has no private endpoints within a virtual network: without public access nobody could call it. ` +
          `Write GatewayNetwork.internal(subnet), which can be called from the network alone as it is, and leave ` +
          `withoutPublicAccess() out.`,
      );
    if (publicIpAddress && !classic)
      fail(
        scope,
        "public-ip-address-not-on-tier",
        `A gateway of the tier ${tier} takes no public IP address of yours. Leave publicIpAddress out of ${mode.call}, or write a tier ` +
          `among Developer, Premium.`,
      );
    checkDelegation(scope, subnet, tier, classic ? undefined : mode.delegatedTo);
    return {
      ...access,
      virtualNetworkType: mode.type,
      virtualNetworkConfiguration: { subnetId: subnet.id },
      publicIpAddressId: publicIpAddress?.id,
    };
  }
}
// What others tell
// Network

export function networkNotOnTier(
  scope: Construct,
  call: string,
  tier: string,
  tiers: readonly string[],
  instead: readonly string[],
): never {
  const other = instead.length > 0 ? `write network: ${instead.join(" or ")}` : "leave network out";
  fail(
    scope,
    "network-not-on-tier",
    `${call} goes with the tiers ${tiers.join(", ")}, and this gateway has the tier ${tier}. Write one of those, or ${other}.`,
  );
}
