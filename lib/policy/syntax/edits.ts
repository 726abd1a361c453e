import { tryScan } from "./scanner";
import { lastAtMost, SourceTree } from "./source-tree";

/** A part of a text and its replacement. An insertion replaces an empty part. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A part of an edited text. */
export interface EditedPart {
  readonly text: string;
  /** Whether an edit has written it. */
  readonly isEdit: boolean;
}

/** The text after the edits, in its parts. Edits at the same place keep their order. */
export function editedParts(text: string, edits: readonly Edit[]): EditedPart[] {
  const parts: EditedPart[] = [];
  let from = 0;
  for (const edit of inOrder(edits)) {
    parts.push({ text: text.slice(from, edit.start), isEdit: false }, { text: edit.text, isEdit: true });
    from = edit.end;
  }
  return [...parts, { text: text.slice(from), isEdit: false }];
}

/** The text after the edits. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return editedParts(text, edits)
    .map((part) => part.text)
    .join("");
}

/** The document after the removals, with the positions of the original; `undefined` if it is no longer readable. */
export function reduced(tree: SourceTree, edits: readonly Edit[]): SourceTree | undefined {
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
  const rest = tryScan(applyEdits(tree.text, ordered), tree.source);
  return rest && new SourceTree(rest.text, tree.source, rest.roots, [], [], { tree, offset: original });
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start);
}

/** The white space between the start of the line and the offset; `undefined` if there is anything else. */
export function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  const beginsLine = start === 0 || newlineBefore(text, start) > 0 || (start === 1 && text[0] === "\uFEFF");
  return beginsLine ? text.slice(start, offset) : undefined;
}

/** The length of the newline before an offset; 0 if there is none. */
export function newlineBefore(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return text[offset - 2] === "\r" ? 2 : 1;
  return text[offset - 1] === "\r" ? 1 : 0;
}
