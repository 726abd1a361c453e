/** A line and a column of a document, both counted from 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** An attribute where it stands; the value has its references decoded, unless it is a raw expression. */
export interface SourceAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** An element where it stands. Offsets are those of the text. */
export interface SourceElement {
  readonly name: string;
  readonly attributes: readonly SourceAttribute[];
  readonly children: readonly SourceElement[];
  readonly parent?: SourceElement;
  readonly start: number;
  /** After the `>` of the start tag. */
  readonly startTagEnd: number;
  /** Before the `</` of the end tag; after the element where it closes itself. */
  readonly endTagStart: number;
  readonly end: number;
  readonly selfClosed: boolean;
}

/** A document as it was written, with what stands where. */
export class SourceTree {
  private lineStarts?: number[];

  constructor(
    public readonly text: string,
    /** The file, or what else to call the document in messages. */
    public readonly source: string,
    public readonly roots: readonly SourceElement[],
    /** Offsets of expressions whose code is broken in itself. */
    private readonly doubtful: readonly number[] = [],
    /** Where the document came from by taking something out; positions are then those of the whole. */
    private readonly origin?: { readonly tree: SourceTree; readonly offset: (offset: number) => number },
  ) {}

  /** Expressions whose code is broken in itself; those of the whole, where something was taken out. */
  public get doubts(): readonly SourcePosition[] {
    return this.origin ? this.origin.tree.doubts : this.doubtful.map((offset) => this.position(offset));
  }

  public position(offset: number): SourcePosition {
    if (this.origin) return this.origin.tree.position(this.origin.offset(offset));
    this.lineStarts ??= lineStarts(this.text);
    return positionIn(this.lineStarts, offset);
  }
}

/** Line and column of an offset in a text that could not be read as a tree. */
export function positionOf(text: string, offset: number): SourcePosition {
  return positionIn(lineStarts(text), offset);
}

/** All elements in the order of writing. Without recursion, since documents may nest as deep as they are long. */
export function allElements(roots: readonly SourceElement[]): SourceElement[] {
  const found: SourceElement[] = [];
  const waiting = [...roots].reverse();
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    found.push(element);
    for (let child = element.children.length - 1; child >= 0; child--) waiting.push(element.children[child]);
  }
  return found;
}

export function attributeOf(element: SourceElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}

/** The index of the last of the sorted numbers that is not beyond the value; of the first, where all are. */
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
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function positionIn(starts: number[], offset: number): SourcePosition {
  const line = lastAtMost(starts, offset);
  return { line: line + 1, column: Math.max(offset - starts[line], 0) + 1 };
}
