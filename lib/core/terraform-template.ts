/** A run of `$` or `%`, the brace that makes it a template, and the rest of a cdktf token. */
const TEMPLATE = /([$%]+)(\{(TfToken\[[\w:.-]+\]\})?)?/g;

const TOKEN = /\$\{TfToken\[[\w.-]+\]\}/g;

/**
 * Escapes a text so that Terraform passes it on unchanged: it would read every `${` and `%{` in the text as a template. Tokens of
 * cdktf stay.
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

/** `$` before `$${` would be read together with it, so it is written as a separate string. */
function guarded(signs: string, next: string): string {
  return signs.endsWith(next) ? `\${"${signs}"}` : signs;
}

/** The text with a constant for each token, because the number of a token depends on the tokens before it. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, "${}");
}

/** Whether the whole text is known only to Terraform. */
export function isOnlyToken(text: string): boolean {
  return /^\s*\$\{TfToken\[[\w:.-]+\]\}\s*$/.test(text);
}
