import type { ApiManagementConfig } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { IPublicIpAddressRef, ISubnetRef } from "../azure/refs/network";
import { checkUserResource } from "../azure/user-resource";
import { fail, finding } from "../core/fail";
import { Rendered } from "../core/rendered";
import { isToken } from "../core/tokens";
import { ApimSku } from "./apim-sku";
import { Feature, requireTier, tierHas } from "./tiers";
import { requireGiven } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";

/** Settings of a gateway inside a virtual network. */
export interface InjectedNetworkOptions {
  /**
   * Your public IP address for the service: of the SKU Standard, in the service's region and subscription. Requires tier
   * Developer or Premium.
   *
   * @default - Azure assigns an address
   */
  readonly publicIpAddress?: IPublicIpAddressRef;
}

/** The names of its properties. */
const INJECTED_NETWORK_OPTIONS: PropertyNames<InjectedNetworkOptions> = { publicIpAddress: true };

function checkInjected(call: string, options: InjectedNetworkOptions = {}): void {
  requireOnly(call, call, options, {
    names: INJECTED_NETWORK_OPTIONS,
    example: `${call}(subnet, { publicIpAddress })`,
  });
}

/** What a network sets on a service. */
export type NetworkSettings = Pick<
  ApiManagementConfig,
  "virtualNetworkType" | "virtualNetworkConfiguration" | "publicIpAddressId" | "publicNetworkAccessEnabled"
>;

interface NetworkMode {
  /** The factory that users call. */
  readonly call: string;
  /** What the service calls it. Integration of a v2 tier is `External` too. */
  readonly type: "External" | "Internal";
  /** What the tier must support. */
  readonly feature: Feature;
  /** What the subnet of a v2 tier is delegated to. */
  readonly delegatedTo?: string;
}

/**
 * @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts
 * @see docs/design/decisions.md#one-choice-of-network
 */
const MODES = {
  external: { call: "GatewayNetwork.external", type: "External", feature: "externalNetwork" },
  internal: {
    call: "GatewayNetwork.internal",
    type: "Internal",
    feature: "internalNetwork",
    delegatedTo: "Microsoft.Web/hostingEnvironments",
  },
  outbound: {
    call: "GatewayNetwork.outbound",
    type: "External",
    feature: "outboundNetwork",
    delegatedTo: "Microsoft.Web/serverFarms",
  },
} satisfies Record<string, NetworkMode>;

/**
 * The virtual network of a new gateway, and who can call the gateway.
 *
 * The subnet must be in the region and subscription of the service, with a network security group that allows what API Management
 * requires. A service without a network can join one later (on tier PremiumV2 only by `outbound`). Any other change of mode or
 * subnet replaces the service. Before such a change, remove `withoutPublicAccess`: Azure refuses to create a service that has it.
 *
 * @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts
 */
export class GatewayNetwork {
  /** No virtual network: called from the internet, and calls backends over it. */
  public static readonly NONE = new GatewayNetwork();

  /**
   * Inside the network, and called from the internet. Requires tier Developer or Premium, and a subnet without delegation.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-using-with-vnet
   */
  public static external(subnet: ISubnetRef, options?: InjectedNetworkOptions): GatewayNetwork {
    checkInjected("GatewayNetwork.external", options);
    return new GatewayNetwork({ mode: MODES.external, subnet, ...options });
  }

  /**
   * Inside the network, and called only from there, by names that you add to your DNS. Requires tier Developer or Premium, with a
   * subnet without delegation, or PremiumV2, with a subnet delegated to `Microsoft.Web/hostingEnvironments`. A PremiumV2 service
   * must be created in the network: it cannot join later.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet
   * @see https://learn.microsoft.com/azure/api-management/inject-vnet-v2
   */
  public static internal(subnet: ISubnetRef, options?: InjectedNetworkOptions): GatewayNetwork {
    checkInjected("GatewayNetwork.internal", options);
    return new GatewayNetwork({ mode: MODES.internal, subnet, ...options });
  }

  /**
   * Called from the internet, and calls backends through the network (virtual network integration). Requires tier StandardV2 or
   * PremiumV2, and a subnet delegated to `Microsoft.Web/serverFarms`.
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
   * The same network, with a gateway that is called only through private endpoints. Azure refuses this for a new service, and
   * while the service has no approved private endpoint: deploy the service first, with `privateEndpoints`, and add this in a later
   * deployment. Requires tier Developer, Basic, Standard or Premium without a network, or
   * StandardV2 or PremiumV2.
   *
   * @see https://learn.microsoft.com/azure/api-management/private-endpoint
   */
  public withoutPublicAccess(): GatewayNetwork {
    return new GatewayNetwork(this.place, true);
  }

  /**
   * The settings on a service, whose tier must support them.
   *
   * @internal
   */
  public _settings(scope: Construct, sku: ApimSku): NetworkSettings {
    const gateway = { skuName: sku._skuName(scope) };
    const { place, closed } = this;
    if (closed) requireTier(scope, gateway, "privateEndpoints", PRIVATE_ENDPOINTS);
    const access = closed ? { publicNetworkAccessEnabled: false } : {};
    if (!place) return access;

    const tier = sku._tier;
    const { mode, subnet, publicIpAddress } = place;
    requireTier(scope, gateway, mode.feature, { what: mode.call, instead: otherNetwork(tier) });
    const isClassic = tierHas(tier, "undelegatedSubnet");
    if (closed && isClassic)
      fail(
        scope,
        "no-private-endpoints-in-network",
        `A gateway of tier ${tier} inside a virtual network does not support private endpoints: without public access, nobody could call it.`,
        "Omit withoutPublicAccess(). If only the network may call the gateway, use GatewayNetwork.internal(subnet).",
      );
    if (publicIpAddress !== undefined) {
      requireGiven(scope, publicIpAddress, {
        name: "publicIpAddress",
        texts: ["id"],
        example: "publicIpAddress: your PublicIp object, or PublicIpAddressRef.fromAttributes({ id })",
      });
      const what = `${mode.call} with publicIpAddress`;
      requireTier(scope, gateway, "publicIpAddress", { what, instead: "omit publicIpAddress" });
    }
    requireDelegation(scope, subnet, tier, isClassic ? undefined : mode.delegatedTo);
    return {
      ...access,
      virtualNetworkType: mode.type,
      virtualNetworkConfiguration: { subnetId: subnet.id },
      publicIpAddressId: publicIpAddress?.id,
    };
  }
}

/** The network of a new gateway, if it is one. */
export function checkedNetwork(scope: Construct, network = GatewayNetwork.NONE): GatewayNetwork {
  return requireGiven(scope, network, {
    name: "network",
    has: ["_settings"],
    example: "network: GatewayNetwork.external(subnet), or what another factory of GatewayNetwork returns",
  });
}

const PRIVATE_ENDPOINTS = { what: "GatewayNetwork.withoutPublicAccess", instead: "omit withoutPublicAccess()" };

/** How else a gateway of the tier can be in a virtual network. */
function otherNetwork(tier: string): string {
  const calls = Object.values<NetworkMode>(MODES)
    .filter(({ feature }) => tierHas(tier, feature))
    .map(({ call }) => `${call}(subnet)`);
  return calls.length > 0 ? `set network: ${calls.join(" or ")}` : "omit network";
}

/**
 * Requires at synth that your subnet is delegated as the tier of the gateway needs it. What only Terraform knows passes.
 *
 * @param service what the subnet must be delegated to; if omitted, it must not be delegated
 */
function requireDelegation(scope: Construct, subnet: ISubnetRef, tier: string, service?: string): void {
  const wanted = service === undefined ? "is not delegated" : `is delegated to ${service}`;
  const notChecked = `whether the subnet of the gateway ${wanted}`;
  checkUserResource(scope, subnet, "azurerm_subnet", notChecked, ({ delegation = [] }, { node: { path } }) => {
    if (!Array.isArray(delegation)) return undefined;
    if (service === undefined)
      return delegation.length > 0
        ? finding(
            "subnet-delegated",
            `Subnet "${path}" is delegated. A gateway of tier ${tier} requires a subnet without delegation.`,
            "Remove delegation from the subnet.",
          )
        : undefined;
    return delegation.some((each) => mayDelegateTo(each, service))
      ? undefined
      : finding(
          "subnet-not-delegated",
          `Subnet "${path}" is not delegated to ${service}. A gateway of tier ${tier} requires this delegation.`,
          `Set delegation: [{ name: "gateway", serviceDelegation: { name: "${service}", ` +
            `actions: ["Microsoft.Network/virtualNetworks/subnets/action"] } }] on the subnet.`,
        );
  });
}

function mayDelegateTo({ service_delegation: to }: Rendered, service: string): boolean {
  const name: unknown = to?.name;
  return typeof name !== "string" || isToken(name) || name.toLowerCase() === service.toLowerCase();
}
