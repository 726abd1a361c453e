import { Token } from "cdktf";
import { Construct } from "constructs";
import { fail, Place } from "./fail";
import { described, requireText } from "./given";
import { isToken } from "./tokens";

/**
 * The value, which must be known at synth: it becomes part of a name, an id or a document.
 *
 * @param what the value as a message names it, such as `The name of a version`
 */
export function requireLiteral(place: Place, what: string, value: string): string {
  requireText(place, what.replace(/^The /, ""), value, "a plain string");
  if (isToken(value)) {
    fail(
      place,
      "literal-required",
      `${what} must be a plain string: it is needed at synth, before Terraform resolves variables and attributes.`,
      "Write the string itself.",
    );
  }
  return value;
}

/** The number, which must be known at synth and be in a range. */
export function checkNumber(scope: Construct, what: string, value: number, min: number, max: number): number {
  return requireNumber(scope, what, value, min, max, "number");
}

/** The whole number, which must be known at synth and be in a range. */
export function checkWholeNumber(scope: Construct, what: string, value: number, min: number, max: number): number {
  return requireNumber(scope, what, value, min, max, "whole number");
}

function requireNumber(scope: Construct, what: string, value: number, min: number, max: number, kind: string): number {
  const unknown = Token.isUnresolved(value);
  const isOfKind = kind === "number" ? Number.isFinite(value) : Number.isInteger(value);
  const fits = !unknown && isOfKind && value >= min && value <= max;
  const given = unknown ? "a value that only Terraform knows" : described(value);
  if (!fits) fail(scope, "number-not-in-range", `${what} is ${given}.`, `Use a ${kind} from ${min} to ${max}.`);
  return value;
}
