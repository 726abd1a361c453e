import { Edit } from "./edits";
import { indentOf, newlineBefore } from "./indent";
import { isOwn } from "./statement-text";
import { SourceElement, SourceTree } from "./source-tree";

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
  return wasSelfClosed(tree, section, removals) ? [closeAgain(section)] : removals;
}

/**
 * A section that closed itself had to be opened to hold something. Its end tag is then written with a space, `</inbound >`,
 * as nobody else writes it, so that taking everything out again gives back the very bytes, `<inbound />` or `<inbound/>`.
 */
export function endTagOfOpened(section: SourceElement): string {
  return `</${section.name} >`;
}

function wasSelfClosed(tree: SourceTree, section: SourceElement, removals: readonly Edit[]): boolean {
  if (tree.text.slice(section.endTagStart, section.end) !== endTagOfOpened(section)) return false;
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
