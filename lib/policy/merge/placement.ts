import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { Edit, indentOf } from "../syntax/edits";
import { TOKEN_VALIDATIONS } from "./located";
import { markOpened } from "./removal";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { Layout, writeStatement } from "./statement-text";

/** Where the statements of a section go, in the order of writing. */
export interface Placement {
  readonly section: SourceElement;
  readonly offset: number;
  readonly statements: readonly PolicyStatementConfig[];
}

/** In the inbound section: from the request's arrival to its leaving. */
export const SLOTS = [
  PolicySlot.CORS,
  PolicySlot.ACCESS,
  PolicySlot.VALIDATION,
  PolicySlot.CALLER_IDENTITY,
  PolicySlot.USER,
  PolicySlot.CLEANUP,
  PolicySlot.ROUTING,
  PolicySlot.TOKEN,
];

/** The places in one section at which statements are inserted. What the user wrote stays between them, in its order. */
export function placements(
  tree: SourceTree,
  section: SourceElement,
  statements: readonly PolicyStatementConfig[],
): Placement[] {
  const end = endOfContent(tree, section);
  if (section.name !== PolicySection.INBOUND) return [{ section, offset: end, statements }];

  const start = afterComments(tree, section.startTagEnd);
  const inSlots = (slots: PolicySlot[]): PolicyStatementConfig[] =>
    slots.flatMap((slot) => statements.filter((statement) => statement.slot === slot));
  const validation = afterBase(tree, section) ?? start;
  const identity = Math.max(validation, afterValidation(tree, section));
  const places = [
    { section, offset: start, statements: inSlots([PolicySlot.CORS]) },
    { section, offset: afterLeadingCors(tree, section) ?? start, statements: inSlots([PolicySlot.ACCESS]) },
    { section, offset: validation, statements: inSlots([PolicySlot.VALIDATION]) },
    { section, offset: identity, statements: inSlots([PolicySlot.CALLER_IDENTITY]) },
    { section, offset: end, statements: inSlots(SLOTS.slice(SLOTS.indexOf(PolicySlot.USER))) },
  ];
  return joined(places.filter((place) => place.statements.length > 0));
}

/** Places at one offset are one place, so that their order is that of the list. */
function joined(places: readonly Placement[]): Placement[] {
  return places.reduce<Placement[]>((before, place) => {
    const last = before.at(-1);
    if (last?.offset !== place.offset) return [...before, place];
    return [...before.slice(0, -1), { ...last, statements: [...last.statements, ...place.statements] }];
  }, []);
}

function afterLeadingCors(tree: SourceTree, { children }: SourceElement): number | undefined {
  return children[0]?.name === "cors" ? afterComments(tree, children[0].end) : undefined;
}

/** What a token says can be passed on only once the document has validated it; 0 where it does not. */
function afterValidation(tree: SourceTree, { children }: SourceElement): number {
  const last = children.filter(({ name }) => TOKEN_VALIDATIONS.has(name)).at(-1);
  return last ? afterComments(tree, last.end) : 0;
}

/** The edits that write the statements, in the newline style and with the indentation of what stands there. */
export function insertions(tree: SourceTree, places: readonly Placement[]): Edit[] {
  const opened = places.filter(({ section }) => section.selfClosed);
  const open = places.filter(({ section }) => !section.selfClosed);
  const sections = [...new Set(opened.map(({ section }) => section))];
  return [
    ...open.map(({ section, offset, statements }) => {
      const layout = layoutAt(tree, section, offset);
      return { start: offset, end: offset, text: written(elementsOf(tree, statements, layout), layout) };
    }),
    ...sections.map((section) => {
      const own = opened.filter((place) => place.section === section).flatMap(({ statements }) => statements);
      return openedUp(tree, section, own);
    }),
  ];
}

function elementsOf(tree: SourceTree, statements: readonly PolicyStatementConfig[], layout: Layout): string[] {
  return statements.flatMap((statement) => writeStatement(statement, layout, tree.text));
}

function written(elements: readonly string[], layout: Layout): string {
  return elements.map((element) => layout.newline + layout.indent + element).join("");
}

/** The one place where a byte of the user's gives way: the `/` of `<inbound />`. Taking our elements out brings it back. */
function openedUp(tree: SourceTree, section: SourceElement, statements: readonly PolicyStatementConfig[]): Edit {
  const own = indentOf(tree.text, section.start);
  const layout =
    own === undefined
      ? { newline: "", indent: "", unit: "" }
      : {
          newline: newlineAt(tree.text, section.start),
          indent: own + unitOf(tree, section, own),
          unit: unitOf(tree, section, own),
        };
  const end = own === undefined ? "" : layout.newline + own;
  return {
    start: section.startTagEnd - 2,
    end: section.startTagEnd,
    text: `>${written(markOpened(elementsOf(tree, statements, layout)), layout)}${end}</${section.name}>`,
  };
}

/** After `<base />`, or after a `cors` that follows it; without `<base />`, after a `cors` that comes first. */
function afterBase(tree: SourceTree, section: SourceElement): number | undefined {
  const { children } = section;
  const base = children.findIndex(({ name }) => name === "base");
  const cors = children[base + 1]?.name === "cors" ? children[base + 1] : undefined;
  const anchor = cors ?? children[base];
  return anchor && afterComments(tree, anchor.end);
}

/** Comments that end the line belong to what stands before them. */
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

/** Where the section is written on one line, so is what is inserted. */
function layoutAt(tree: SourceTree, section: SourceElement, offset: number): Layout {
  const inner = tree.text.slice(section.startTagEnd, section.endTagStart);
  if (!/[\r\n]/.test(inner)) return { newline: "", indent: "", unit: "" };
  const own = indentOf(tree.text, section.start) ?? indentOf(tree.text, section.endTagStart) ?? "";
  const unit = unitOf(tree, section, own);
  return { newline: newlineAt(tree.text, offset), indent: childIndent(tree, section, offset) ?? own + unit, unit };
}

/** That of the nearest sibling before, else of the first one. */
function childIndent(tree: SourceTree, section: SourceElement, offset: number): string | undefined {
  const indents = section.children.map((child) => ({ child, indent: indentOf(tree.text, child.start) }));
  const onOwnLine = indents.filter(({ indent }) => indent !== undefined);
  const before = onOwnLine.filter(({ child }) => child.start < offset).at(-1);
  return (before ?? onOwnLine[0])?.indent;
}

/** What one level adds: children against their section, else the section against its parent. */
function unitOf(tree: SourceTree, section: SourceElement, own: string): string {
  const child = section.children.map(({ start }) => indentOf(tree.text, start)).find((indent) => indent !== undefined);
  if (child?.startsWith(own) && child !== own) return child.slice(own.length);
  const parent = section.parent && indentOf(tree.text, section.parent.start);
  if (parent !== undefined && own.startsWith(parent) && own !== parent) return own.slice(parent.length);
  return own.includes("\t") ? "\t" : "    ";
}

/** The newline that ends the line, else the one before it. */
function newlineAt(text: string, offset: number): string {
  const next = /\r\n|\r|\n/g;
  next.lastIndex = offset;
  return (next.exec(text) ?? /\r\n|\r|\n/.exec(text))?.[0] ?? "\n";
}
