import { Token, Tokenization } from "cdktf";
import { fail } from "../../../core/fail";
import { GUID } from "../../../core/ids";
import { NameRule } from "../../../core/names";
import { checkLiteral, isOneToken, literalAttribute, literalText, replaceTokens } from "./literal";
import { checkedByTerraform, checkedIfUnknown, aName, AN_ID, A_NUMBER, ValueKind } from "./terraform-value";
import { described, requireList, requireText } from "../../../core/given";

/** The largest number that the schemas of most policies accept. */
const INT32_MAX = 2147483647;

/** The number as text; API Management checks the range of a number that only Terraform knows. */
export function wholeNumber(call: string, name: string, value: number, min: number, max = INT32_MAX): string {
  if (Token.isUnresolved(value)) return unknownNumber(`${name} in ${call}`, value);
  if (!Number.isSafeInteger(value) || value < min || value > max)
    fail(
      call,
      "number-out-of-range",
      `API Management does not accept ${name}: ${described(value)}.`,
      `Write a whole number from ${min} to ${max}.`,
    );
  return String(value);
}

/** A token for a number can hold any text. */
export function unknownNumber(what: string, value: number): string {
  return checkedByTerraform(what, Tokenization.stringifyNumber(value), A_NUMBER);
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

/** A name that must be known at synth, because it is part of code or is compared with others. */
export function plainName(call: string, rule: NameRule, value: string): string {
  if (Token.isUnresolved(value))
    fail(
      call,
      "terraform-value-as-name",
      `The ${rule.what} must be a plain string: it is needed at synth, before Terraform resolves variables and attributes.`,
      "Write the text itself.",
    );
  return resourceName(call, rule, value);
}

export function optionalName(call: string, rule: NameRule, value: string | undefined): string | undefined {
  return value === undefined ? undefined : plainName(call, rule, value);
}

/** A name that can contain Terraform values: a reference to a resource makes Terraform create the resource first. */
export function resourceName(call: string, rule: NameRule, value: string): string {
  requireText(call, rule.what, value, rule.allowed);
  if (!rule.pattern.test(replaceTokens(value, "a")))
    fail(
      call,
      "invalid-policy-name",
      `The ${rule.what} "${value}" is not valid in a policy.`,
      `Write ${rule.allowed}.`,
    );
  return checkedIfUnknown(`the ${rule.what} in ${call}`, value, aName(rule));
}

/** The GUIDs; Terraform checks those that only it knows. */
export function guids(call: string, name: string, values: string[] | undefined): string[] {
  return knownList(call, name, values ?? []).map((value) => {
    if (isOneToken(value)) return checkedByTerraform(`an entry of ${name} in ${call}`, value, AN_ID);
    if (!GUID.test(value))
      fail(
        call,
        "not-a-guid",
        `The entry "${value}" of ${name} is not a GUID.`,
        'Write a GUID such as "00000000-0000-0000-0000-000000000000".',
      );
    return value;
  });
}

/**
 * The literals, escaped for text between tags.
 *
 * @param kind what an entry that only Terraform knows must be, if not any text
 */
export function literals(call: string, name: string, values: string[] | undefined, kind?: ValueKind): string[] {
  const what = `an entry of ${name} in ${call}`;
  return knownList(call, name, values ?? []).map((value) => {
    const literal = checkLiteral(call, `An entry of ${name}`, value);
    return kind && Token.isUnresolved(value) ? checkedByTerraform(what, value, kind) : literalText(what, literal);
  });
}

export function optionalAttribute(call: string, name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return literalAttribute(`the ${name} in ${call}`, checkLiteral(call, `The ${name}`, value));
}

/** The list, whose length must be known at synth. */
export function knownList<T>(call: string, name: string, values: T[]): T[] {
  requireList(call, name, values, `${name}: ["..."]`);
  if (Token.isUnresolved(values))
    fail(
      call,
      "terraform-list-in-policy",
      `Only Terraform knows the list ${name}, but each entry is written into the policy at synth.`,
      'Write the list itself, whose entries can be Terraform values: ["...", "..."].',
    );
  return values;
}

/** The list, which must have an entry. */
export function someEntries(call: string, name: string, values: string[], example: string): string[] {
  if (knownList(call, name, values).length === 0)
    fail(
      call,
      "empty-list-in-policy",
      `The list ${name} is empty, but API Management requires at least one entry.`,
      `Write ${name}: ${example}.`,
    );
  return values;
}
