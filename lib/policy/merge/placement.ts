import { inOrder, PolicySection, PolicySlot, StatementConfig } from "../statement";
import { Edit, indentOf } from "../syntax/edits";
import { TOKEN_VALIDATIONS } from "../findings/effects";
import { markOpened } from "./removal";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { Layout, writeStatement } from "./statement-text";

/** A place in a section, and the statements to insert there, in their order. */
export interface Placement {
  readonly section: SourceElement;
  readonly offset: number;
  readonly statements: readonly StatementConfig[];
}

const ON_ONE_LINE: Layout = { newline: "", indent: "", unit: "" };

/** The places in a section where statements are inserted. The user's policies stay between them, in their order. */
export function placements(
  tree: SourceTree,
  section: SourceElement,
  statements: readonly StatementConfig[],
): Placement[] {
  const end = endOfContent(tree, section);
  if (section.name !== PolicySection.INBOUND) return [{ section, offset: end, statements }];
  if (section.selfClosed) return [{ section, offset: end, statements: inOrder(statements) }];

  const start = afterComments(tree, section.startTagEnd);
  const { CORS, ACCESS, VALIDATION, CALLER_IDENTITY, USER, CLEANUP, ROUTING, TOKEN } = PolicySlot;
  const validation = afterBase(tree, section) ?? start;
  const places: [offset: number, ...PolicySlot[]][] = [
    [start, CORS],
    [afterLeadingCors(tree, section) ?? start, ACCESS],
    [validation, VALIDATION],
    [Math.max(validation, afterValidation(tree, section)), CALLER_IDENTITY],
    [end, USER, CLEANUP, ROUTING, TOKEN],
  ];
  const found = new Map<number, StatementConfig[]>();
  for (const [offset, ...slots] of places) {
    const here = inOrder(statements).filter(({ slot }) => slots.includes(slot));
    if (here.length > 0) found.set(offset, [...(found.get(offset) ?? []), ...here]);
  }
  return [...found].map(([offset, here]) => ({ section, offset, statements: here }));
}

function afterLeadingCors(tree: SourceTree, { children }: SourceElement): number | undefined {
  return children[0]?.name === "cors" ? afterComments(tree, children[0].end) : undefined;
}

/** The identity of a caller may be forwarded only after the document's validation; 0 if there is none. */
function afterValidation(tree: SourceTree, { children }: SourceElement): number {
  const last = children.filter(({ name }) => TOKEN_VALIDATIONS.has(name)).at(-1);
  return last ? afterComments(tree, last.end) : 0;
}

/** The edits that write the statements, with the newlines and the indentation of the text around them. */
export function insertions(tree: SourceTree, places: readonly Placement[]): Edit[] {
  return places.map((place) => {
    const { section, offset, statements } = place;
    if (section.selfClosed) return openedUp(tree, place);
    const layout = layoutAt(tree, section, offset);
    return { start: offset, end: offset, text: written(writtenElements(tree, statements, layout), layout) };
  });
}

function writtenElements(tree: SourceTree, statements: readonly StatementConfig[], layout: Layout): string[] {
  return statements.flatMap((statement) => writeStatement(statement, layout, tree.text));
}

function written(elements: readonly string[], { newline, indent }: Layout): string {
  return elements.map((element) => newline + indent + element).join("");
}

/** The only edit that replaces a byte of the user's text: the `/` of `<inbound />`. Removing the elements restores it. */
function openedUp(tree: SourceTree, { section, offset, statements }: Placement): Edit {
  const outer = indentOf(tree.text, section.start);
  const layout = outer === undefined ? ON_ONE_LINE : layoutIn(tree, section, outer);
  const elements = markOpened(writtenElements(tree, statements, layout));
  const end = layout.newline + (outer ?? "");
  return { start: offset - 2, end: offset, text: `>${written(elements, layout)}${end}</${section.name}>` };
}

/** The layout of what is in a section that begins a line. */
function layoutIn(tree: SourceTree, section: SourceElement, outer: string): Layout {
  const unit = unitOf(tree, section, outer);
  return { newline: newlineAt(tree.text, section.start), indent: outer + unit, unit };
}

/** After `<base />`, or after a `cors` that follows it. Without `<base />`, after a leading `cors`. */
function afterBase(tree: SourceTree, section: SourceElement): number | undefined {
  const { children } = section;
  const base = children.findIndex(({ name }) => name === "base");
  const cors = children[base + 1]?.name === "cors" ? children[base + 1] : undefined;
  const anchor = cors ?? children[base];
  return anchor && afterComments(tree, anchor.end);
}

/** Comments at the end of the line belong to what is before them. */
function afterComments({ text }: SourceTree, offset: number): number {
  for (let end = offset; ;) {
    while (text[end] === " " || text[end] === "\t") end++;
    if (text[end] === "\n" || text[end] === "\r") return afterSpace(text, end);
    const close = text.startsWith("<!--", end) ? text.indexOf("-->", end + 4) : -1;
    if (close < 0 || /[\r\n]/.test(text.slice(end, close))) return offset;
    end = close + 3;
  }
}

function afterSpace(text: string, lineEnd: number): number {
  let end = lineEnd;
  while (text[end - 1] === " " || text[end - 1] === "\t") end--;
  return end;
}

function endOfContent(tree: SourceTree, section: SourceElement): number {
  return section.startTagEnd + tree.text.slice(section.startTagEnd, section.endTagStart).trimEnd().length;
}

/** In a section that is written on one line, statements are inserted on the same line. */
function layoutAt(tree: SourceTree, section: SourceElement, offset: number): Layout {
  const inner = tree.text.slice(section.startTagEnd, section.endTagStart);
  if (!/[\r\n]/.test(inner)) return ON_ONE_LINE;
  const outer = indentOf(tree.text, section.start) ?? indentOf(tree.text, section.endTagStart) ?? "";
  const unit = unitOf(tree, section, outer);
  return { newline: newlineAt(tree.text, offset), indent: childIndent(tree, section, offset) ?? outer + unit, unit };
}

/** The indentation of the nearest sibling before the offset, or else of the first one. */
function childIndent(tree: SourceTree, section: SourceElement, offset: number): string | undefined {
  const { children } = section;
  const beginsLine = ({ start }: SourceElement): boolean => indentOf(tree.text, start) !== undefined;
  const after = children.findIndex(({ start }) => start >= offset);
  const before = after < 0 ? [...children] : children.slice(0, after);
  const sibling = before.reverse().find(beginsLine) ?? children.find(beginsLine);
  return sibling && indentOf(tree.text, sibling.start);
}

/** What one level adds: children compared to their section, or else the section compared to its parent. */
function unitOf(tree: SourceTree, section: SourceElement, outer: string): string {
  const first = section.children.find(({ start }) => indentOf(tree.text, start) !== undefined);
  const child = first && indentOf(tree.text, first.start);
  if (child?.startsWith(outer) && child !== outer) return child.slice(outer.length);
  const parent = (section.parent && indentOf(tree.text, section.parent.start)) ?? outer;
  if (outer.startsWith(parent) && outer !== parent) return outer.slice(parent.length);
  return outer.includes("\t") ? "\t" : "    ";
}

/** The newline at the end of the line, or else the first one of the text, which has several lines. */
function newlineAt(text: string, offset: number): string {
  const next = /\r\n|\r|\n/g;
  next.lastIndex = offset;
  const [newline] = (next.exec(text) ?? /\r\n|\r|\n/.exec(text))!;
  return newline;
}
