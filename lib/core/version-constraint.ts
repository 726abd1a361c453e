const TERM = /^(=|!=|>=?|<=?|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/;

/** A version as a number, so that versions can be compared. */
const at = (major: number, minor = 0, patch = 0): number => (major * 1e6 + minor) * 1e6 + patch;

/**
 * Whether any version with this major number meets a Terraform version constraint. A constraint that cannot be parsed counts as
 * met.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function mayBeMajor(constraint: string, major: number): boolean {
  const ranges = constraint.split(",").map((term) => rangeOf(term.trim()));
  const from = Math.max(at(major), ...ranges.map((range) => range.from));
  const to = Math.min(at(major + 1), ...ranges.map((range) => range.to));
  return from < to;
}

/** The versions of a term: `from` is included, `to` is not. */
function rangeOf(term: string): { readonly from: number; readonly to: number } {
  const all = { from: 0, to: Infinity };
  const match = TERM.exec(term);
  if (!match) return all;
  const [major, minor, patch] = match.slice(2).map((part) => (part === undefined ? undefined : Number(part)));
  if (major === undefined) return all;
  const version = at(major, minor, patch);
  switch (match[1] ?? "=") {
    case "=":
      return { from: version, to: version + 1 };
    case ">":
      return { ...all, from: version + 1 };
    case ">=":
      return { ...all, from: version };
    case "<":
      return { ...all, to: version };
    case "<=":
      return { ...all, to: version + 1 };
    case "~>":
      // Only the last number in the term may increase.
      if (minor === undefined) return { ...all, from: version };
      return { from: version, to: patch === undefined ? at(major + 1) : at(major, minor + 1) };
    default:
      return all;
  }
}
