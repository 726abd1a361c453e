import { remembered } from "../../core/remembered";
import { isObject, Trail } from "./json";

/** The numbers of a node in the list of all. */
const [OPEN, CLOSE, SIZE, WIDTH] = [0, 1, 2, 3];

const [COLON, QUESTION_MARK, HASH, LINE_FEED, CARRIAGE_RETURN] = [...":?#\n\r"].map((character) =>
  character.charCodeAt(0),
);

/** Where the keys of an object, or the indexes of a list, lead to. */
interface Steps {
  /** The node of each key and that of its value, one after the other. */
  readonly nodes: readonly number[];
  /** Where those of a key of an object are. */
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

  /** How many keys an object has as it is written, and how many of them have no value. */
  public keyCounts(node: number): { readonly all: number; readonly bare: number } {
    let all = 0;
    let bare = 0;
    this.forEachStep(node, (key, value) => {
      all++;
      if (key === value) bare++;
    });
    return { all, bare };
  }

  /** The keys of an object as they are written. */
  public keysOf(node: number): number[] {
    const keys: number[] = [];
    this.forEachStep(node, (key) => keys.push(key));
    return keys.reverse();
  }

  /** The text that the parser makes of a key, which in YAML can be an object or a list. */
  public nameOf(key: number): string {
    const value = this.values[key];
    if (Array.isArray(value)) return value.map(textOfPart).join();
    return String(textOfPart(value));
  }

  /** Where a place is, or the nearest place above it that exists. */
  public offsetOf(trail: Trail, ofKey = false): number {
    let node = this.count - 1;
    let offset = 0;
    for (const [index, each] of trail.entries()) {
      const step = this.stepTo(each, node);
      if (step === undefined) break;
      const [key, value] = step;
      node = value;
      const isKey = this.values[node] === null || (ofKey && index === trail.length - 1);
      offset = this.openOf(isKey ? key : node);
    }
    return offset;
  }

  /** Where the step to a key or an index is; `undefined` if the object or the list has none. */
  private stepTo(key: string | number, node: number): readonly [key: number, value: number] | undefined {
    const { nodes, byName } = this.stepsFrom(this.anchored.get(this.values[node]) ?? node);
    const step = byName ? byName.get(String(key)) : typeof key === "number" ? 2 * key : undefined;
    return step !== undefined && step < nodes.length ? [nodes[step], nodes[step + 1]] : undefined;
  }

  private stepsFrom(node: number): Steps {
    return remembered(this.stepsFromNodes, node, () => {
      const nodes: number[] = [];
      this.forEachStep(node, (key, value) => nodes.push(value, key));
      nodes.reverse();
      if (!this.isMapping(node)) return { nodes };
      const byName = new Map<string, number>();
      for (let step = 0; step < nodes.length; step += 2) byName.set(this.nameOf(nodes[step]), step);
      return { nodes, byName };
    });
  }

  /** Goes back through the keys and values of an object, or the elements of a list. For a key without a value, both are the same. */
  private forEachStep(node: number, visit: (key: number, value: number) => void): void {
    const isMapping = this.isMapping(node);
    const first = node - this.sizeOf(node);
    for (let value = node - 1, key = value; value >= first; value = key - this.sizeOf(key) - 1) {
      const before = value - this.sizeOf(value) - 1;
      const start = before < first ? this.openOf(node) : this.closeOf(before);
      key = before >= first && this.hasMark(COLON, start, this.openOf(value)) ? before : value;
      if (!isMapping) visit(key, key);
      else if (key !== value || this.isKey(key, start)) visit(key, value);
    }
  }

  /** Whether a node without a value is a key. The parser looks for another key at the end of an object, where there may be nothing. */
  private isKey(node: number, start: number): boolean {
    return this.closeOf(node) > this.openOf(node) || this.hasMark(QUESTION_MARK, start, this.openOf(node));
  }

  /** Whether a character stands between two nodes. In a comment, it means nothing. */
  private hasMark(mark: number, start: number, end: number): boolean {
    let inComment = false;
    for (let offset = start; offset < end; offset++) {
      const code = this.text.charCodeAt(offset);
      if (inComment) inComment = code !== LINE_FEED && code !== CARRIAGE_RETURN;
      else if (code === mark) return true;
      else inComment = code === HASH;
    }
    return false;
  }

  private isMapping(node: number): boolean {
    return !Array.isArray(this.values[node]);
  }
}

/** A key, or an element of one, of which the parser writes all objects as the same text. */
function textOfPart(value: unknown): unknown {
  return isObject(value) ? "[object Object]" : value;
}
