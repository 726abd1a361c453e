import { isCallerHeader, TOKEN_VARIABLE_ATTRIBUTE } from "../names";
import { attributeOf, beginsCode, SourceElement } from "../syntax/source-tree";
import { Located } from "./located";

/** An element, wherever it is. */
export type OfElement = Pick<Located, "element">;

/** The name of the header that it sets or removes, in lower case. */
export function headerName({ element }: OfElement): string | undefined {
  return element.name === "set-header" ? nameIn(element) : undefined;
}

/** The header or query parameter that it sets or removes, as `<name of the element> <name in lower case>`. */
export function carrierOf({ element }: Located): string {
  return `${element.name} ${nameIn(element)}`;
}

/** The elements that set or remove a header or a query parameter. */
export const CARRIERS = ["set-header", "set-query-parameter"];

function nameIn(element: SourceElement): string | undefined {
  return attributeOf(element, "name")?.trim().toLowerCase();
}

/** Anything but a literal `delete` can give a value. */
export function deletes({ element }: OfElement): boolean {
  return attributeOf(element, "exists-action") === "delete";
}

/** Whether its header's name is known only when a request comes. */
export function hasComputedName(located: Located): boolean {
  const name = headerName(located);
  return name !== undefined && /^@|\{\{/.test(name);
}

/** Whether it sets a header that may come only from a validated token. */
export function setsCallerHeader(located: Located): boolean {
  return isCallerHeader(headerName(located) ?? "") && !deletes(located);
}

/** Whether it puts a managed identity's token into the request instead of a variable. */
export function signsInWithIdentity({ element }: Located): boolean {
  return (
    element.name === "authentication-managed-identity" && attributeOf(element, TOKEN_VARIABLE_ATTRIBUTE) === undefined
  );
}

const WITHOUT_HEADER = new Set(["authentication-managed-identity", "authentication-certificate"]);

/** Whether it sets `Authorization`, directly or by signing in with a password or with a token of any other kind. */
export function setsAuthorization(found: OfElement): boolean {
  const { name } = found.element;
  const signsIn = name.startsWith("authentication-") && !WITHOUT_HEADER.has(name);
  return signsIn || (headerName(found) === "authorization" && !deletes(found));
}

/** Whether the backend gets another `Authorization`, or none. */
export function changesAuthorization(located: Located): boolean {
  return headerName(located) === "authorization" || setsAuthorization(located) || signsInWithIdentity(located);
}

/** Whether it is not certain that errors are errors: only a literal `false` is. */
export function ignoresErrors({ element }: Located): boolean {
  return isOtherThan(element, "ignore-error", "false");
}

/** Whether a policy that sends another request can send a copy of this one. */
export function copiesRequest({ element }: Located): boolean {
  return isOtherThan(element, "mode", "new");
}

/** Whether a policy that forwards the request follows redirects. */
export function followsRedirects({ element }: Located): boolean {
  return isOtherThan(element, "follow-redirects", "false");
}

/** Whether the attribute has any other value than its default. An expression or a named value can have any. */
function isOtherThan(element: SourceElement, attribute: string, value: string): boolean {
  return (attributeOf(element, attribute) ?? value).trim() !== value;
}

const CACHES = /(?:^|-)cache-lookup$/;

/** Whether it can give the consumer an answer that no later policy checks. An answer that rejects the request is none. */
export function answers({ element }: Located): boolean {
  if (CACHES.test(element.name) || element.name === "mock-response") return true;
  return element.name === "return-response" && !element.children.some(isErrorStatus);
}

function isErrorStatus(element: SourceElement): boolean {
  return element.name === "set-status" && /^[45]\d\d$/.test(attributeOf(element, "code") ?? "");
}

export const TOKEN_VALIDATIONS: ReadonlySet<string> = new Set(["validate-azure-ad-token", "validate-jwt"]);

export function validatesToken({ element }: Located): boolean {
  return TOKEN_VALIDATIONS.has(element.name);
}

/** Where a validation reads the token by default. */
export const AUTHORIZATION = "header authorization";

/** Where a validation reads the token, such as `header authorization`; `undefined` where only the gateway knows. */
export function tokenPlace({ element }: OfElement): string | undefined {
  const header = attributeOf(element, "header-name")?.trim();
  const query = attributeOf(element, "query-parameter-name")?.trim();
  const token = attributeOf(element, "token-value")?.trim();
  if (token !== undefined && readsElsewhere(token)) return `code ${token}`;
  const place = token ?? (query === undefined ? headerPlace(header) : `query parameter ${query}`);
  return /@|\{\{/.test(place) ? undefined : place;
}

/** Whether code takes a token from the request, but not from `Authorization`, which a variable may hold. */
function readsElsewhere(code: string): boolean {
  return /\bcontext\s*\.\s*Request\b/.test(code) && !/\bVariables\b|\{\{/.test(code) && !readsAuthorization(code);
}

function headerPlace(name: string | undefined): string {
  return name === undefined ? AUTHORIZATION : `header ${name.toLowerCase()}`;
}

/** Comments and literals of C#, also unclosed ones, so that no text is read twice. An interpolated string contains code. */
/* eslint-disable regexp/no-super-linear-move -- each part matches to the end of what it begins */
const LITERALS = new RegExp(
  [
    /\/\*[^]*?(?:\*\/|$)|\/\/[^\r\n]*/, // A comment
    /((?:\$@|@\$)"(?:[^"]|"")*"?|\$"(?:\\.|[^"\\\r\n])*"?)/, // An interpolated string
    /@"((?:[^"]|"")*)"?|"((?:\\.|""|[^"\\\r\n])*)"?/, // A verbatim string, or any other string
    /'(?:\\[^'\r\n]+|[^'\\\r\n])'/, // A character
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);
/* eslint-enable regexp/no-super-linear-move */

/** A read of one header whose name is written out. */
const HEADER_READ =
  /\bHeaders\s*(?:(?:\?\s*)?\.\s*(?:GetValueOrDefault|ContainsKey|TryGetValue)\s*\(|(?:\?\s*)?\[)\s*"([\w-]+)"\s*[,)\]]/g;

/** Any other use of the request's headers, and the request as a value. */
const HEADERS_USED =
  /\bRequest\s*(?:\?\s*)?\.\s*Headers\b|\bcontext\s*(?:\?\s*)?\.\s*Request\b(?!\s*(?:\?\s*)?\.\s*\w)/;

/** The context as a value, through which code can reach the request. */
const CONTEXT_USED = /(?<![.\w])context\b(?!\s*(?:\?\s*)?\.)/;
const CONTEXT_IN_LIQUID = /\{[{%][^{}]*\bcontext\b(?![\w-]|\s*\.)/;

/** Whether code, or a Liquid template, can read `Authorization` of the request. Code that names another header cannot. */
export function readsAuthorization(value: string): boolean {
  if (!/context|Request/.test(value)) return false;
  const text = withoutXmlComments(value);
  const isCode = beginsCode(text, 0);
  const code = isCode ? withoutLiterals(text) : text;
  const others = code.replace(HEADER_READ, (read, name: string) => (isAuthorization(name) ? read : "Header "));
  return HEADERS_USED.test(others) || (isCode ? CONTEXT_USED : CONTEXT_IN_LIQUID).test(others);
}

/** In code and in CDATA, `<!--` begins no comment. */
function withoutXmlComments(text: string): string {
  if (beginsCode(text, 0)) return text;
  return text.replace(/(<!\[CDATA\[[^]*?(?:\]\]>|$))|<!--[^]*?(?:-->|$)/g, (_, data = "") => data as string);
}

/** The code without comments, and without the content of strings that cannot be `Authorization`. */
function withoutLiterals(code: string): string {
  return code.replace(LITERALS, (literal, interpolated?: string, verbatim?: string, quoted?: string) => {
    if (interpolated !== undefined) return literal;
    const text = verbatim ?? quoted;
    if (text === undefined) return " ";
    const isUnknown = /\\[ux]/.test(quoted ?? "") || text.includes("{{");
    return isUnknown || isAuthorization(text) ? '"Authorization"' : '"other"';
  });
}

function isAuthorization(name: string): boolean {
  return name.trim().toLowerCase() === "authorization";
}
