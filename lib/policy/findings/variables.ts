import { TOKEN_VARIABLE_ATTRIBUTE } from "../names";
import { PolicySection } from "../statement";
import { attributeOf } from "../syntax/source-tree";
import { Located, locatedInStatement } from "./located";
import { Examined, policiesNamed, PolicyRule, removesPolicies } from "./rule";

/** Reading a variable that is not set fails when a request comes. */
export const TOKEN_VARIABLE_LOST: PolicyRule = {
  id: "token-variable-lost",
  severity: "warning",
  when: removesPolicies,
  finds: (examined) => {
    const { statements, removed } = examined;
    const set = new Set(
      statements.flatMap(locatedInStatement).map(({ element }) => attributeOf(element, TOKEN_VARIABLE_ATTRIBUTE)),
    );
    const words = new Set<string | undefined>(wordsAfter(examined).keys());
    return removed
      .map(({ element, at }) => ({ at, name: element.name, value: attributeOf(element, TOKEN_VARIABLE_ATTRIBUTE) }))
      .filter(({ value }) => !set.has(value) && words.has(value));
  },
  says: ({ name, value: variable }) =>
    `<${name}> is removed, so the variable "${variable}" is no longer set, but the document uses the variable elsewhere.`,
  resolutions: () => ["set output-token-variable-name in the statement that replaces it"],
};

/** The merge has removed what read the token of an identity. */
export const IDENTITY_TOKEN_UNUSED: PolicyRule = {
  id: "identity-token-unused",
  severity: "warning",
  when: removesPolicies,
  finds: (examined) => {
    const before = new Set(examined.removed.flatMap(({ text }) => [...wordCounts([text]).keys()]));
    const left = wordsAfter(examined);
    const unused = new Set<string | undefined>([...before].filter((word) => left.get(word) === 1));
    return policiesNamed(IDENTITY, (located) => unused.has(identityVariable(located)))(examined);
  },
  says: ({ name }) =>
    `After the merge, no policy reads the token of <${name}>, but requests still fail if the identity gets none.`,
  resolutions: ({ name }) => [`remove <${name}> from the document`],
};

/** The variable that an identity's token is put into. */
function identityVariable({ element, section }: Located): string | undefined {
  return section === PolicySection.INBOUND ? attributeOf(element, TOKEN_VARIABLE_ATTRIBUTE) : undefined;
}

const IDENTITY = ["authentication-managed-identity"];

/** The words of what is there after the merge: of the document and of the statements. */
function wordsAfter({ tree, statements }: Examined): ReadonlyMap<string, number> {
  return wordCounts([tree.text, ...statements.map(({ xml }) => xml)]);
}

/** How often each word, as names of variables are, is in texts. */
function wordCounts(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [word] of text.matchAll(/[\w.-]+/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
