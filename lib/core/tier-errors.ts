import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about what a tier of API Management does not have; see `errors.ts`. */

export function notOnConsumption(scope: Construct, what: string, instead: string): Error {
  return at(
    scope,
    `${what} does not exist on the Consumption tier. Write another tier, for example sku: ApimSku.BASIC_V2, or ${instead}.`,
  );
}

export function notOnConsumptionAtPlan(what: string, instead: string): string {
  return `${what} does not exist on the Consumption tier, which this gateway has. Take a gateway of another tier, or ${instead}.`;
}
