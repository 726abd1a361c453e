import { Token, Tokenization } from "cdktf";
import type { NameRule } from "../../core/names";
import * as errors from "../../core/statement-errors";
import { PolicyValue } from "../policy-value";
import { checkLiteral, isOneToken, literalAttribute, literalText, replaceTokens } from "./literal";

/** The largest number that the schemas of most policies take. */
const INT32_MAX = 2147483647;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The number as it is written; what only Terraform knows is left for API Management to check. */
export function wholeNumber(call: string, name: string, value: number, min: number, max = INT32_MAX): string {
  if (Token.isUnresolved(value)) return Tokenization.stringifyNumber(value);
  const fits = Number.isSafeInteger(value) && value >= min && value <= max;
  if (!fits) throw errors.numberOutOfRange(call, name, value, min, max);
  return String(value);
}

export function optionalNumber(
  call: string,
  name: string,
  value: number | undefined,
  min: number,
  max = INT32_MAX,
): string | undefined {
  return value === undefined ? undefined : wholeNumber(call, name, value, min, max);
}

/** A period of a rate limit. */
export function ratePeriod(call: string, seconds: number): string {
  if (Token.isUnresolved(seconds)) return Tokenization.stringifyNumber(seconds);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 300) throw errors.ratePeriodTooLong(call, seconds);
  return String(seconds);
}

/** A name that is needed while the policy is written, since it stands in code or is compared with others. */
export function plainName(call: string, rule: NameRule, value: string): string {
  if (Token.isUnresolved(value)) throw errors.tokenInName(call, rule);
  if (!rule.pattern.test(value)) throw errors.invalidPolicyName(call, rule, value);
  return value;
}

export function optionalName(call: string, rule: NameRule, value: string | undefined): string | undefined {
  return value === undefined ? undefined : plainName(call, rule, value);
}

/** A name that Terraform may know, all or a part of it: a reference to what bears it makes Terraform create that first. */
export function resourceName(call: string, rule: NameRule, value: string): string {
  if (!rule.pattern.test(replaceTokens(value, "a"))) throw errors.invalidPolicyName(call, rule, value);
  return value;
}

/** The GUIDs as they are written; Terraform's values are taken for GUIDs. */
export function guids(call: string, name: string, values: string[] | undefined): string[] {
  return knownList(call, name, values ?? []).map((value) => {
    if (!isOneToken(value) && !GUID.test(value)) throw errors.notAGuid(call, name, value);
    return value;
  });
}

/** The literals as they stand between tags. */
export function literals(call: string, name: string, values: string[] | undefined): string[] {
  return knownList(call, name, values ?? []).map((value) =>
    literalText(checkLiteral(call, `an entry of ${name}`, value)),
  );
}

export function someLiterals(call: string, name: string, values: string[], example: string): string[] {
  const written = literals(call, name, values);
  if (written.length === 0) throw errors.emptyList(call, name, example);
  return written;
}

export function optionalAttribute(call: string, name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : literalAttribute(checkLiteral(call, name, value));
}

/** A condition as it stands in an attribute. */
export function condition(call: string, name: string, value: PolicyValue): string {
  if (value._literal !== undefined) throw errors.conditionIsLiteral(call, name);
  return value._attribute;
}

/** The list, once it is known how long it is. */
export function knownList(call: string, name: string, values: string[]): string[] {
  if (Token.isUnresolved(values)) throw errors.tokenList(call, name);
  return values;
}
