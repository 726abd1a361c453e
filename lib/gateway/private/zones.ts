import { Token } from "cdktf";
import { Construct } from "constructs";
import * as errors from "../../core/gateway-errors";
import { isToken } from "../../core/tokens";
import { ApimSku } from "../apim-sku";

/** The only tier that azurerm tells its zones. */
const TIER = "Premium";

/** The zones, if the tier takes them and has a unit for each; what only Terraform knows is taken for right. */
export function checkedZones(scope: Construct, sku: ApimSku, zones?: string[]): string[] | undefined {
  if (zones === undefined) return undefined;
  if (sku._tier !== TIER) throw errors.zonesNotOnTier(scope, sku._tier);
  if (Token.isUnresolved(zones)) return zones;
  if (zones.length === 0) throw errors.noZones(scope);
  const literal = new Set(zones.filter((zone) => !isToken(zone)));
  for (const zone of literal) if (!/^[1-3]$/.test(zone)) throw errors.unknownZone(scope, zone);
  if (literal.size > sku._units) throw errors.unitsForZones(scope, sku._units, literal.size);
  return zones;
}
