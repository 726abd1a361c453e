import { fail } from "../../core/fail";
import { literals, optionalAttribute } from "./writing/arguments";
import { leaf, node } from "./writing/xml";
import { requireMember } from "../../core/given";

/** How many of the values a claim must have. */
export enum ClaimMatch {
  /** All of them. */
  ALL = "all",
  /** At least one of them. */
  ANY = "any",
}

/** A claim that a token must have. */
export interface RequiredClaim {
  /** Name of the claim in the token, for example `roles` or `scp`. */
  readonly name: string;

  /** Values that are accepted, at least one. */
  readonly values: string[];

  /**
   * How many of the values the claim must have.
   *
   * @default ClaimMatch.ALL
   */
  readonly match?: ClaimMatch;

  /**
   * What separates the values of a claim that holds several in one text: `" "` in `scp`.
   *
   * @default - the claim is not split
   */
  readonly separator?: string;
}

/** The `required-claims` element; nothing if there are no claims. */
export function requiredClaims(call: string, claims: RequiredClaim[] | undefined): string[] {
  if (claims === undefined || claims.length === 0) return [];
  return [
    node(
      "required-claims",
      {},
      claims.map((claim) => claimElement(call, claim)),
    ),
  ];
}

function claimElement(call: string, claim: RequiredClaim): string {
  const values = literals(call, `requiredClaims "${claim.name}".values`, claim.values);
  if (values.length === 0)
    fail(
      call,
      "claim-without-values",
      `The required claim "${claim.name}" has no values, so it would require nothing.`,
      'Write values: ["..."].',
    );
  const attributes = {
    name: optionalAttribute(call, "name of a required claim", claim.name),
    match: requireMember(call, "match", claim.match ?? ClaimMatch.ALL, ClaimMatch, "ClaimMatch.ANY"),
    separator: separator(call, claim),
  };
  return node(
    "claim",
    attributes,
    values.map((value) => leaf("value", value)),
  );
}

/** A single space is the most common separator, and is kept although a literal must not be blank. */
function separator(call: string, { name, separator }: RequiredClaim): string | undefined {
  return separator === " " ? " " : optionalAttribute(call, `separator of the claim "${name}"`, separator);
}
