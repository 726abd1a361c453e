import { OPENED, PREFIX } from "../inserted";
import { Edit, indentOf, newlineBefore } from "../syntax/edits";
import { attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";

/** Removes an element with the newline and the indentation before it, which were inserted with it. */
export function removal({ text }: SourceTree, { start, end }: SourceElement): Edit {
  const indent = indentOf(text, start);
  if (indent === undefined) return { start, end, text: "" };
  const lineStart = start - indent.length;
  return { start: lineStart - newlineBefore(text, lineStart), end, text: "" };
}

/** Removes inserted elements from the sections of a document. */
export function removals(tree: SourceTree, elements: ReadonlySet<SourceElement>): Edit[] {
  if (elements.size === 0) return [];
  return tree.roots.flatMap((root) => root.children).flatMap((section) => sectionRemovals(tree, section, elements));
}

function sectionRemovals(tree: SourceTree, section: SourceElement, elements: ReadonlySet<SourceElement>): Edit[] {
  const inserted = section.children.filter((child) => elements.has(child));
  const edits = inserted.map((element) => removal(tree, element));
  const opened = inserted.some((element) => attributeOf(element, "id")!.startsWith(OPENED));
  return opened && isBlankAfter(tree, section, edits) ? [closeAgain(section)] : edits;
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

function isBlankAfter({ text }: SourceTree, section: SourceElement, edits: readonly Edit[]): boolean {
  const starts = [section.startTagEnd, ...edits.map(({ end }) => end)];
  const ends = [...edits.map(({ start }) => start), section.endTagStart];
  return starts.every((start, index) => text.slice(start, ends[index]).trim() === "");
}

function closeAgain(section: SourceElement): Edit {
  return { start: section.startTagEnd - 1, end: section.end, text: "/>" };
}
