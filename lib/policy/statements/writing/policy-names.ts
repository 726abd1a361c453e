import type { NameRule } from "../../../core/names";

/** Names in policies. Those that end up in code or in HTTP contain nothing that has a meaning there. Loads no cdktf. */
export const POLICY_NAMES = {
  header: {
    what: "header name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "a letter, followed by letters, digits, _ and -",
  },
  query: {
    what: "query parameter name",
    pattern: /^[A-Za-z_$][A-Za-z0-9_.$-]*$/,
    allowed: "a letter, _ or $, followed by letters, digits, _, ., $ and -",
  },
  variable: {
    what: "variable name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "a letter, followed by letters, digits, _ and -",
  },
  fragment: {
    what: "fragment id",
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?$/,
    allowed: "1 to 80 letters, digits, _ and -, with a letter or a digit at each end",
  },
  namedValue: {
    what: "name of the named value",
    pattern: /^[A-Za-z0-9_.-]{1,256}$/,
    allowed: "1 to 256 letters, digits, _, . and -",
  },
} satisfies Record<string, NameRule>;
