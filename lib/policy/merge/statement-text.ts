import { createHash } from "crypto";
import { withoutTokens } from "../../core/terraform-template";
import { PREFIX } from "../inserted";
import { elementsOf, inOrder, PolicySlot, StatementConfig, PolicySection } from "../statement";
import { allElements, SourceElement } from "../syntax/source-tree";
import { fail } from "../../core/fail";
import { locatedInStatement } from "../findings/located";

/** How lines are written where a statement is inserted. */
export interface Layout {
  readonly newline: string;
  /** White space before the statement. */
  readonly indent: string;
  /** White space that each level adds. */
  readonly unit: string;
}

/**
 * The elements of a statement as they are written into a document, each with an id by which a later merge finds it.
 *
 * @param document the user's text; a change of it changes the id of the gateway's token
 */
export function writeStatement(statement: StatementConfig, layout: Layout, document = ""): string[] {
  const around = statement.slot === PolicySlot.TOKEN ? document : "";
  return elementsOf(statement).map((element) => marked(statement, element, layout, around));
}

/**
 * The id has a hash of the content, because azurerm ignores changes of white space, even inside a string: the id makes every
 * change visible. The id of the gateway's token does so for the user's text.
 */
function marked(statement: StatementConfig, element: SourceElement, layout: Layout, around: string): string {
  const { name } = element;
  const hash = around === "" ? hashOf(statement, element) : contentHash(contentIn(statement, element), around);
  const rest = indented(statement.xml, element, layout).slice(1 + name.length);
  return `<${name} id="${PREFIX}${statement.kind}-${hash}"${rest}`;
}

/** Elements of statements that are constant are in many documents. */
const HASHES = new WeakMap<SourceElement, string>();

/** The hash of an element of a statement, computed once. */
export function hashOf(statement: StatementConfig, element: SourceElement): string {
  const hash = HASHES.get(element) ?? contentHash(contentIn(statement, element));
  HASHES.set(element, hash);
  return hash;
}

function contentIn({ xml }: StatementConfig, { start, end }: SourceElement): string {
  return xml.slice(start, end);
}

/** A hash of an element's content and of the text around it. */
export function contentHash(content: string, around = ""): string {
  const hash = createHash("sha256").update(withoutTokens(content));
  return hash.update(withoutTokens(around)).digest("hex").slice(0, 8);
}

/** An element of a document as its statement has written it: without its id, and in the layout of statements. */
export function contentOf(text: string, element: SourceElement, level = 1): string {
  const { name, children, startTagEnd, endTagStart } = element;
  const attributes = element.attributes.filter((attribute) => attribute.name !== "id");
  const tag = [name, ...attributes.map(({ start, end }) => text.slice(start, end))].join(" ");
  if (element.selfClosed) return `<${tag} />`;
  if (children.length === 0) return `<${tag}>${text.slice(startTagEnd, endTagStart)}</${name}>`;
  const lines = children.map((child) => "  ".repeat(level) + contentOf(text, child, level + 1));
  return [`<${tag}>`, ...lines, `${"  ".repeat(level - 1)}</${name}>`].join("\n");
}

/** Only white space between tags is rewritten. In texts and attributes it is content. */
function indented(xml: string, element: SourceElement, layout: Layout): string {
  const tags = allElements([element])
    .filter(({ children }) => children.length > 0)
    .flatMap(({ children, endTagStart }) => [...children.map((child) => child.start), endTagStart])
    .sort((a, b) => a - b);
  let written = "";
  let from = element.start;
  for (const tag of tags) {
    const part = xml.slice(from, tag);
    const space = />\r?\n( *)$/.exec(part);
    written += space ? part.slice(0, space.index + 1) + lineBreak(layout, space[1].length / 2) : part;
    from = tag;
  }
  return written + xml.slice(from, element.end);
}

/** Empty in a section that is written on one line. */
function lineBreak({ newline, indent, unit }: Layout, level: number): string {
  return newline + indent + unit.repeat(level);
}

const LAYOUT = { newline: "\n", indent: "    ", unit: "  " };

/**
 * The statements as the policy of one operation. In the inbound section they come before `<base />`, where the policy of the API
 * runs: after it the request carries the gateway's token instead of the consumer's.
 *
 * @see docs/design/decisions.md#operation-statements-before-base
 */
export function operationText(statements: readonly StatementConfig[]): string {
  const sections = Object.values(PolicySection).flatMap((section) => [
    `  <${section}>`,
    ...sectionContent(section, statements).map((element) => `    ${element}`),
    `  </${section}>`,
  ]);
  return ["<policies>", ...sections, "</policies>"].join("\n");
}

function sectionContent(section: PolicySection, statements: readonly StatementConfig[]): string[] {
  const ofSection = inOrder(statements).filter((statement) => statement.section === section);
  const written = ofSection.flatMap((statement) => writeStatement(statement, LAYOUT));
  if (section === PolicySection.INBOUND) return [...written, "<base />"];
  // The backend section accepts one policy.
  if (section === PolicySection.BACKEND && written.length > 0) return written;
  return ["<base />", ...written];
}

/** The statements as a policy fragment, which is included in the inbound section after `<base />`. */
export function fragmentText(statements: readonly StatementConfig[]): string {
  statements.forEach(checkInFragment);
  const layout = { newline: "\n", indent: "  ", unit: "  " };
  const written = inOrder(statements).flatMap((statement) => writeStatement(statement, layout));
  return ["<fragment>", ...written.map((element) => `  ${element}`), "</fragment>"].join("\n");
}

function checkInFragment(statement: StatementConfig): void {
  const { section, slot, kind } = statement;
  if (section !== PolicySection.INBOUND || slot === PolicySlot.CORS)
    fail(
      `statement ${kind}`,
      "not-in-fragment",
      `The statement "${kind}" cannot be in a policy fragment, which is included in the inbound section after <base />.`,
      "Write it in the policy that includes the fragment.",
    );
  if (locatedInStatement(statement).some(({ element }) => element.name === "include-fragment"))
    fail(
      `statement ${kind}`,
      "fragment-in-fragment",
      `The statement "${kind}" includes a policy fragment, but a fragment cannot include another one.`,
      "Write it in the policy that includes the fragment.",
    );
}
