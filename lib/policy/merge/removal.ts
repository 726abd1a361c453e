import { Edit, indentOf, newlineBefore } from "../syntax/edits";
import { isOwn, PREFIX } from "./statement-text";
import { attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";

/** No kind of a statement holds two hyphens in a row. */
const OPENED = `${PREFIX}self-closed--`;

/** Takes an element out, and with it the new line and the indentation before it: what was inserted with it. */
export function removal(tree: SourceTree, element: SourceElement): Edit {
  const indent = indentOf(tree.text, element.start) ?? "";
  const lineStart = element.start - indent.length;
  const newline = indentOf(tree.text, element.start) === undefined ? 0 : newlineBefore(tree.text, lineStart);
  return { start: lineStart - newline, end: element.end, text: "" };
}

/** Takes out what this library has put into the document, and nothing else. */
export function ownRemovals(tree: SourceTree): Edit[] {
  return tree.roots.flatMap((root) => root.children).flatMap((section) => sectionRemovals(tree, section));
}

function sectionRemovals(tree: SourceTree, section: SourceElement): Edit[] {
  const own = section.children.filter(isOwn);
  if (own.length === 0) return [];
  const removals = own.map((element) => removal(tree, element));
  return wasSelfClosed(tree, section, own, removals) ? [closeAgain(section)] : removals;
}

/**
 * A section that closed itself had to be opened to hold something. The id of our first element tells of it, which no text
 * of the user's can, so that taking everything out again gives back the very bytes, `<inbound />` or `<inbound/>`.
 */
export function markOpened([first, ...others]: readonly string[]): string[] {
  return [first.replace(` id="${PREFIX}`, ` id="${OPENED}`), ...others];
}

function wasSelfClosed(
  tree: SourceTree,
  section: SourceElement,
  own: readonly SourceElement[],
  removals: readonly Edit[],
): boolean {
  if (!own.some((element) => attributeOf(element, "id")?.startsWith(OPENED))) return false;
  let from = section.startTagEnd;
  for (const { start, end } of removals) {
    if (tree.text.slice(from, start).trim() !== "") return false;
    from = end;
  }
  return tree.text.slice(from, section.endTagStart).trim() === "";
}

function closeAgain(section: SourceElement): Edit {
  return { start: section.startTagEnd - 1, end: section.end, text: "/>" };
}
