import { Edit, indentOf, newlineBefore } from "../syntax/edits";
import { isInserted, PREFIX } from "./statement-text";
import { attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";

/** No kind of a statement has two hyphens in a row. */
const OPENED = `${PREFIX}self-closed--`;

/** Removes an element with the newline and the indentation before it, which were inserted with it. */
export function removal(tree: SourceTree, element: SourceElement): Edit {
  const indent = indentOf(tree.text, element.start) ?? "";
  const lineStart = element.start - indent.length;
  const newline = indentOf(tree.text, element.start) === undefined ? 0 : newlineBefore(tree.text, lineStart);
  return { start: lineStart - newline, end: element.end, text: "" };
}

/** Removes exactly what an earlier merge has inserted. */
export function insertedRemovals(tree: SourceTree): Edit[] {
  return tree.roots.flatMap((root) => root.children).flatMap((section) => sectionRemovals(tree, section));
}

function sectionRemovals(tree: SourceTree, section: SourceElement): Edit[] {
  const inserted = section.children.filter(isInserted);
  if (inserted.length === 0) return [];
  const removals = inserted.map((element) => removal(tree, element));
  return wasSelfClosed(tree, section, inserted, removals) ? [closeAgain(section)] : removals;
}

/**
 * A self-closed section must be opened to take an element. The id of the first inserted element records that, so that removing
 * everything restores the original bytes, `<inbound />` or `<inbound/>`.
 *
 * @see docs/design/decisions.md#self-closed-sections-come-back
 */
export function markOpened([first, ...others]: readonly string[]): string[] {
  return [first.replace(` id="${PREFIX}`, ` id="${OPENED}`), ...others];
}

function wasSelfClosed(
  tree: SourceTree,
  section: SourceElement,
  inserted: readonly SourceElement[],
  removals: readonly Edit[],
): boolean {
  if (!inserted.some((element) => attributeOf(element, "id")?.startsWith(OPENED))) return false;
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
