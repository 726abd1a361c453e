import { Feature } from "./tiers";

/** One way to be in a virtual network. */
export interface NetworkMode {
  /** The factory that users call. */
  readonly call: string;
  /** What the service calls it. Integration of a v2 tier is `External` too. */
  readonly type: "External" | "Internal";
  /** What the tier must support. */
  readonly feature: Feature;
  /** What the subnet of a v2 tier is delegated to. */
  readonly delegatedTo?: string;
}

/** @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts */
export const MODES = {
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
