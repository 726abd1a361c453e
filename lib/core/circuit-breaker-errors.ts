import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about circuit breakers; see `errors.ts`. */

export function nothingToCount(scope: Construct, call: string): Error {
  return at(
    scope,
    `${call} has neither statusCodes nor errorReasons, and would never trip. Leave statusCodes out for 500 to 599.`,
  );
}

export function tooMany(scope: Construct, call: string, name: string, count: number): Error {
  return at(
    scope,
    `${call} has ${count} ${name}, and API Management takes ten at most. Write wider ranges, or the most important.`,
  );
}
