import { Trail } from "./json";

/** The numbers of a node in the list of all. */
const [OPEN, CLOSE, SIZE, WIDTH] = [0, 1, 2, 3];

const COLON = ":".charCodeAt(0);

/** Where the steps from an object or a list begin and end in the list of all, and where each step from an object is. */
interface Steps {
  readonly first: number;
  readonly end: number;
  readonly byName?: ReadonlyMap<string, number>;
}

/**
 * Where the parts of a text are. A node is a key, a value, or an element of a list; a key and its value are nodes beside each other. A
 * reader of the text says where each node begins and ends, and nodes are numbered as they end, so that those inside come first.
 * Large documents have hundreds of thousands, therefore they are numbers in one list, which garbage collection does not look into.
 */
export class Nodes {
  /** Of each node: where it begins, where it ends, and how many nodes are inside, at any depth. */
  private numbers = new Int32Array(1024 * WIDTH);
  private readonly values: unknown[] = [];
  /** Of each node that is being read: where it began, and how many nodes had ended before. */
  private readonly unclosed: number[] = [];
  /** Where a key, or the index of a list, leads to: the nodes of the key and of its value, one after the other. */
  private readonly steps: number[] = [];
  private readonly stepsFromNodes = new Map<number, Steps>();
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

  /** The same, but a node that a parser began to read as a key, and reads again, counts once. */
  public get level(): number {
    let level = 0;
    for (let index = 0; index < this.unclosed.length; index += 2)
      if (index === 0 || this.unclosed[index] !== this.unclosed[index - 2]) level++;
    return level;
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
    // A parser may read a node as a key first, and then find that it is none.
    const isSame = this.isSame(before, value);
    const node = isSame ? this.count - 1 : this.values.push(value) - 1;
    const at = node * WIDTH;
    if (at === this.numbers.length) this.grow();
    this.numbers[at + OPEN] = open;
    this.numbers[at + CLOSE] = offset;
    if (!isSame) this.numbers[at + SIZE] = node - before;
    return node;
  }

  private grow(): void {
    const { numbers } = this;
    this.numbers = new Int32Array(numbers.length * 2);
    this.numbers.set(numbers);
  }

  /** Whether what was read since a moment is one node with this value. */
  private isSame(before: number, value: unknown): boolean {
    const last = this.count - 1;
    return last >= before && last - this.sizeOf(last) === before && this.values[last] === value;
  }

  /** Makes the node the one that aliases of its value lead to. */
  public anchor(node: number): void {
    this.anchored.set(this.values[node], node);
  }

  public openOf(node: number): number {
    return this.numbers[node * WIDTH + OPEN];
  }

  private closeOf(node: number): number {
    return this.numbers[node * WIDTH + CLOSE];
  }

  private sizeOf(node: number): number {
    return this.numbers[node * WIDTH + SIZE];
  }

  public isEmpty(node: number): boolean {
    return this.sizeOf(node) === 0;
  }

  /** How many nodes are directly inside. */
  public innerCount(node: number): number {
    let count = 0;
    const first = node - this.sizeOf(node);
    for (let inner = node - 1; inner >= first; inner -= this.sizeOf(inner) + 1) count++;
    return count;
  }

  /** The keys of an object as they are written. */
  public keysOf(node: number): number[] {
    const keys: number[] = [];
    this.forEachStep(node, (key) => keys.push(key));
    return keys;
  }

  public nameOf(key: number): string {
    return String(this.values[key]);
  }

  /** Where a place is, or the nearest place above it that exists. */
  public offsetOf(trail: Trail, ofKey = false): number {
    let node = this.count - 1;
    let offset = 0;
    for (const [index, each] of trail.entries()) {
      const step = this.stepTo(each, node);
      if (step === undefined) break;
      const key = this.steps[step];
      node = this.steps[step + 1];
      const isKey = this.values[node] === null || (ofKey && index === trail.length - 1);
      offset = this.openOf(isKey ? key : node);
    }
    return offset;
  }

  /** Where the step to a key or an index is; `undefined` if the object or the list has none. */
  private stepTo(key: string | number, node: number): number | undefined {
    const { first, end, byName } = this.stepsFrom(this.anchored.get(this.values[node]) ?? node);
    if (byName) return byName.get(String(key));
    if (typeof key !== "number") return undefined;
    const step = first + 2 * key;
    return step < end ? step : undefined;
  }

  private stepsFrom(node: number): Steps {
    const known = this.stepsFromNodes.get(node);
    if (known) return known;
    const first = this.steps.length;
    const byName = this.isMapping(node) ? new Map<string, number>() : undefined;
    this.forEachStep(node, (key, value) => {
      byName?.set(this.nameOf(key), this.steps.length);
      this.steps.push(key, value);
    });
    const steps = { first, end: this.steps.length, byName };
    this.stepsFromNodes.set(node, steps);
    return steps;
  }

  /** Goes through the keys and values of an object, or the elements of a list. For a key without a value, both are the same. */
  private forEachStep(node: number, visit: (key: number, value: number) => void): void {
    const inner = this.innerOf(node);
    const isMapping = this.isMapping(node);
    for (let index = 0; index < inner.length; index++) {
      const key = inner[index];
      const hasValue = index + 1 < inner.length && this.hasColon(this.closeOf(key), this.openOf(inner[index + 1]));
      if (hasValue) index++;
      // At the end of an object, the parser looks for another key.
      if (!isMapping) visit(key, key);
      else if (this.closeOf(key) > this.openOf(key)) visit(key, inner[index]);
    }
  }

  private hasColon(start: number, end: number): boolean {
    for (let offset = start; offset < end; offset++) if (this.text.charCodeAt(offset) === COLON) return true;
    return false;
  }

  private innerOf(node: number): number[] {
    const inner: number[] = [];
    const first = node - this.sizeOf(node);
    for (let each = node - 1; each >= first; each -= this.sizeOf(each) + 1) inner.push(each);
    return inner.reverse();
  }

  private isMapping(node: number): boolean {
    return !Array.isArray(this.values[node]);
  }
}
