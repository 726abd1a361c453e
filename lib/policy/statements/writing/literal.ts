import { fail } from "../../../core/fail";
import { ATTRIBUTE_ENTITIES, Entities, escapeXml, TEXT_ENTITIES } from "./xml";
import { requireText } from "../../../core/given";
import { checkedByTerraform, textPart, wholeText } from "./terraform-value";

/** Exactly what cdktf takes for a token. All other text is escaped here. */
const TOKEN = /\$\{TfToken\[[A-Za-z0-9:._-]+\]\}/g;
const ONE_TOKEN = new RegExp(`^${TOKEN.source}$`);
const CODE = /@[({]/;
const NAMED_VALUE = /\{\{|\}\}/;
const UNWRITABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u;

/** The text, checked: API Management takes it neither for code nor for a named value, and XML keeps all of it. */
export function checkLiteral(call: string, what: string, text: string): string {
  requireText(call, what.replace(/^(?:The|An) /, ""), text, "a string");
  const known = replaceTokens(text, "");
  if (known.includes("{TfToken["))
    fail(
      call,
      "list-token-in-text",
      `${what} contains an entry of a list that only Terraform knows, which cdktf cannot write.`,
      "Write Fn.element(list, 0) instead of list[0].",
    );
  if (text.trim() === "")
    fail(
      call,
      "blank-literal",
      `${what} is ${JSON.stringify(text)}. The effect of an empty value in API Management is not documented.`,
      "Write another text. To remove a header or a query parameter, use PolicyStatement.removeHeader or PolicyStatement.removeQueryParameter.",
    );
  if (UNWRITABLE.test(known))
    fail(
      call,
      "unprintable-literal",
      `${what} ${JSON.stringify(text)} contains a line break or another character that a policy does not keep.`,
      "Write it on one line, in printable characters.",
    );
  if (text.trim() !== text)
    fail(
      call,
      "literal-with-outer-space",
      `${what} "${text}" begins or ends with white space, which a policy does not keep.`,
      `Write "${text.trim()}".`,
    );
  checkOutline(call, what, text);
  // A Terraform value contains no brace, but it can be empty or begin with a bracket.
  const joined = [known, replaceTokens(text, "(")];
  if (joined.some((each) => CODE.test(each) || NAMED_VALUE.test(each)))
    fail(
      call,
      "terraform-value-beside-markup",
      `${what} contains a value that only Terraform knows, next to "@", "{" or "}". Together they can become code or a named value.`,
      'Put another character between the value and the "@", "{" or "}", or write only the value.',
    );
  return text;
}

/** Only `PolicyValue.literal` has factories for code and named values beside it. */
function checkOutline(call: string, what: string, text: string): void {
  const outline = replaceTokens(text, "t");
  const alternatives = call === "PolicyValue.literal";
  const plain = 'Write another text, or the whole statement as XML: PolicyStatement.raw(PolicySection.INBOUND, "...").';
  if (CODE.test(outline))
    fail(
      call,
      "code-in-literal",
      `${what} "${text}" contains "@(" or "@{", which API Management may run as code.`,
      alternatives
        ? 'For code, write PolicyValue.expression("..."), without @( and ). Otherwise, write another text.'
        : plain,
    );
  if (NAMED_VALUE.test(outline))
    fail(
      call,
      "named-value-in-literal",
      `${what} "${text}" contains "{{" or "}}", which API Management replaces with a named value.`,
      alternatives ? 'For a named value, write PolicyValue.namedValue("name"). Otherwise, write another text.' : plain,
    );
}

/** The literal, escaped for an attribute in double quotes. */
export function literalAttribute(what: string, text: string): string {
  return escapeTokens(what, escapeXml(text, ATTRIBUTE_ENTITIES));
}

/** The literal, escaped for text between tags. */
export function literalText(what: string, text: string): string {
  return escapeTokens(what, escapeXml(text, TEXT_ENTITIES), TEXT_ENTITIES);
}

/** XML in which only the Terraform values are escaped, by default for text and for attributes in double quotes. */
export function escapeTokens(what: string, xml: string, entities: Entities = ATTRIBUTE_ENTITIES): string {
  return xml.replace(TOKEN, (token, offset: number) => {
    const [before = ">", after = "<"] = [xml[offset - 1], xml[offset + token.length]];
    const isWhole = /[>"']/.test(before) && /[<"']/.test(after);
    return checkedByTerraform(what, token, isWhole ? wholeText(entities) : textPart(entities));
  });
}

/** The text with a stand-in for every Terraform value. */
export function replaceTokens(text: string, standIn: string): string {
  return text.replace(TOKEN, () => standIn);
}

/** Whether the text is one Terraform value and nothing else. */
export function isOneToken(text: string): boolean {
  return ONE_TOKEN.test(text);
}
