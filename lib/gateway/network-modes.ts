/** One way to be in a virtual network. */
export interface NetworkMode {
  readonly call: string;
  /** As the service writes it: integration of a v2 tier is `External` there too. */
  readonly type: "External" | "Internal";
  readonly tiers: readonly string[];
  /** Whom the subnet is delegated to on a v2 tier. */
  readonly delegatedTo?: string;
}

/** Tiers that a subnet takes in without delegation. */
export const CLASSIC_TIERS = ["Developer", "Premium"];

/** @see https://learn.microsoft.com/azure/api-management/private-endpoint */
export const TIERS_WITH_PRIVATE_ENDPOINTS = ["Developer", "Basic", "Standard", "Premium", "StandardV2", "PremiumV2"];

/** @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts */
export const MODES = {
  external: { call: "GatewayNetwork.external", type: "External", tiers: CLASSIC_TIERS },
  internal: {
    call: "GatewayNetwork.internal",
    type: "Internal",
    tiers: [...CLASSIC_TIERS, "PremiumV2"],
    delegatedTo: "Microsoft.Web/hostingEnvironments",
  },
  outbound: {
    call: "GatewayNetwork.outbound",
    type: "External",
    tiers: ["StandardV2", "PremiumV2"],
    delegatedTo: "Microsoft.Web/serverFarms",
  },
} satisfies Record<string, NetworkMode>;
