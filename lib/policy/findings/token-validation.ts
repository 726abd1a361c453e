import { ConflictResolution } from "../conflict-resolution";
import { TOKEN_VARIABLE_ATTRIBUTE } from "../names";
import { PolicySlot, StatementConfig } from "../statement";
import { SourcePosition } from "../syntax/place";
import { allElements, attributeOf, SourceElement } from "../syntax/source-tree";
import { conflictRule } from "./conflict-rule";
import {
  answers,
  AUTHORIZATION,
  OfElement,
  setsAuthorization,
  TOKEN_VALIDATIONS,
  tokenPlace,
  validatesToken,
} from "./effects";
import { isInbound, Located, locatedInStatement } from "./located";
import { named } from "./named";
import { Examined, inSlot, merges, PlannedInsertion, policiesNamed, PolicyRule, removesPolicies } from "./rule";

/** Two validations of tokens in different places are no conflict, unless both fill the same variable. */
export const SECOND_TOKEN_VALIDATION = conflictRule({
  id: "second-token-validation",
  names: TOKEN_VALIDATIONS,
  // The validation of `callers` is about another token, which can be in another header.
  theirs: (located) => isInbound(located) && !located.nested && located.statement?.slot !== PolicySlot.ACCESS,
  ours: inSlot(PolicySlot.VALIDATION),
  agree: (theirs, ours) => !validationsIn(ours).some((each) => validatesSame(theirs, each)),
  says: ({ name, other }) => `<${name}> validates the consumer's token, and so does ${other}.`,
  keep: { resolution: ConflictResolution.KEEP_TOKEN_VALIDATION, omitsOurs: true, purpose: "to omit the statement" },
  replace: ConflictResolution.REPLACE_TOKEN_VALIDATION,
});

function validationsIn(statement: StatementConfig): Located[] {
  return locatedInStatement(statement).filter(validatesToken);
}

function validatesSame(one: Located, other: Located): boolean {
  const [place, otherPlace] = [tokenPlace(one), tokenPlace(other)];
  const variable = attributeOf(one.element, TOKEN_VARIABLE_ATTRIBUTE);
  const samePlace = place === undefined || otherPlace === undefined || place === otherPlace;
  return samePlace || (variable !== undefined && variable === attributeOf(other.element, TOKEN_VARIABLE_ATTRIBUTE));
}

export const CONDITIONAL_TOKEN_VALIDATION: PolicyRule = {
  id: "conditional-token-validation",
  severity: "warning",
  when: merges(PolicySlot.VALIDATION),
  finds: policiesNamed(TOKEN_VALIDATIONS, (located, { statements }) => {
    const isConditional = located.nested && isInbound(located);
    return isConditional && statements.flatMap(validationsIn).some((ours) => validatesSame(located, ours));
  }),
  says: ({ name }) => `<${name}> validates the token of some requests again, after the inserted validation.`,
  resolutions: () => ["remove it if the inserted validation is enough"],
};

export const REQUIRED_CLAIMS_LOST: PolicyRule = {
  id: "required-claims-lost",
  severity: "warning",
  when: removesPolicies,
  finds: ({ removed, statements }) => {
    const kept = new Set(statements.flatMap(validationsIn).flatMap(({ element }) => requiredClaimsOf(element)));
    return removed
      .filter(({ element }) => TOKEN_VALIDATIONS.has(element.name))
      .map(({ at, element }) => {
        const lost = requiredClaimsOf(element).filter((claim) => claim !== "" && !kept.has(claim));
        return { at, name: element.name, value: lost.map((claim) => `"${claim}"`).join(", ") };
      })
      .filter(({ value }) => value !== "");
  },
  says: ({ name, value: claims }) =>
    `<${name}> is removed, and with it the claims that it requires, but no statement requires: ${claims}.`,
  resolutions: () => ["write requiredClaims: [...] in the statement that replaces it"],
};

function requiredClaimsOf(validation: SourceElement): string[] {
  const claims = allElements([validation]).filter(({ name }) => name === "claim");
  return claims.map((claim) => attributeOf(claim, "name") ?? "");
}

/** A document that makes `Authorization` itself, for example from a cookie. */
export const TOKEN_SET_AFTER_VALIDATION: PolicyRule = {
  id: "token-set-after-validation",
  severity: "warning",
  finds: (examined) => {
    const validations = insertedChecks(examined, (statement) => validationsIn(statement).some(readsHeader));
    return policiesOfDocument(headerIsSet, validations, (place, check) => !isBefore(place, check))(examined);
  },
  says: ({ name, value: statement }) =>
    `<${name}> sets Authorization after the statement "${statement}" has validated it, so the statement validates what the consumer sends.`,
  resolutions: () => [
    'validate the token where the consumer sends it: PolicyStatement.requireJwt({ headerName: "..." })',
    "write the validation in the document, after this policy",
  ],
};

/** The same document, without what made the header. */
export const TOKEN_NOT_SET: PolicyRule = {
  id: "token-not-set",
  severity: "warning",
  when: removesPolicies,
  finds: ({ removed, statements, elements }) => {
    if (!statements.some((statement) => validationsIn(statement).some(readsHeader))) return [];
    const ofIdentities = named(elements, ["authentication-managed-identity"]).flatMap(
      ({ element }) => attributeOf(element, TOKEN_VARIABLE_ATTRIBUTE) ?? [],
    );
    return removed
      .filter(headerIsSet)
      .filter(({ text }) => /@[({]/.test(text) && !ofIdentities.some((variable) => text.includes(variable)))
      .map(({ at, element }) => ({ at, name: element.name }));
  },
  says: ({ name }) =>
    `<${name}>, which computes Authorization, is removed. The inserted statement validates what the consumer sends in Authorization.`,
  resolutions: () => [
    'validate the token where the consumer sends it: PolicyStatement.requireJwt({ headerName: "..." })',
  ],
};

export const ANSWERED_BEFORE_CHECK: PolicyRule = {
  id: "answered-before-check",
  severity: "warning",
  finds: (examined) => {
    const checks = insertedChecks(examined, () => true);
    return policiesOfDocument(answers, checks, isBefore)(examined);
  },
  says: ({ name, value: statement }) =>
    `<${name}> can answer a request before the statement "${statement}" has checked it.`,
  resolutions: ({ name }) => [`move <${name}> after <base />`],
};

function headerIsSet(found: OfElement): boolean {
  return found.element.name === "set-header" && setsAuthorization(found);
}

function readsHeader(validation: Located): boolean {
  return (tokenPlace(validation) ?? AUTHORIZATION) === AUTHORIZATION;
}

/** Where statements that check requests are inserted. */
function insertedChecks(
  { statements, insertions }: Examined,
  isMeant: (statement: StatementConfig) => boolean,
): PlannedInsertion[] {
  const checks = statements.filter(inSlot(PolicySlot.ACCESS, PolicySlot.VALIDATION)).filter(isMeant);
  return checks.map((statement) => insertions.get(statement)!);
}

/** Policies of the document itself whose place is wrong for one of the checks, which the message names. */
function policiesOfDocument(
  holds: (located: Located) => boolean,
  checks: readonly PlannedInsertion[],
  isWrong: (place: SourcePosition, check: PlannedInsertion) => boolean,
): PolicyRule["finds"] {
  if (checks.length === 0) return () => [];
  return ({ elements }) =>
    elements
      .filter((located) => !located.statement && isInbound(located) && holds(located))
      .flatMap((located) => {
        const check = checks.find((each) => isWrong(located, each));
        return check ? [{ at: located, name: located.name, value: check.statement }] : [];
      });
}

function isBefore(one: SourcePosition, other: SourcePosition): boolean {
  return one.line < other.line || (one.line === other.line && one.column < other.column);
}
