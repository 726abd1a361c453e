import { knownList, literals, optionalAttribute } from "./writing/arguments";
import { leaf, node } from "./writing/xml";
import { fail } from "../../core/fail";

/** How many of the values a claim must have. */
export enum ClaimMatch {
  /** Every one of them. */
  ALL = "all",
  /** At least one of them. */
  ANY = "any",
}

/** A claim that a token must have. */
export interface RequiredClaim {
  /** Name of the claim as it stands in the token, for example `roles` or `scp`. */
  readonly name: string;

  /** Values that are accepted, one at least. */
  readonly values: string[];

  /**
   * How many of the values the claim must have.
   *
   * @default ClaimMatch.ALL
   */
  readonly match?: ClaimMatch;

  /**
   * What stands between the values of a claim that holds several in one text: `" "` in `scp`.
   *
   * @default - the claim is not taken apart
   */
  readonly separator?: string;
}

/** The `required-claims` element; nothing for no claims. */
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
  const name = `requiredClaims "${claim.name}"`;
  const values = literals(call, `${name}.values`, knownList(call, `${name}.values`, claim.values));
  if (values.length === 0)
    fail(
      call,
      "claim-without-values",
      `the required claim "${claim.name}" has no values, so that nothing is required. Write values: ["..."].`,
    );
  const attributes = {
    name: optionalAttribute(call, "the name of a required claim", claim.name),
    match: claim.match ?? ClaimMatch.ALL,
    separator: separator(call, claim),
  };
  return node(
    "claim",
    attributes,
    values.map((value) => leaf("value", value)),
  );
}

/** A space is the separator that is used most, and the one that is kept although it stands alone. */
function separator(call: string, claim: RequiredClaim): string | undefined {
  return claim.separator === " "
    ? " "
    : optionalAttribute(call, `the separator of the claim "${claim.name}"`, claim.separator);
}
