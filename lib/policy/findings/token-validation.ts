import { ConflictResolution } from "../conflict-resolution";
import { PolicySlot } from "../statement";
import { attributeOf } from "../syntax/source-tree";
import { conflictRule } from "./conflict-rule";
import { isInbound, locatedInStatement, validatesToken } from "./located";
import { inSlot, merges, policiesThat, PolicyRule } from "./rule";

const VARIABLE = "output-token-variable-name";

export const SECOND_TOKEN_VALIDATION = conflictRule({
  id: "second-token-validation",
  // The validation of `callers` is about another token, which can be in another header.
  theirs: (located) =>
    isInbound(located) && !located.nested && validatesToken(located) && located.statement?.slot !== PolicySlot.ACCESS,
  ours: (statement) => inSlot(PolicySlot.VALIDATION)(statement) && locatedInStatement(statement).some(validatesToken),
  says: ({ name, other }) => `<${name}> validates the consumer's token, and so does ${other}.`,
  keep: { resolution: ConflictResolution.KEEP_TOKEN_VALIDATION, omitsOurs: true, purpose: "to omit the statement" },
  replace: ConflictResolution.REPLACE_TOKEN_VALIDATION,
});

export const CONDITIONAL_TOKEN_VALIDATION: PolicyRule = {
  id: "conditional-token-validation",
  severity: "warning",
  when: merges(PolicySlot.VALIDATION),
  finds: policiesThat((located) => located.nested && isInbound(located) && validatesToken(located)),
  says: ({ name }) => `<${name}> validates the token of some requests again, after the inserted validation.`,
  resolutions: () => ["remove it if the inserted validation is enough"],
};

/** Reading a variable that is not set fails when a request comes. */
export const TOKEN_VARIABLE_LOST: PolicyRule = {
  id: "token-variable-lost",
  severity: "warning",
  finds: ({ tree, statements, removed }) => {
    const set = new Set(statements.flatMap(locatedInStatement).map(({ element }) => attributeOf(element, VARIABLE)));
    return removed
      .map(({ element, at }) => ({ at, name: element.name, value: attributeOf(element, VARIABLE) }))
      .filter(({ value }) => value !== undefined && !set.has(value) && tree.text.includes(value));
  },
  says: ({ name, value: variable }) =>
    `<${name}> is removed, so the variable "${variable}" is no longer set, but the document uses the variable elsewhere.`,
  resolutions: () => ["set output-token-variable-name in the statement that replaces it"],
};
