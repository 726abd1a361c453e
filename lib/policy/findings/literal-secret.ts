import { signsInCode, signsInText } from "../../core/secret-text";
import { PolicySlot } from "../statement";
import { attributeOf, SourceElement } from "../syntax/source-tree";
import { findInValues, Located } from "./located";
import { Found, PolicyRule } from "./rule";

/** Everyone who can read the policy or the Terraform state can read the text. */
export const LITERAL_SECRET: PolicyRule = {
  id: "literal-secret",
  severity: "warning",
  finds: ({ tree, elements }) => {
    const found: Found[] = [];
    for (const located of elements) {
      const signs = isUsers(located) ? findInValues(tree, located, signsIn) : undefined;
      if (signs !== undefined) found.push({ at: located, name: located.name, value: signs });
    }
    return found;
  },
  says: ({ name, value: signs }) =>
    `<${name}> seems to contain a secret: ${signs}. Everyone who can read the policy or the Terraform state can read it.`,
  resolutions: () => [
    'keep it in a key vault, create an ApimNamedValue with NamedValueContent.keyVaultSecret(vault, "..."), and write its policyValue in a statement or {{name}} in a document',
  ],
};

/** The library's own statements contain no secrets. */
function isUsers({ statement }: Located): boolean {
  return statement === undefined || [PolicySlot.USER, PolicySlot.VALIDATION].includes(statement.slot);
}

/** What a value is called: `value` says less than what the value is given to. */
function nameOf(element: SourceElement, name: string): string {
  if (element.parent?.name === "issuer-signing-keys") return "shared-key";
  if (name !== "value") return name;
  return attributeOf(element, "name") ?? (element.parent && attributeOf(element.parent, "name")) ?? name;
}

const PUBLIC = /^(?:thumbprint|www-authenticate)$/i;
const CODE = /^@[({]/;
const STRINGS_IN_CODE = /"([^"\\\r\n]+)"/g;
const KNOWN_ELSEWHERE = /\{\{|TfToken\[/;

/** Code and named values are no secrets themselves, but a string in code can be one. */
function signsIn(called: string, value: string, element: SourceElement): string | undefined {
  const text = value.trim();
  if (text === "") return undefined;
  const name = nameOf(element, called);
  if (PUBLIC.test(name)) return undefined;
  if (CODE.test(text)) {
    STRINGS_IN_CODE.lastIndex = 0;
    for (let string = STRINGS_IN_CODE.exec(text); string; string = STRINGS_IN_CODE.exec(text)) {
      const signs = signsInCode(string[1]);
      if (signs !== undefined) return signs;
    }
    return undefined;
  }
  return KNOWN_ELSEWHERE.test(text) ? undefined : signsInText(name, text);
}
