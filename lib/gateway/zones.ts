import { Token } from "cdktf";
import { Construct } from "constructs";
import { isToken } from "../core/tokens";
import { ApimSku } from "./apim-sku";
import { fail } from "../core/fail";

/** The only tier that azurerm tells its zones. */
const TIER = "Premium";

/** The zones, if the tier takes them and has a unit for each; what only Terraform knows is taken for right. */
export function checkedZones(scope: Construct, sku: ApimSku, zones?: string[]): string[] | undefined {
  if (zones === undefined) return undefined;
  if (sku._tier !== TIER)
    fail(
      scope,
      "zones-not-on-tier",
      `The tier ${sku._tier} cannot be told its availability zones with azurerm. Leave zones out, or write sku: ApimSku.PREMIUM.`,
    );
  if (Token.isUnresolved(zones)) return zones;
  if (zones.length === 0)
    fail(
      scope,
      "no-zones",
      `There are no zones in zones. Leave it out: then Azure spreads the units over the zones of the region.`,
    );
  const literal = new Set(zones.filter((zone) => !isToken(zone)));
  for (const zone of literal)
    if (!/^[1-3]$/.test(zone))
      fail(scope, "unknown-zone", `There is no availability zone "${zone}". Write "1", "2" or "3".`);
  if (literal.size > sku._units)
    fail(
      scope,
      "units-for-zones",
      `The gateway has ${sku._units} ${sku._units === 1 ? "unit" : "units"} for ${literal.size} availability zones, each of which takes one. ` +
        `Write sku: ApimSku.of("Premium", ${literal.size}), or fewer zones.`,
    );
  return zones;
}
