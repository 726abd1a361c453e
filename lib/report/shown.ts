import { signsInText } from "../core/secret-text";
import { templateParts } from "../rules/model/template";
import type { Value } from "../rules/model/value";

/** What stands where a secret would be. */
export const NOT_SHOWN = "(not shown: it looks like a secret)";

const REFERENCE = /(?<![\w.-])(?:data\.)?[a-z][a-z0-9]*_\w+\.[A-Za-z_][\w-]*(?:\.[A-Za-z_]\w*|\[[^\]]*\])*/g;
const VARIABLE = /(?<![\w.-])(?:var|local)\.[A-Za-z_][\w-]*/g;

/** A value as a reader can read it: what only Terraform knows as its reference, and nothing that looks like a secret. */
export function shown(value: Value): string {
  const { resolved } = value;
  if (resolved === "") return value.isUnknown ? "a value that only Terraform knows" : "";
  const parts = templateParts(resolved);
  const texts = parts.map(({ text, isExpression }) => {
    if (!isExpression) return withoutSecrets(text);
    const reference = referenceIn(text);
    return parts.length === 1 ? reference : `\${${reference}}`;
  });
  return texts.join("");
}

/** The only reference of an expression, without the functions around it. */
function referenceIn(expression: string): string {
  const found = new Set([...expression.matchAll(REFERENCE), ...expression.matchAll(VARIABLE)].map(([text]) => text));
  return found.size === 1 ? [...found][0] : "a value that only Terraform knows";
}

/** A text without what is secret in an address, and nothing of a text that looks like a secret. */
export function withoutSecrets(text: string): string {
  const bare = withoutSecretsInAddresses(text);
  return isSecretText(bare) ? NOT_SHOWN : bare;
}

/** A text in which addresses have no user, password or value of a query. */
export function withoutSecretsInAddresses(text: string): string {
  return text
    .replace(/(:\/\/)(?:[^/?#\s@]*|[^/?#\s@:]*:[^\s@]*)@/g, "$1…@")
    .replace(/([?&](?:amp;)?[\w.~-]{1,100})=[^&#\s"'<>]*/g, "$1=…");
}

function isSecretText(text: string): boolean {
  return !/^[0-9a-f-]{36}$/i.test(text) && signsInText("", text) !== undefined;
}
