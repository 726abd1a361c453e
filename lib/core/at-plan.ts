import { Fn, IResolvable } from "cdktf";
import { asArgument } from "./tokens";

/**
 * A condition of Terraform: the value matches a pattern, which has to fit Terraform's syntax as well. `Fn` escapes no backslash, so
 * the pattern has none. An empty value and `null` do not match.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions/regex
 */
export function matchesAtPlan(value: string, pattern: RegExp): IResolvable {
  // A condition must refer to something, which a literal does not.
  const argument = asArgument(value, (literal) => `[${literal}, terraform.workspace][0]`);
  return Fn.can(Fn.regex(ofTerraform(pattern), argument));
}

/** The same for each value of a list, which must have one. Terraform's syntax has no function for it. */
export function allMatchAtPlan(list: string, pattern: RegExp): string {
  return `\${length(${list}) > 0 && alltrue([for each in ${list} : ${eachMatches(pattern)}])}`;
}

/** No value of a list matches a pattern. */
export function noneMatchAtPlan(list: string, pattern: RegExp): string {
  return `\${!anytrue([for each in ${list} : ${eachMatches(pattern)}])}`;
}

function eachMatches(pattern: RegExp): string {
  return `can(regex("${ofTerraform(pattern)}", each))`;
}

/** The pattern for Terraform's `regex` function. */
export function ofTerraform({ source, flags }: RegExp): string {
  return flags.includes("i") ? `(?i)${source}` : source;
}
