import type { FaultAt } from "./faults";
import type { SourceElement } from "./source-tree";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** An element while it is read. */
export interface OpenElement extends Writable<Omit<SourceElement, "parent" | "children">> {
  parent?: OpenElement;
  children: OpenElement[];
}

/** What was read before an offset at which a tag, a text or the like begins. */
export interface Progress {
  readonly offset: number;
  readonly found: readonly OpenElement[];
  /** The elements that were open, from the outermost one, and how many children each had. */
  readonly open: readonly { readonly element: OpenElement; readonly children: number }[];
  readonly faults: readonly FaultAt[];
}

/** Nothing was read yet. */
export const BEGINNING: Progress = { offset: 0, found: [], open: [], faults: [] };

/** Copies of open elements, which take their places in the lists of elements that they were found in. */
export function reopened(open: Progress["open"], found: OpenElement[]): OpenElement[] {
  let siblings = found;
  let parent: OpenElement | undefined;
  return open.map(({ element, children }) => {
    const copy: OpenElement = { ...element, parent, children: element.children.slice(0, children) };
    adopt(copy);
    siblings[siblings.length - 1] = copy;
    siblings = copy.children;
    parent = copy;
    return copy;
  });
}

/** Makes an element the parent of its children, which may belong to a copy of it. */
export function adopt(parent: OpenElement): void {
  for (const child of parent.children) child.parent = parent;
}
