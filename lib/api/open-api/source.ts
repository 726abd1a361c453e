import { LocatedFinding, OpenApiFinding } from "./findings/finding";
import { SyntaxTree } from "./syntax-tree";

/** The text of a document and its value. JSON without findings never needs the slower parser that keeps places. */
export class OpenApiSource {
  /** Whether the text is JSON. Otherwise it is YAML. */
  public readonly isJson: boolean;
  /** What the text says; `undefined` where it cannot be read. */
  public readonly value: unknown;
  /** Why the text cannot be read. */
  public readonly broken: readonly LocatedFinding[];
  public readonly repeatedKeys: readonly LocatedFinding[];
  private parsed?: SyntaxTree;

  constructor(private readonly text: string) {
    const json = parsedJson(text);
    this.isJson = json !== undefined;
    this.broken = this.isJson ? [] : this.tree.broken;
    const readable = this.broken.length === 0;
    this.value = this.isJson ? json : readable ? this.tree.value() : undefined;
    const repeats = this.isJson ? writtenKeys(text) > heldKeys(json) : readable;
    this.repeatedKeys = repeats ? this.tree.repeatedKeys : [];
  }

  /** The findings at their places in the text. */
  public located(findings: readonly OpenApiFinding[]): LocatedFinding[] {
    return findings.map(({ trail, ofKey, message, repeats }) =>
      this.tree.locate(trail, ofKey ?? false, repeats ? `${message} Also at ${repeats} more.` : message),
    );
  }

  private get tree(): SyntaxTree {
    this.parsed ??= new SyntaxTree(this.text);
    return this.parsed;
  }
}

/** `undefined`, which no JSON text means, where the text is not JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many keys a JSON text has. If an object has a key twice, JSON.parse keeps the last one without an error. */
function writtenKeys(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon) count++;
  return count;
}

function heldKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce<number>((count, each) => count + heldKeys(each), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}
