import { createHash } from "crypto";
import { withoutTokens } from "../../core/terraform-template";
import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { scan } from "../syntax/scanner";
import { allElements, attributeOf, SourceElement } from "../syntax/source-tree";
import { fail } from "../../core/fail";

/** With what every id begins that this library gives. */
export const PREFIX = "secure-apim-backend-";
const OWN_ID = new RegExp(`^${PREFIX}[a-z0-9-]+-[0-9a-f]{8}$`);
const KIND = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** How lines are written in the place where a statement goes. */
export interface Layout {
  readonly newline: string;
  /** White space before the statement. */
  readonly indent: string;
  /** White space that each level adds. */
  readonly unit: string;
}

/** Whether an element was put into the document by this library. */
export function isOwn(element: SourceElement): boolean {
  return OWN_ID.test(attributeOf(element, "id") ?? "");
}

/** The elements of a statement, read; refuses what could not be found and taken out again later. */
export function statementElements(statement: PolicyStatementConfig): readonly SourceElement[] {
  if (!KIND.test(statement.kind))
    fail(
      undefined,
      "invalid-kind",
      `The kind "${statement.kind}" of a policy statement cannot be part of an id. Write it in kebab-case, such as "set-header".`,
    );
  const { text, roots } = scan(statement.xml, `statement ${statement.kind}`);
  if (roots.length === 0)
    fail(
      `statement ${statement.kind}`,
      "empty-statement",
      'The policy statement has no element. Write at least one, such as <set-header name="..." ... />.',
    );
  if (statement.section === PolicySection.BACKEND && roots.length > 1)
    fail(
      `statement ${statement.kind}`,
      "several-in-backend",
      "API Management accepts one element in the section <backend>, and the policy statement has several. Write one, with the others in it, such as <retry>.",
    );
  let end = 0;
  for (const root of roots) {
    if (text.slice(end, root.start).trim() !== "") textBesideStatement(statement.kind);
    if (attributeOf(root, "id") !== undefined)
      fail(
        `statement ${statement.kind}`,
        "statement-with-id",
        `The element <${root.name}> has an id of its own, and gets one by which it is found again. Remove the attribute id.`,
      );
    end = root.end;
  }
  if (text.slice(end).trim() !== "") textBesideStatement(statement.kind);
  return roots;
}

/**
 * The elements of a statement as they are written into a document, each under an id by which it is found again.
 *
 * @param document the user's text, a change of which is to be seen in the id of the gateway's token
 */
export function writeStatement(statement: PolicyStatementConfig, layout: Layout, document = ""): string[] {
  const around = statement.slot === PolicySlot.TOKEN ? document : "";
  return statementElements(statement).map((element) => marked(statement, element, layout, around));
}

/**
 * The id holds a hash of the content, since azurerm plans no change of white space alone, not even within a string: with the
 * id the change is one of content. That of the gateway's token stands for the user's text as well.
 */
function marked(statement: PolicyStatementConfig, element: SourceElement, layout: Layout, around: string): string {
  const { start, end, name } = element;
  const hash = createHash("sha256")
    .update(withoutTokens(statement.xml.slice(start, end)))
    .update(withoutTokens(around))
    .digest("hex")
    .slice(0, 8);
  const rest = indented(statement.xml, element, layout).slice(1 + name.length);
  return `<${name} id="${PREFIX}${statement.kind}-${hash}"${rest}`;
}

/** Only the space between tags is rewritten: elsewhere, in texts and attributes, it is content. */
function indented(xml: string, element: SourceElement, layout: Layout): string {
  const tags = allElements([element])
    .filter(({ children }) => children.length > 0)
    .flatMap(({ children, endTagStart }) => [...children.map((child) => child.start), endTagStart])
    .sort((a, b) => a - b);
  let written = "";
  let from = element.start;
  for (const tag of tags) {
    const [, before, spaces] = /^([^]*?)\r?\n([ ]*)$/.exec(xml.slice(from, tag)) ?? [];
    const betweenTags = before?.endsWith(">");
    written += betweenTags ? before + lineBreak(layout, spaces.length / 2) : xml.slice(from, tag);
    from = tag;
  }
  return written + xml.slice(from, element.end);
}

/** None in a section that is written on one line. */
function lineBreak({ newline, indent, unit }: Layout, level: number): string {
  return newline === "" ? "" : newline + indent + unit.repeat(level);
}
// What statements may not be

export function textBesideStatement(kind: string): never {
  fail(
    `statement ${kind}`,
    "text-beside-statement",
    "The policy statement has text or a comment beside its elements, which could not be found again to be removed. Write it within an element.",
  );
}
