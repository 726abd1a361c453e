import { Located } from "./located";
import { policiesThat, PolicyRule } from "./rule";

/**
 * Policies that a document can have once, anywhere in it.
 *
 * @see https://learn.microsoft.com/azure/api-management/rate-limit-policy#usage-notes
 */
const ONCE = new Set(["rate-limit", "quota"]);

export const LIMIT_REPEATED: PolicyRule = {
  id: "limit-repeated",
  severity: "conflict",
  finds: policiesThat(
    (located, { elements }) => located.statement !== undefined && isSecondOfItsKind(located, elements),
  ),
  says: ({ name }) => `A document can have <${name}> once, and this is the second one.`,
  resolutions: ({ name }) => [`remove one <${name}>`, "write this one in the policy of a product or of an operation"],
};

function isSecondOfItsKind(located: Located, all: readonly Located[]): boolean {
  const { name } = located.element;
  return (
    ONCE.has(name) && !located.aside && all.find((other) => !other.aside && other.element.name === name) !== located
  );
}
