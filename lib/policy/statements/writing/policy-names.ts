import { NameRule } from "../../../core/names";
import { fail } from "../../../core/fail";

/** Names that stand in policies. Those that end up in code or in HTTP hold nothing that means something there. */
export const POLICY_NAMES = {
  header: {
    what: "header name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "letters, digits, _ and - after a letter",
  },
  query: {
    what: "query parameter name",
    pattern: /^[A-Za-z_$][A-Za-z0-9_.$-]*$/,
    allowed: "letters, digits and _ . $ - after a letter, _ or $",
  },
  variable: {
    what: "variable name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "letters, digits, _ and - after a letter",
  },
  fragment: {
    what: "fragment id",
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?$/,
    allowed: "1 to 80 letters, digits and, not at either end, _ and -",
  },
  namedValue: {
    what: "name of a named value",
    pattern: /^[A-Za-z0-9_.-]{1,256}$/,
    allowed: "1 to 256 letters, digits and _ . -",
  },
} satisfies Record<string, NameRule>;

export function invalidPolicyName(call: string, rule: NameRule, value: string): never {
  fail(
    call,
    "invalid-policy-name",
    `the ${rule.what} "${value}" is refused by API Management. Write one of ${rule.allowed}.`,
  );
}
