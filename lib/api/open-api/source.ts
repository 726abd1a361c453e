import { listFindings, LocatedFinding, OpenApiFinding } from "./findings/finding";
import { MAX_DEPTH, plainYaml, SyntaxTree } from "./syntax-tree";

/** The text of a document and its value. A plain text without findings never needs the slower parser that keeps places. */
export class OpenApiSource {
  /** Whether the text is JSON. Otherwise it is YAML. */
  public readonly isJson: boolean;
  /** What the text says; `undefined` where it cannot be read. */
  public readonly value: unknown;
  /** Why the text cannot be read. */
  public readonly broken?: LocatedFinding;
  public readonly repeatedKeys: readonly LocatedFinding[];
  /** Whether an object takes over the keys of another one, as only YAML can. */
  public readonly mergesKeys: boolean;
  private parsed?: SyntaxTree;

  /** How many characters the text has. */
  public readonly length: number;

  constructor(private readonly text: string) {
    this.length = text.length;
    const json = parsedJson(text);
    this.isJson = json !== undefined;
    // If an object has a key twice, JSON.parse keeps the last one without an error.
    const plain = this.isJson ? (writtenKeys(text) === heldKeys(json) ? json : undefined) : plainYaml(text);
    const isPlain = plain !== undefined;
    this.broken = isPlain ? undefined : this.tree.broken;
    this.value = plain ?? (this.isJson ? json : this.tree.value);
    this.repeatedKeys = isPlain ? [] : this.tree.repeatedKeys;
    this.mergesKeys = !this.isJson && !isPlain && this.tree.mergesKeys;
  }

  /** The findings at their places in the text. */
  public located(findings: readonly OpenApiFinding[]): LocatedFinding[] {
    return findings.map(({ trail, ofKey, message, repeats }) => ({
      offset: this.tree.offsetOf(trail, ofKey),
      message: repeats ? `${message} Also at ${repeats} more.` : message,
    }));
  }

  /** The findings as a list with line and column. */
  public listed(file: string, findings: readonly LocatedFinding[]): string {
    return listFindings(file, findings, (offset) => this.tree.positionOf(offset));
  }

  private get tree(): SyntaxTree {
    this.parsed ??= new SyntaxTree(this.isJson ? this.text.replace(NOT_IN_YAML, " ") : this.text);
    return this.parsed;
  }
}

/** Characters that a text in JSON may have, but none in YAML. */
const NOT_IN_YAML =
  /[\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

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
