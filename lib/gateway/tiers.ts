import { Annotations, Fn, Op, Precondition } from "cdktf";
import { Construct } from "constructs";
import { conditionMessage, fail, finding } from "../core/fail";
import { asArgument, isToken } from "../core/tokens";

const CONSUMPTION = "Consumption";

/** The classic tiers that can be inside a virtual network. */
const INJECTED = ["Developer", "Premium"];

const OTHER_NETWORK = "cannot join a virtual network in this way";

interface TierFeature {
  /** The tiers that support it. If omitted, all tiers except Consumption support it. */
  readonly tiers?: readonly string[];
  /** What the other tiers do not support: the end of "This gateway is Basic, which ...". */
  readonly lack: string;
  /** A tier to suggest. */
  readonly example: string;
}

/**
 * The features that some tiers do not support.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-features
 */
const FEATURES = {
  circuitBreaker: { lack: "does not support circuit breakers", example: "ApimSku.BASIC_V2" },
  /** @see https://learn.microsoft.com/azure/api-management/backends#load-balanced-pool */
  backendPool: { lack: "does not support backend pools", example: "ApimSku.BASIC_V2" },
  azureMonitor: { lack: "does not log to Azure Monitor", example: "ApimSku.BASIC_V2" },
  /** @see https://learn.microsoft.com/azure/api-management/service-limits */
  largePolicies: { lack: "accepts at most 16 KiB", example: "ApimSku.BASIC_V2" },
  /** @see https://learn.microsoft.com/azure/api-management/mcp-server-overview */
  mcpServers: { lack: "does not support MCP servers", example: "ApimSku.BASIC_V2" },
  policyByKey: { lack: "does not support this policy", example: "ApimSku.BASIC_V2" },
  cipherSettings: { lack: "has no cipher settings", example: "ApimSku.BASIC_V2" },
  /** @see https://learn.microsoft.com/azure/api-management/api-management-features */
  severalDomains: {
    tiers: ["Developer", "Premium"],
    lack: "has one custom domain at most",
    example: "ApimSku.PREMIUM",
  },
  /** @see https://learn.microsoft.com/azure/api-management/api-management-howto-mutual-certificates-for-clients */
  clientCertificateNegotiation: {
    lack: "asks for client certificates on all its host names or on none",
    example: "ApimSku.BASIC_V2",
  },
  /** @see https://learn.microsoft.com/azure/api-management/api-management-howto-ca-certificates */
  caCertificates: {
    tiers: ["Developer", "Basic", "Standard", "Premium"],
    lack: "does not take CA certificates",
    example: "ApimSku.BASIC",
  },
  /** @see https://learn.microsoft.com/azure/api-management/api-management-howto-deploy-multi-region */
  severalLocations: { tiers: ["Premium"], lack: "is in one region only", example: "ApimSku.PREMIUM" },
  zones: { tiers: ["Premium"], lack: "does not accept availability zones through azurerm", example: "ApimSku.PREMIUM" },
  /** @see https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses */
  publicAddresses: {
    tiers: ["Developer", "Basic", "Standard", "Premium"],
    lack: "has no public addresses of its own",
    example: "ApimSku.BASIC",
  },
  /** @see https://learn.microsoft.com/azure/api-management/virtual-network-concepts */
  virtualNetwork: {
    tiers: ["Developer", "Premium", "StandardV2", "PremiumV2"],
    lack: "cannot join a virtual network",
    example: "ApimSku.STANDARD_V2",
  },
  externalNetwork: { tiers: INJECTED, lack: OTHER_NETWORK, example: "ApimSku.DEVELOPER" },
  internalNetwork: { tiers: [...INJECTED, "PremiumV2"], lack: OTHER_NETWORK, example: "ApimSku.DEVELOPER" },
  outboundNetwork: { tiers: ["StandardV2", "PremiumV2"], lack: OTHER_NETWORK, example: "ApimSku.STANDARD_V2" },
  /** A subnet without delegation. */
  undelegatedSubnet: { tiers: INJECTED, lack: "needs a delegated subnet", example: "ApimSku.DEVELOPER" },
  publicIpAddress: {
    tiers: INJECTED,
    lack: "does not accept a public IP address of yours",
    example: "ApimSku.DEVELOPER",
  },
  /** @see https://learn.microsoft.com/azure/api-management/private-endpoint */
  privateEndpoints: {
    tiers: ["Developer", "Basic", "Standard", "Premium", "StandardV2", "PremiumV2"],
    lack: "does not support private endpoints",
    example: "ApimSku.STANDARD_V2",
  },
} satisfies Record<string, TierFeature>;

/** A feature that some tiers lack. */
export type Feature = keyof typeof FEATURES;

/** The features that policies need, by the names of their elements. */
export const FEATURES_OF_POLICIES: ReadonlyMap<string, Feature> = new Map(
  ["rate-limit-by-key", "quota-by-key", "llm-token-limit", "azure-openai-token-limit"].map((name) => [
    name,
    "policyByKey",
  ]),
);

/** Whether a tier has a feature. */
export function tierHas(tier: string, feature: Feature): boolean {
  const { tiers }: TierFeature = FEATURES[feature];
  return tiers ? tiers.includes(tier) : tier !== CONSUMPTION;
}

/** What needs a feature, in words for the message. */
export interface FeatureUse {
  /** What needs it, with a capital, such as `NetworkAccess.fromSubnet` or `A circuit breaker`. */
  readonly what: string;
  /** What to do if the tier stays: the end of "Use ..., or ...". */
  readonly instead: string;
}

interface HasTier {
  readonly skuName: string;
}

/** Requires a feature of the gateway's tier: at synth, or by a precondition if only Terraform knows the tier. */
export function requireTier(scope: Construct, gateway: HasTier, feature: Feature, use: FeatureUse): Precondition[] {
  const { skuName } = gateway;
  if (!isToken(skuName)) {
    refuseTier(scope, skuName, feature, use);
    return [];
  }
  const { what, instead } = use;
  const { lack, tiers }: TierFeature = FEATURES[feature];
  const tier = Fn.element(Fn.split("_", asArgument(skuName)), 0);
  return [
    {
      condition: tiers ? Fn.contains(tiers, tier) : Op.not(Fn.startswith(asArgument(skuName), CONSUMPTION)),
      errorMessage: conditionMessage(
        "unsupported-tier-at-plan",
        `${what} requires ${tierList(tiers)}. The tier of this gateway ${lack}.`,
        `Use a gateway of such a tier, or ${instead}.`,
      ),
    },
  ];
}

/** The same where no resource can hold a precondition: a warning if only Terraform knows the tier. */
export function requireTierIfKnown(scope: Construct, gateway: HasTier, feature: Feature, use: FeatureUse): void {
  const { skuName } = gateway;
  if (!isToken(skuName)) return refuseTier(scope, skuName, feature, use);
  const { what, instead } = use;
  const { tiers }: TierFeature = FEATURES[feature];
  Annotations.of(scope).addWarning(
    finding(
      "unknown-tier",
      `${what} requires ${tierList(tiers)}, but the tier of this gateway is not known at synth. If the gateway has another tier, Azure refuses it at apply.`,
      `Check the tier of the gateway, or ${instead}.`,
    ),
  );
}

function refuseTier(scope: Construct, skuName: string, feature: Feature, use: FeatureUse): void {
  const [tier] = skuName.split("_");
  if (tierHas(tier, feature)) return;
  const { what, instead } = use;
  const { lack, example, tiers }: TierFeature = FEATURES[feature];
  fail(
    scope,
    "unsupported-tier",
    `${what} requires ${tierList(tiers)}. This gateway is ${tier}, which ${lack}.`,
    `Use a gateway of such a tier, for example sku: ${example}, or ${instead}.`,
  );
}

function tierList(tiers?: readonly string[]): string {
  if (!tiers) return `a tier other than ${CONSUMPTION}`;
  return `tier ${[tiers.slice(0, -1).join(", "), tiers[tiers.length - 1]].filter(Boolean).join(" or ")}`;
}
