import { requireLiteral } from "../core/literal";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { fail } from "../core/fail";
const CONSUMPTION = "Consumption";

/** Units that each tier can have, as azurerm 4.55 checks them. */
const UNITS: Record<string, { readonly min: number; readonly max: number }> = {
  [CONSUMPTION]: { min: 0, max: 0 },
  Developer: { min: 1, max: 1 },
  Basic: { min: 1, max: 2 },
  Standard: { min: 1, max: 4 },
  Premium: { min: 1, max: 99 },
  BasicV2: { min: 1, max: 10 },
  StandardV2: { min: 1, max: 10 },
  PremiumV2: { min: 1, max: 30 },
};

/**
 * Tier and number of units of an API Management service.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-features
 */
export class ApimSku {
  /** Billed per call, deployed in minutes, no virtual network. */
  public static readonly CONSUMPTION = new ApimSku(CONSUMPTION, 0);
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
   * A tier with a number of units. The gateway refuses a tier that does not exist and a number that the tier cannot have.
   *
   * @param name the tier as Azure writes it, for example `Premium` or `StandardV2`
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
  public get _isConsumption(): boolean {
    return this.tier === CONSUMPTION;
  }

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
    requireLiteral(scope, "the tier given to ApimSku.of", this.tier);
    if (Token.isUnresolved(this.units)) requireLiteral(scope, "the units given to ApimSku.of", String(this.units));
    const range = Object.prototype.hasOwnProperty.call(UNITS, this.tier) ? UNITS[this.tier] : undefined;
    if (!range)
      fail(
        scope,
        "unknown-sku",
        `There is no API Management tier "${this.tier}". Write one of ${Object.keys(UNITS).join(", ")}.`,
      );
    if (!Number.isInteger(this.units) || this.units < range.min || this.units > range.max) {
      skuUnitsOutOfRange(scope, this.tier, this.units, range);
    }
    return `${this.tier}_${this.units}`;
  }
}
// Policy

export function skuUnitsOutOfRange(
  scope: Construct,
  tier: string,
  units: number,
  range: { readonly min: number; readonly max: number },
): never {
  const instead =
    range.min === range.max
      ? `ApimSku.of("${tier}", ${range.min})`
      : `ApimSku.of("${tier}", n) where n is a whole number from ${range.min} to ${range.max}`;
  fail(
    scope,
    "sku-units-out-of-range",
    `The API Management tier ${tier} cannot have ${units} units. Write ${instead}.`,
  );
}
