import { fail } from "../../core/fail";
import { requireMember } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { POLICY_NAMES, TOKEN_VARIABLE, TOKEN_VARIABLE_ATTRIBUTE } from "../names";
import { knownList, literals, optionalAttribute, plainName } from "./writing/arguments";
import { Attributes, leaf, node } from "./writing/xml";

/**
 * What both validations of a consumer's token have.
 *
 * @internal
 */
export interface TokenValidationProps {
  /**
   * Claims that a token must also have.
   *
   * @default - none
   */
  readonly requiredClaims?: RequiredClaim[];

  /**
   * Variable that holds the validated token: a letter, followed by letters, digits, `_` and `-`.
   *
   * @default "caller-token" - the variable that `forwardCallerIdentity` reads
   */
  readonly tokenVariableName?: string;

  /**
   * Message for rejected consumers.
   *
   * @default - the message of API Management
   */
  readonly failureMessage?: string;
}

/** How a consumer without a valid token is answered. */
export function rejection(call: string, { failureMessage }: TokenValidationProps): Attributes {
  return {
    "failed-validation-httpcode": "401",
    "failed-validation-error-message": optionalAttribute(call, "failureMessage", failureMessage),
  };
}

/** Where the validated token is found afterwards. */
export function tokenVariable(call: string, { tokenVariableName }: TokenValidationProps): Attributes {
  const name = plainName(call, POLICY_NAMES.variable, tokenVariableName ?? TOKEN_VARIABLE);
  return { [TOKEN_VARIABLE_ATTRIBUTE]: name };
}

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

/** The names of its properties. */
const REQUIRED_CLAIM: PropertyNames<RequiredClaim> = { name: true, values: true, match: true, separator: true };

/** The `required-claims` element; nothing if there are no claims. */
export function requiredClaims(call: string, claims: RequiredClaim[] | undefined): string[] {
  const elements = knownList(call, "requiredClaims", claims ?? []).map((claim) => claimElement(call, claim));
  return elements.length === 0 ? [] : [node("required-claims", {}, elements)];
}

function claimElement(call: string, claim: RequiredClaim): string {
  const example = 'requiredClaims: [{ name: "roles", values: ["Orders.Read"] }]';
  const {
    name,
    match = ClaimMatch.ALL,
    separator,
  } = requireOnly(call, "an entry of requiredClaims", claim, { names: REQUIRED_CLAIM, example: example });
  const values = literals(call, `requiredClaims "${name}".values`, claim.values).map((value) => leaf("value", value));
  if (values.length === 0)
    fail(
      call,
      "claim-without-values",
      `The required claim "${name}" has no values, so it would require nothing.`,
      'Write values: ["..."].',
    );
  const attributes = {
    name: optionalAttribute(call, "name of a required claim", name),
    match: requireMember(call, "match", match, ClaimMatch, "ClaimMatch.ANY"),
    // A single space is the most common separator, and is kept although a literal must not be blank.
    separator: separator === " " ? " " : optionalAttribute(call, `separator of the claim "${name}"`, separator),
  };
  return node("claim", attributes, values);
}
