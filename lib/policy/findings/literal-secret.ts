import { signsInCode, signsInText } from "../../core/secret-text";
import { PolicySlot } from "../statement";
import { attributeOf, SourceElement } from "../syntax/source-tree";
import { Located, valuesOf } from "./located";
import { FoundElement, PolicyRule } from "./rule";

/** Everyone who can read the policy or the Terraform state can read the text. */
export const LITERAL_SECRET: PolicyRule = {
  id: "literal-secret",
  severity: "warning",
  finds: ({ tree, elements }) =>
    elements
      .filter((located) => isUsers(located) && hasValues(located))
      .flatMap((located) => {
        const signs = valuesOf(tree, located).map(({ name, value }) => signsIn(nameOf(located.element, name), value));
        const found = signs.find((sign) => sign !== undefined);
        return found === undefined ? [] : [new FoundElement(tree, located, () => found)];
      }),
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

function hasValues({ element: { attributes, selfClosed } }: Located): boolean {
  return attributes.length > 0 || !selfClosed;
}

/** What a value is called: `value` says less than what the value is given to. */
function nameOf(element: SourceElement, name: string): string {
  if (element.parent?.name === "issuer-signing-keys") return "shared-key";
  if (name !== "value") return name;
  return attributeOf(element, "name") ?? (element.parent && attributeOf(element.parent, "name")) ?? name;
}

const PUBLIC = /^(?:thumbprint|www-authenticate)$/i;
const STRINGS_IN_CODE = /"([^"\\\r\n]+)"/g;

/** Code and named values are no secrets themselves, but a string in code can be one. */
function signsIn(name: string, value: string): string | undefined {
  const text = value.trim();
  if (text === "" || PUBLIC.test(name)) return undefined;
  if (/^@[({]/.test(text)) {
    const strings = [...text.matchAll(STRINGS_IN_CODE)].map(([, string]) => signsInCode(string));
    return strings.find((signs) => signs !== undefined);
  }
  return /\{\{|TfToken\[/.test(text) ? undefined : signsInText(name, text);
}
