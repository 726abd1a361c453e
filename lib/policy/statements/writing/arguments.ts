import { Token, Tokenization } from "cdktf";
import { NameRule } from "../../../core/names";
import { PolicyValue } from "../../policy-value";
import { checkLiteral, isOneToken, literalAttribute, literalText, replaceTokens } from "./literal";
import { fail } from "../../../core/fail";
import { invalidPolicyName } from "./policy-names";

/** The largest number that the schemas of most policies take. */
const INT32_MAX = 2147483647;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The number as it is written; what only Terraform knows is left for API Management to check. */
export function wholeNumber(call: string, name: string, value: number, min: number, max = INT32_MAX): string {
  if (Token.isUnresolved(value)) return Tokenization.stringifyNumber(value);
  const fits = Number.isSafeInteger(value) && value >= min && value <= max;
  if (!fits)
    fail(
      call,
      "number-out-of-range",
      `${name} is ${value}, but API Management takes whole numbers from ${min} to ${max}. Write one of these.`,
    );
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
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 300)
    fail(
      call,
      "rate-period-too-long",
      `renewalPeriodSeconds is ${seconds}, but a rate limit runs for 1 to 300 seconds. ` +
        `Write a whole number of at most 300, or PolicyStatement.quotaByKey for longer periods.`,
    );
  return String(seconds);
}

/** A name that is needed while the policy is written, since it stands in code or is compared with others. */
export function plainName(call: string, rule: NameRule, value: string): string {
  if (Token.isUnresolved(value))
    fail(
      call,
      "token-in-name",
      `the ${rule.what} is a value that only Terraform knows, but it is needed while the policy is written. ` +
        `Write the text itself, not a variable or an attribute of a resource.`,
    );
  if (!rule.pattern.test(value)) invalidPolicyName(call, rule, value);
  return value;
}

export function optionalName(call: string, rule: NameRule, value: string | undefined): string | undefined {
  return value === undefined ? undefined : plainName(call, rule, value);
}

/** A name that Terraform may know, all or a part of it: a reference to what bears it makes Terraform create that first. */
export function resourceName(call: string, rule: NameRule, value: string): string {
  if (!rule.pattern.test(replaceTokens(value, "a"))) invalidPolicyName(call, rule, value);
  return value;
}

/** The GUIDs as they are written; Terraform's values are taken for GUIDs. */
export function guids(call: string, name: string, values: string[] | undefined): string[] {
  return knownList(call, name, values ?? []).map((value) => {
    if (!isOneToken(value) && !GUID.test(value))
      fail(
        call,
        "not-aguid",
        `${name} has "${value}", which is no GUID. Write one such as "00000000-0000-0000-0000-000000000000".`,
      );
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
  if (written.length === 0) emptyList(call, name, example);
  return written;
}

export function optionalAttribute(call: string, name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : literalAttribute(checkLiteral(call, name, value));
}

/** A condition as it stands in an attribute. */
export function condition(call: string, name: string, value: PolicyValue): string {
  if (value._literal !== undefined)
    fail(
      call,
      "condition-is-literal",
      `${name} is a literal, the same for every request. ` +
        `Write ${name}: PolicyValue.expression("context.Response.StatusCode == 429").`,
    );
  return value._attribute;
}

/** The list, once it is known how long it is. */
export function knownList(call: string, name: string, values: string[]): string[] {
  if (Token.isUnresolved(values))
    fail(
      call,
      "token-list",
      `${name} is a list that only Terraform knows, but each entry is written into the policy. ` +
        `Write the list itself, whose entries may be values of Terraform: ["...", "..."].`,
    );
  return values;
}
// Lists

export function emptyList(call: string, name: string, example: string): never {
  fail(call, "empty-list", `${name} is empty, and API Management needs one entry at least. Write ${name}: ${example}.`);
}
