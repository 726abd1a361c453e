/** A run of `$` or `%`, the brace that makes a template of it, and the rest of a token of cdktf. */
const TEMPLATE = /([$%]+)(\{(TfToken\[[\w:.-]+\]\})?)?/g;

/** A token of cdktf. */
const TOKEN = /\$\{TfToken\[[\w.-]+\]\}/g;

/**
 * The text as it must stand in Terraform's JSON to reach API Management as it is: Terraform would take every `${` and `%{`,
 * as a script or a template language within a policy may have them, for the beginning of its own. Tokens of cdktf stay.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapeTemplates(text: string): string {
  return text.replace(TEMPLATE, (all, signs: string, brace: string | undefined, token: string | undefined) => {
    if (brace === undefined) return all;
    const sign = signs[signs.length - 1];
    const before = guarded(signs.slice(0, -1), sign);
    if (token !== undefined && sign === "$") return `${before}\${${token}`;
    return `${before}${sign}${sign}{${token ?? ""}`;
  });
}

/** `$` before `$${` would be read together with it, so it is written as a text of its own. */
function guarded(signs: string, next: string): string {
  return signs.endsWith(next) ? `\${"${signs}"}` : signs;
}

/** The text with a constant for all that only Terraform knows: the number of a token changes with what was made before it. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, "${}");
}

/** Whether a document is not known before Terraform runs. */
export function isOnlyToken(text: string): boolean {
  return /^\s*\$\{TfToken\[[\w:.-]+\]\}\s*$/.test(text);
}
