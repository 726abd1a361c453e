import { Token } from "cdktf";
import { Construct } from "constructs";
import { fail } from "../core/fail";
import { isToken } from "../core/tokens";
import { ApimSku } from "./apim-sku";
import { requireTier } from "./tiers";

/** The zones, if the tier accepts them and there is a unit for each. What only Terraform knows passes. */
export function checkedZones(scope: Construct, sku: ApimSku, zones?: string[]): string[] | undefined {
  if (zones === undefined) return undefined;
  requireTier(scope, { skuName: sku._skuName(scope) }, "zones", { what: "The property zones", instead: "omit zones" });
  if (Token.isUnresolved(zones)) return zones;
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
  if (literal.size > sku._units)
    fail(
      scope,
      "too-few-units",
      `The gateway has ${sku._units} ${sku._units === 1 ? "unit" : "units"} for ${literal.size} availability zones. Each zone requires a unit.`,
      `Set sku: ApimSku.of("Premium", ${literal.size}), or list fewer zones.`,
    );
  return zones;
}
