import { scan } from "./scanner";
import { SourceTree } from "./source-tree";

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
  const original = (offset: number): number => {
    let shifted = offset;
    for (const edit of ordered) {
      if (edit.start > shifted) break;
      shifted += edit.end - edit.start - edit.text.length;
    }
    return shifted;
  };
  const { text, roots } = scan(applyEdits(tree.text, ordered), tree.source);
  return new SourceTree(text, tree.source, roots, [], { tree, offset: original });
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start);
}
