import { FindingList, LocatedFinding, OpenApiFinding } from "./findings/finding";
import { RepeatedKeys } from "./findings/syntax";
import { JsonText } from "./json-text";
import { MAX_DEPTH } from "./limits";
import { Nodes } from "./nodes";
import { Positions } from "./positions";
import { SyntaxTree } from "./syntax-tree";

/** The text of a document and its value. */
export class OpenApiSource {
  /** Whether the text is JSON. Otherwise it is YAML. */
  public readonly isJson: boolean;
  /** What the text says; `undefined` where it cannot be read. */
  public readonly value: unknown;
  /** Why the text cannot be read. */
  public readonly broken?: LocatedFinding;
  public readonly repeatedKeys: FindingList = new RepeatedKeys();
  /** Whether an object takes over the keys of another one, as only YAML can. */
  public readonly mergesKeys: boolean = false;
  /** Whether several places can have the same object, as only aliases of YAML can make it. */
  public readonly sharesObjects: boolean = false;
  /** How many characters the text has. */
  public readonly length: number;
  private readonly positions: Positions;
  private knownNodes?: Nodes;

  constructor(private readonly text: string) {
    this.length = text.length;
    this.positions = new Positions(text);
    const json = parsedJson(text);
    this.isJson = json !== undefined;
    this.value = json;
    // If an object has a key twice, JSON.parse keeps the last one without an error.
    if (this.isJson && writtenKeys(text) === heldKeys(json)) return;
    const read = this.isJson ? new JsonText(text) : new SyntaxTree(text);
    if (read instanceof SyntaxTree) {
      this.value = read.value;
      this.mergesKeys = read.mergesKeys;
      this.sharesObjects = read.mayAlias;
    }
    this.broken = read.broken;
    this.repeatedKeys = read.repeatedKeys;
    this.knownNodes = read.nodes;
  }

  /** The findings of one kind, in the order of the document, at their places in the text. No more are searched than can be shown. */
  public located(findings: Iterable<OpenApiFinding>): FindingList {
    const list = new FindingList();
    for (const { trail, ofKey, message, repeats } of findings) {
      const canBeShown = list.add(() => ({
        offset: this.nodes.offsetOf(trail, ofKey),
        message: repeats ? `${message} Also at ${repeats} more.` : message,
      }));
      if (!canBeShown) break;
    }
    return list;
  }

  /** The findings as a list with line and column. */
  public listed(file: string, lists: readonly FindingList[]): string {
    return FindingList.listed(file, lists, (offset) => this.positions.at(offset));
  }

  private get nodes(): Nodes {
    this.knownNodes ??= new JsonText(this.text).nodes;
    return this.knownNodes;
  }
}

/** `undefined` where the text is not JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many keys a JSON text has: strings before a colon. */
function writtenKeys(text: string): number {
  let count = 0;
  for (let open = text.indexOf('"'); open >= 0;) {
    let close = open + 1;
    while (text.charCodeAt(close) !== QUOTE) close += text.charCodeAt(close) === BACKSLASH ? 2 : 1;
    let next = close + 1;
    while (text.charCodeAt(next) <= SPACE) next++;
    if (text.charCodeAt(next) === COLON) count++;
    open = text.indexOf('"', next);
  }
  return count;
}

const [SPACE, QUOTE, COLON, BACKSLASH] = [...' ":\\'].map((character) => character.charCodeAt(0));

/** How many keys a value has, or `NaN` if it is nested too deep. */
function heldKeys(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth === MAX_DEPTH) return NaN;
  const inner = Object.values(value);
  let count = Array.isArray(value) ? 0 : inner.length;
  for (const each of inner) count += heldKeys(each, depth + 1);
  return count;
}
