import { Fn, Token } from "cdktf";
import * as errors from "../../core/statement-errors";

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
  if (known.includes("{TfToken[")) throw errors.listTokenInText(call, what);
  if (text === "") throw errors.literalIsEmpty(call, what);
  if (UNWRITABLE.test(known)) throw errors.literalIsUnwritable(call, what, text);
  if (text.trim() !== text) throw errors.literalHasOuterSpace(call, what, text);
  const outline = replaceTokens(text, "t");
  if (CODE.test(outline)) throw errors.literalIsExpression(call, what, text);
  if (NAMED_VALUE.test(outline)) throw errors.literalIsNamedValue(call, what, text);
  // A value of Terraform holds no brace, but it may be empty, or begin with a bracket.
  const joined = [known, replaceTokens(text, "(")];
  if (joined.some((each) => CODE.test(each) || NAMED_VALUE.test(each))) throw errors.tokenBesideMarkup(call, what);
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
