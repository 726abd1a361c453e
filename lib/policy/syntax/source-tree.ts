import { Fault, FaultAt, unwritable } from "./faults";
import { LatePlace } from "./late-place";
import { Place, SourcePosition } from "./place";

/** An attribute, as offsets in the text. References in the value are decoded, unless it is a raw expression. */
export interface SourceAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** An element and its place, as offsets in the text. */
export interface SourceElement {
  readonly name: string;
  readonly attributes: readonly SourceAttribute[];
  readonly children: readonly SourceElement[];
  readonly parent?: SourceElement;
  readonly start: number;
  /** After the `>` of the start tag. */
  readonly startTagEnd: number;
  /** Before the `</` of the end tag; after the element if it is self-closed. */
  readonly endTagStart: number;
  readonly end: number;
  readonly selfClosed: boolean;
}

/** A document as it was written, and its elements. */
export class SourceTree {
  private lineStarts?: number[];

  constructor(
    public readonly text: string,
    public readonly source: string,
    public readonly roots: readonly SourceElement[],
    /** Offsets of expressions whose code is broken. */
    private readonly doubtful: readonly number[] = [],
    /** What is no XML, except characters: `faults` looks for those only when it is read. */
    private readonly faulty: readonly FaultAt[] = [],
    /** The document that this one was reduced from; positions are those of the original. */
    private readonly origin?: { readonly tree: SourceTree; readonly offset: (offset: number) => number },
  ) {}

  /** Expressions whose code is broken; those of the original, if this document was reduced. */
  public get doubts(): readonly PlaceInTree[] {
    return this.origin ? this.origin.tree.doubts : this.doubtful.map((offset) => new PlaceInTree(this, offset));
  }

  /** What is no XML; that of the original, if this document was reduced. */
  public get faults(): readonly LocatedFault[] {
    if (this.origin) return this.origin.tree.faults;
    const written = this.faulty.map(({ fault, offset }) => new LocatedFault(this, fault, offset));
    return written.concat(unwritable(this.text).map((offset) => new LocatedFault(this, "character", offset)));
  }

  /** The same document for messages that name another source. */
  public named(source: string): SourceTree {
    return new SourceTree(this.text, source, this.roots, this.doubtful, this.faulty, this.origin);
  }

  public position(offset: number): SourcePosition {
    if (this.origin) return this.origin.tree.position(this.origin.offset(offset));
    return positionIn((this.lineStarts ??= lineStarts(this.text)), offset);
  }
}

/** An offset in a document as a place. */
class PlaceInTree extends LatePlace {
  constructor(
    private readonly tree: SourceTree,
    private readonly offset: number,
  ) {
    super();
  }

  /** A place alone has none. */
  public get name(): string {
    return "";
  }

  protected findPlace(): Place {
    return { source: this.tree.source, ...this.tree.position(this.offset) };
  }
}

/** What is no XML. */
export class LocatedFault extends PlaceInTree {
  constructor(
    tree: SourceTree,
    public readonly fault: Fault,
    offset: number,
  ) {
    super(tree, offset);
  }
}

/** Line and column of an offset in a text. */
export function positionOf(text: string, offset: number): SourcePosition {
  return positionIn(lineStarts(text), offset);
}

/** All elements in document order, without the content of those that are not entered. */
export function allElements(
  roots: readonly SourceElement[],
  isEntered: (element: SourceElement) => boolean = () => true,
): SourceElement[] {
  const found: SourceElement[] = [];
  visitElements(roots, (element) => {
    found.push(element);
    return isEntered(element);
  });
  return found;
}

/**
 * Visits elements in document order, and the content of those whose visit returns `true`. Not recursive, because a document may be as deep
 * as it is long.
 */
export function visitElements(roots: readonly SourceElement[], visit: (element: SourceElement) => boolean): void {
  const open = [{ list: roots, next: 0 }];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    if (level.next === level.list.length) {
      open.pop();
      continue;
    }
    const element = level.list[level.next++];
    if (visit(element) && element.children.length > 0) open.push({ list: element.children, next: 0 });
  }
}

export function attributeOf(element: SourceElement, name: string): string | undefined {
  const { attributes } = element;
  // An iterator for each of many elements takes as much memory as the elements.
  for (let index = 0; index < attributes.length; index++)
    if (attributes[index].name === name) return attributes[index].value;
  return undefined;
}

/** Whether a policy expression begins at the offset, after white space. */
export function beginsCode(text: string, offset: number): boolean {
  CODE.lastIndex = offset;
  return CODE.test(text);
}

const CODE = /\s*@[({]/y;

/** The texts before, between and after the children of an element, as offsets. Code is one text, also if it contains markup. */
export function textsOf(
  text: string,
  { children, startTagEnd, endTagStart }: SourceElement,
): { start: number; end: number }[] {
  if (children.length === 0 || beginsCode(text, startTagEnd)) return [{ start: startTagEnd, end: endTagStart }];
  const texts: { start: number; end: number }[] = [];
  let start = startTagEnd;
  children.forEach((child) => {
    if (start < child.start) texts.push({ start, end: child.start });
    start = child.end;
  });
  if (start < endTagStart) texts.push({ start, end: endTagStart });
  return texts;
}

/** The index of the last of the sorted numbers that is at most the value; 0 if there is none. */
export function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): number[] {
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  LINE_END.lastIndex = 0;
  while (LINE_END.test(text)) starts.push(LINE_END.lastIndex);
  return starts;
}

const LINE_END = /\r\n|\r|\n/g;

function positionIn(starts: number[], offset: number): SourcePosition {
  const line = lastAtMost(starts, offset);
  return { line: line + 1, column: Math.max(offset - starts[line], 0) + 1 };
}
