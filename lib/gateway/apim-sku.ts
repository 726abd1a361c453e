import { Token } from "cdktf";
import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { isToken } from "../core/tokens";
import { requireTier } from "./tiers";
import { described, requireGiven, requireList } from "../core/given";

/** The number of units of each tier, as azurerm 4.55 checks it. */
const UNITS: ReadonlyMap<string, { readonly min: number; readonly max: number }> = new Map([
  ["Consumption", { min: 0, max: 0 }],
  ["Developer", { min: 1, max: 1 }],
  ["Basic", { min: 1, max: 2 }],
  ["Standard", { min: 1, max: 4 }],
  ["Premium", { min: 1, max: 99 }],
  ["BasicV2", { min: 1, max: 10 }],
  ["StandardV2", { min: 1, max: 10 }],
  ["PremiumV2", { min: 1, max: 30 }],
]);

/**
 * Tier and number of units of an API Management service.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-features
 */
export class ApimSku {
  /** Billed per call, deployed in minutes, no virtual network. */
  public static readonly CONSUMPTION = new ApimSku("Consumption", 0);
  /** For development: one unit, no service-level agreement. */
  public static readonly DEVELOPER = new ApimSku("Developer", 1);
  /** Basic with one unit. */
  public static readonly BASIC = new ApimSku("Basic", 1);
  /** Standard with one unit. */
  public static readonly STANDARD = new ApimSku("Standard", 1);
  /** Premium with one unit. */
  public static readonly PREMIUM = new ApimSku("Premium", 1);
  /** Basic v2 with one unit. */
  public static readonly BASIC_V2 = new ApimSku("BasicV2", 1);
  /** Standard v2 with one unit. */
  public static readonly STANDARD_V2 = new ApimSku("StandardV2", 1);
  /** Premium v2 with one unit. */
  public static readonly PREMIUM_V2 = new ApimSku("PremiumV2", 1);

  /**
   * A tier with a number of units. An unknown tier, or a number that the tier does not support, is an error at synth.
   *
   * @param name the tier, such as `Premium` or `StandardV2`
   * @param units number of scale units
   */
  public static of(name: string, units: number): ApimSku {
    return new ApimSku(name, units);
  }

  private constructor(
    private readonly tier: string,
    private readonly units: number,
  ) {}

  /** @internal */
  public get _tier(): string {
    return this.tier;
  }

  /** @internal */
  public get _units(): number {
    return this.units;
  }

  /** @internal */
  public _skuName(scope: Construct): string {
    requireLiteral(scope, "The tier given to ApimSku.of", this.tier);
    if (Token.isUnresolved(this.units))
      requireLiteral(scope, "The units given to ApimSku.of", Token.asString(this.units));
    const range = UNITS.get(this.tier);
    const tiers = [...UNITS.keys()];
    if (!range)
      fail(scope, "nonexistent-tier", `API Management has no tier "${this.tier}".`, `Use one of ${tiers.join(", ")}.`);
    const { min, max } = range;
    if (!Number.isInteger(this.units) || this.units < min || this.units > max)
      fail(
        scope,
        "unsupported-units",
        `Tier ${this.tier} of API Management cannot have ${described(this.units)} units.`,
        min === max
          ? `Write ApimSku.of("${this.tier}", ${min}).`
          : `Write ApimSku.of("${this.tier}", n) with a whole number n from ${min} to ${max}.`,
      );
    return `${this.tier}_${this.units}`;
  }
}

/** The tier, if it is one. */
export function checkedSku(scope: Construct, sku: ApimSku): ApimSku {
  return requireGiven(scope, sku, {
    name: "sku",
    has: ["_tier", "_units"],
    example: 'sku: ApimSku.BASIC, another constant of ApimSku, or ApimSku.of("Standard", 2)',
  });
}

/** The gateway or a part of it that has zones, in words for the message. */
interface Zoned {
  /** Such as `the gateway`. */
  readonly where: string;
  /** How it gets more units: the beginning of "..., or list fewer zones". */
  readonly remedy: (units: number) => string;
}

const ONE_REGION: Zoned = {
  where: "the gateway",
  remedy: (units) => `Set sku: ApimSku.of("Premium", ${units})`,
};

/** The zones, if the tier accepts them and there is a unit for each. What only Terraform knows passes. */
export function checkedZones(
  scope: Construct,
  sku: ApimSku,
  zones?: string[],
  { where, remedy }: Zoned = ONE_REGION,
): string[] | undefined {
  if (zones === undefined) return undefined;
  requireTier(scope, { skuName: sku._skuName(scope) }, "zones", { what: "The property zones", instead: "omit zones" });
  if (Token.isUnresolved(zones)) return zones;
  requireList(scope, "zones", zones, 'zones: ["1", "2"]');
  if (zones.length === 0)
    fail(
      scope,
      "empty-zones",
      "The list zones is empty.",
      "Omit zones: Azure then spreads the units over the zones of the region.",
    );
  const literal = new Set(zones.filter((zone) => !isToken(zone)));
  for (const zone of literal)
    if (!/^[1-3]$/.test(zone))
      fail(scope, "unknown-zone", `Availability zone "${zone}" does not exist.`, 'Use "1", "2" or "3".');
  const zoneCount = literal.size;
  const addUnits = remedy(zoneCount);
  if (zoneCount > sku._units)
    fail(
      scope,
      "too-few-units",
      `zones lists ${zoneCount} availability zones, but ${where} has only ${sku._units} ${sku._units === 1 ? "unit" : "units"}. Each zone requires a unit.`,
      `${addUnits}, or list fewer zones.`,
    );
  return zones;
}
