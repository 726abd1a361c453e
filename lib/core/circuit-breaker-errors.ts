import { Token } from "cdktf";
import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about circuit breakers; see `errors.ts`. */

export function outOfRange(
  scope: Construct,
  call: string,
  name: string,
  value: number,
  min: number,
  max: number,
): Error {
  const given = Token.isUnresolved(value) ? "a value that only Terraform knows" : String(value);
  return at(scope, `${name} of ${call} is ${given}. Write a whole number from ${min} to ${max}.`);
}

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
