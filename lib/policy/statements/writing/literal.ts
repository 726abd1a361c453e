import { Fn, Token } from "cdktf";
import { fail } from "../../../core/fail";

/** What cdktf takes for a token, and nothing else: all other text is escaped here. */
const TOKEN = /\$\{TfToken\[[A-Za-z0-9:._-]+\]\}/g;
const ONE_TOKEN = new RegExp(`^${TOKEN.source}$`);
const CODE = /@[({]/;
const NAMED_VALUE = /\{\{|\}\}/;
const UNWRITABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u;

/** What Terraform may put into a literal, as its `regex` function reads it: no braces, no control characters, no `@(`, no `@` last. */
const HARMLESS = "^(?:[^@{}[:cntrl:]]|@+[^@({}[:cntrl:]])*$";

/**
 * The text, once it is certain that API Management takes it for nothing else: neither for code nor for a named value, and
 * that nothing of it is lost in XML.
 */
export function checkLiteral(call: string, what: string, text: string): string {
  const known = replaceTokens(text, "");
  if (known.includes("{TfToken["))
    fail(
      call,
      "list-token-in-text",
      `${what} has an entry of a list in it that only Terraform knows, and that cdktf cannot write. ` +
        `Write Fn.element(list, 0) in place of list[0].`,
    );
  if (text === "")
    fail(
      call,
      "literal-is-empty",
      `${what} is empty, and API Management does not say what it does with an empty value. ` +
        `Write another text. To remove a header or a query parameter, write PolicyStatement.removeHeader or .removeQueryParameter.`,
    );
  if (UNWRITABLE.test(known))
    fail(
      call,
      "literal-is-unwritable",
      `${what} ${JSON.stringify(text)} has a line break or another character in it that a policy does not keep. ` +
        `Write it on one line, in printable characters.`,
    );
  if (text.trim() !== text)
    fail(
      call,
      "literal-has-outer-space",
      `${what} "${text}" begins or ends with white space, which is lost on its way. Write "${text.trim()}".`,
    );
  const outline = replaceTokens(text, "t");
  if (CODE.test(outline)) literalIsExpression(call, what, text);
  if (NAMED_VALUE.test(outline)) literalIsNamedValue(call, what, text);
  // A value of Terraform holds no brace, but it may be empty, or begin with a bracket.
  const joined = [known, replaceTokens(text, "(")];
  if (joined.some((each) => CODE.test(each) || NAMED_VALUE.test(each)))
    fail(
      call,
      "token-beside-markup",
      `${what} puts a value that only Terraform knows beside "@", "{" or "}", which together may become code or a named value. ` +
        `Write another character between them, or the value alone.`,
    );
  return text;
}

/** The literal as it stands in an attribute in double quotes. */
export function literalAttribute(text: string): string {
  return escapeLiteral(text, [...BRACKETS, QUOTE]);
}

/** The literal as it stands between tags. */
export function literalText(text: string): string {
  return escapeLiteral(text, BRACKETS);
}

/** XML whose values of Terraform are escaped for text and attributes in double quotes alike, and the rest of which stays as it is. */
export function escapeTokens(xml: string): string {
  return xml.replace(TOKEN, (token) => escapedByTerraform(token, [...BRACKETS, QUOTE]));
}

/** The text with a stand-in for every value that only Terraform knows. */
export function replaceTokens(text: string, standIn: string): string {
  return text.replace(TOKEN, () => standIn);
}

/** Whether the text is a value that only Terraform knows, and nothing beside it. */
export function isOneToken(text: string): boolean {
  return ONE_TOKEN.test(text);
}

type Escape = readonly [character: string, entity: string];

/** The ampersand is the first, since the others bring one with them. */
const BRACKETS: readonly Escape[] = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
];
const QUOTE: Escape = ['"', "&quot;"];

function escapeLiteral(text: string, escapes: readonly Escape[]): string {
  const escape = (known: string) =>
    escapes.reduce((all, [character, entity]) => all.split(character).join(entity), known);
  const parts = text.split(TOKEN).map(escape);
  const tokens = (text.match(TOKEN) ?? []).map((token) => escapedByTerraform(token, escapes));
  return parts.map((part, index) => part + (tokens[index] ?? "")).join("");
}

/** Terraform refuses to plan, or to apply, where the value is not harmless. */
function escapedByTerraform(token: string, escapes: readonly Escape[]): string {
  const harmless = Token.asString(Fn.regex(HARMLESS, token));
  return escapes.reduce((value, [character, entity]) => Fn.replace(value, Fn.rawString(character), entity), harmless);
}
// Lists

/** Where something else than a text is taken, it has a factory; elsewhere only XML can hold it. */
function otherThanText(call: string, factory: string): string {
  if (call === "PolicyValue.literal") return `${factory} Otherwise write another text.`;
  return 'Write another text, or the whole statement as XML: PolicyStatement.raw(PolicySection.INBOUND, "...").';
}

function literalIsExpression(call: string, what: string, text: string): never {
  fail(
    call,
    "literal-is-expression",
    `${what} "${text}" has "@(" or "@{" in it, which API Management may run as code. ` +
      otherThanText(call, 'If code is meant, write PolicyValue.expression("..."), without @( and ).'),
  );
}
// Lists

function literalIsNamedValue(call: string, what: string, text: string): never {
  fail(
    call,
    "literal-is-named-value",
    `${what} "${text}" has "{{" or "}}" in it, which API Management replaces by a named value. ` +
      otherThanText(call, 'If a named value is meant, write PolicyValue.namedValue("name").'),
  );
}
