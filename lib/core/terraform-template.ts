/** A run of `$` or `%`, the brace that makes it a template, and the rest of a cdktf token. */
const TEMPLATE = /([$%]+)(\{(TfToken\[[\w:.-]+\]\})?)?/g;

/** A token of cdktf. */
export const TOKEN = /\$\{TfToken\[[\w.-]+\]\}/g;

/** What cdktf takes for a number, in its own words. */
const NUMBER = /(?<![-|.+\d])([-|.+\d]+)(e[-|.+\deE]+)/g;

const TOKEN_OR_NUMBER = new RegExp(`${TOKEN.source}|${NUMBER.source}`, "g");

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
  const escaped = text.replace(TEMPLATE, (all, signs: string, brace: string | undefined, token: string | undefined) => {
    if (brace === undefined) return all;
    const isToken = token !== undefined && signs.endsWith("$");
    return isToken ? `${guarded(signs.slice(0, -1), "$")}\${${token}` : `${escapedSigns(signs)}{${token ?? ""}`;
  });
  return withFewNumbers(escaped);
}

/** Escapes a text that the app has not written, such as the content of a file. What looks like a token of cdktf is text as well. */
export function escapeForeignText(text: string): string {
  const escaped = withoutTemplates(text)
    .replace(/Tf(?=Token\[)/g, `Tf${NOTHING}`)
    .replace(NUMBER, (number, digits: string, exponent: string) =>
      canBeToken(number) ? digits + NOTHING + exponent : number,
    );
  return withFewNumbers(escaped);
}

/** More numbers than this take long: cdktf takes quadratic time to join what is between them. */
const MANY_NUMBERS = 100;

/** cdktf takes quadratic time to look for numbers in a run of their characters. */
const LONG_RUN = /[-|.+\d]{100}/g;

/** A text of fewer characters takes little time in any case. */
const LONG = 4096;

/** Parts what cdktf takes for numbers where there are many, and long runs of their characters. Tokens of cdktf stay. */
function withFewNumbers(text: string): string {
  if (text.length < LONG) return text;
  const isMany = (text.match(NUMBER)?.length ?? 0) > MANY_NUMBERS;
  const parted = isMany ? text.replace(TOKEN_OR_NUMBER, withoutNumber) : text;
  return parted.replace(LONG_RUN, (run) => run + NOTHING);
}

function withoutNumber(tokenOrNumber: string, digits: string | undefined, exponent: string): string {
  return digits === undefined || canBeToken(tokenOrNumber) ? tokenOrNumber : digits + NOTHING + exponent;
}

function canBeToken(number: string): boolean {
  return Math.abs(parseFloat(number)) > LARGEST_NUMBER;
}

/** The text with its templates escaped, those of cdktf too. A file can have a million: `replace` with a function takes twice as long. */
function withoutTemplates(text: string): string {
  let escaped = "";
  let begin = 0;
  for (let brace = text.indexOf("{"); brace !== -1; brace = text.indexOf("{", brace + 1)) {
    if (!isSign(text[brace - 1])) continue;
    escaped += withEscapedEnd(text.slice(begin, brace));
    begin = brace;
  }
  return escaped + text.slice(begin);
}

/** What stands before a brace, with the signs at its end escaped. */
function withEscapedEnd(part: string): string {
  const last = part.length - 1;
  const sign = part[last];
  if (part[last - 1] !== sign) return part + sign;
  let begin = last;
  while (isSign(part[begin - 1])) begin -= 1;
  return part.slice(0, begin) + escapedSigns(part.slice(begin));
}

function isSign(character: string | undefined): boolean {
  return character === "$" || character === "%";
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
