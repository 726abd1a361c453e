import { Trail } from "./json";

/** Where a key, or the index of a list, leads to: the nodes of the key and of its value. */
interface Step {
  readonly key: number;
  readonly value: number;
}

/**
 * Where the parts of a text are. A node is a key, a value, or an element of a list; a key and its value are nodes beside each other. A
 * reader of the text says where each node begins and ends, and nodes are numbered as they end, so that those inside come first.
 * Large documents have hundreds of thousands, therefore they are numbers in lists.
 */
export class Nodes {
  private readonly opens: number[] = [];
  private readonly closes: number[] = [];
  /** How many nodes are inside, at any depth. */
  private readonly sizes: number[] = [];
  private readonly values: unknown[] = [];
  /** Of each node that is being read: where it began, and how many nodes had ended before. */
  private readonly unclosed: number[] = [];
  private readonly steps = new Map<number, ReadonlyMap<string, Step>>();
  private readonly anchored = new Map<unknown, number>();

  constructor(private readonly text: string) {}

  /** How many nodes were read to their ends. */
  public get count(): number {
    return this.values.length;
  }

  /** How many nodes are being read. */
  public get depth(): number {
    return this.unclosed.length / 2;
  }

  /** Where the innermost node that is being read begins. */
  public get lastOpen(): number {
    return this.unclosed.length > 0 ? this.unclosed[this.unclosed.length - 2] : 0;
  }

  public begin(offset: number): void {
    this.unclosed.push(offset, this.values.length);
  }

  /** Ends the innermost node that is being read. Its value is the text of a key, or any object or list of this kind. */
  public end(offset: number, value: unknown): number {
    const before = this.unclosed.pop()!;
    const open = this.unclosed.pop()!;
    if (this.isSame(before, value)) {
      // A parser may read a node as a key first, and then find that it is none.
      this.opens[this.count - 1] = open;
      this.closes[this.count - 1] = offset;
      return this.count - 1;
    }
    this.opens.push(open);
    this.closes.push(offset);
    this.sizes.push(this.count - before);
    return this.values.push(value) - 1;
  }

  /** Whether what was read since a moment is one node with this value. */
  private isSame(before: number, value: unknown): boolean {
    const last = this.count - 1;
    return last >= before && last - this.sizes[last] === before && this.values[last] === value;
  }

  /** Makes the node the one that aliases of its value lead to. */
  public anchor(node: number): void {
    this.anchored.set(this.values[node], node);
  }

  public openOf(node: number): number {
    return this.opens[node];
  }

  public isEmpty(node: number): boolean {
    return this.sizes[node] === 0;
  }

  /** How many nodes are directly inside. */
  public innerCount(node: number): number {
    let count = 0;
    const first = node - this.sizes[node];
    for (let inner = node - 1; inner >= first; inner -= this.sizes[inner] + 1) count++;
    return count;
  }

  /** The keys of an object as they are written, with their offsets. */
  public keysOf(node: number): { readonly name: string; readonly offset: number }[] {
    return this.pairsOf(node).map(([key]) => ({ name: String(this.values[key]), offset: this.opens[key] }));
  }

  /** Where a place is, or the nearest place above it that exists. */
  public offsetOf(trail: Trail, ofKey = false): number {
    let node = this.count - 1;
    let offset = 0;
    for (const [index, each] of trail.entries()) {
      const step = this.stepsOf(node).get(String(each));
      if (!step) break;
      node = step.value;
      const isKey = this.values[node] === null || (ofKey && index === trail.length - 1);
      offset = this.opens[isKey ? step.key : step.value];
    }
    return offset;
  }

  private stepsOf(node: number): ReadonlyMap<string, Step> {
    const written = this.anchored.get(this.values[node]) ?? node;
    let steps = this.steps.get(written);
    if (!steps) {
      const isMapping = this.isMapping(written);
      steps = new Map(
        this.pairsOf(written).map(([key, value], index) => [
          isMapping ? String(this.values[key]) : String(index),
          { key, value: isMapping ? value : key },
        ]),
      );
      this.steps.set(written, steps);
    }
    return steps;
  }

  /** The keys and values of an object, or the elements of a list. For a key without a value, both are the same. */
  private pairsOf(node: number): [number, number][] {
    const inner = this.innerOf(node);
    const isMapping = this.isMapping(node);
    const pairs: [number, number][] = [];
    for (let index = 0; index < inner.length; index++) {
      const key = inner[index];
      const next = inner[index + 1] as number | undefined;
      const hasValue = next !== undefined && this.text.slice(this.closes[key], this.opens[next]).includes(":");
      if (hasValue) index++;
      // At the end of an object, the parser looks for another key.
      if (!isMapping || this.closes[key] > this.opens[key]) pairs.push([key, hasValue ? next : key]);
    }
    return pairs;
  }

  private innerOf(node: number): number[] {
    const inner: number[] = [];
    const first = node - this.sizes[node];
    for (let each = node - 1; each >= first; each -= this.sizes[each] + 1) inner.push(each);
    return inner.reverse();
  }

  private isMapping(node: number): boolean {
    return !Array.isArray(this.values[node]);
  }
}
