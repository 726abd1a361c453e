/** A run of `$` or `%`, the brace that makes it a template, and the rest of a cdktf token. */
const TEMPLATE = /([$%]+)(\{(TfToken\[[\w:.-]+\]\})?)?/g;

/** A token of cdktf. */
export const TOKEN = /\$\{TfToken\[[\w.-]+\]\}/g;

/** What cdktf takes for a number, in its own words. */
const NUMBER = /(?<![-|.+\d])([-|.+\d]+)(e[-|.+\deE]+)/g;

/** The numbers that stand for tokens are larger. */
const LARGEST_NUMBER = 1e298;

/** Nothing, as Terraform writes it. What it parts is read together by Terraform, and not by cdktf. */
const NOTHING = '${""}';

/**
 * Escapes a text so that Terraform passes it on unchanged: it would read every `${` and `%{` in the text as a template. Tokens of
 * cdktf stay.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function escapeTemplates(text: string): string {
  return text.replace(TEMPLATE, (all, signs: string, brace: string | undefined, token: string | undefined) => {
    if (brace === undefined) return all;
    const isToken = token !== undefined && signs.endsWith("$");
    return isToken ? `${guarded(signs.slice(0, -1), "$")}\${${token}` : `${escapedSigns(signs)}{${token ?? ""}`;
  });
}

/** Escapes a text that the app has not written, such as the content of a file. What looks like a token of cdktf is text as well. */
export function escapeForeignText(text: string): string {
  // Each run of signs is matched once, also where no brace follows.
  const escaped = text.replace(/([$%]+)(\{?)/g, (all, signs: string, brace: string) =>
    brace === "" ? all : `${escapedSigns(signs)}{`,
  );
  return escaped
    .replace(/Tf(?=Token\[)/g, `Tf${NOTHING}`)
    .replace(NUMBER, (number, digits: string, exponent: string) =>
      Math.abs(parseFloat(number)) > LARGEST_NUMBER ? digits + NOTHING + exponent : number,
    );
}

/** The user's texts, such as a display name, in which `${` is a reference, and `%{` is no directive: it arrives as written. */
export function asWritten<T extends object>(texts: T): T {
  const escaped = Object.entries(texts).map(([name, text]: [string, unknown]) => [
    name,
    typeof text === "string" ? text.replace(/(?<!%)(%+)\{/g, (_, signs: string) => `${escapedSigns(signs)}{`) : text,
  ]);
  return Object.fromEntries(escaped);
}

function escapedSigns(signs: string): string {
  const sign = signs[signs.length - 1];
  return guarded(signs.slice(0, -1), sign) + sign + sign;
}

/** `$` before `$${` would be read together with it, so it is written as a separate string. */
function guarded(signs: string, next: string): string {
  return signs.endsWith(next) ? `\${"${signs}"}` : signs;
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text as the content of a string in an expression, `${"..."}`, on one line. Its templates are still to be escaped. */
export function quotedContent(text: string): string {
  return text.replace(/[\\"\n\r\t]/g, (character) => ESCAPES[character]);
}

/** The text with a constant for each token, because the number of a token depends on the tokens before it. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, "${}");
}

/** Whether a part of the text is known only to Terraform. */
export function containsToken(text: string): boolean {
  return text.search(TOKEN) >= 0;
}

/** Whether the whole text is known only to Terraform. */
export function isOnlyToken(text: string): boolean {
  return /^\s*\$\{TfToken\[[\w:.-]+\]\}\s*$/.test(text);
}
