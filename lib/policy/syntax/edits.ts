import { scan } from "./scanner";
import { lastAtMost, SourceTree } from "./source-tree";

/** A part of a text and what stands there instead; an insertion has an empty part. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with edits made; those at the same place in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let written = "";
  let from = 0;
  for (const edit of inOrder(edits)) {
    written += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return written + text.slice(from);
}

/** The document after some of it was taken out. Its positions are still those of the document as it was. */
export function reduced(tree: SourceTree, edits: readonly Edit[]): SourceTree {
  if (edits.length === 0) return tree;
  const ordered = inOrder(edits);
  const starts = [0];
  const shifts = [0];
  for (const { start, end, text } of ordered) {
    const before = shifts[shifts.length - 1];
    starts.push(start - before);
    shifts.push(before + end - start - text.length);
  }
  const original = (offset: number): number => offset + shifts[lastAtMost(starts, offset)];
  const { text, roots } = scan(applyEdits(tree.text, ordered), tree.source);
  return new SourceTree(text, tree.source, roots, [], { tree, offset: original });
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start);
}

/** The white space before an offset that nothing else stands before on its line; `undefined` where something does. */
export function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  const beginsLine = start === 0 || newlineBefore(text, start) > 0 || (start === 1 && text[0] === "\uFEFF");
  return beginsLine ? text.slice(start, offset) : undefined;
}

/** How many characters the newline before an offset has; 0 where there is none. */
export function newlineBefore(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return text[offset - 2] === "\r" ? 2 : 1;
  return text[offset - 1] === "\r" ? 1 : 0;
}
