import { OpenApiFinding } from "./finding";
import { Problem } from "./json";
import { SyntaxTree } from "./syntax-tree";

/** The text of a document, and what it holds. JSON without findings never meets the slower parser that knows places. */
export class OpenApiSource {
  /** Whether the text is JSON; else it is YAML. */
  public readonly isJson: boolean;
  /** What it holds; nothing where it cannot be read. */
  public readonly value: unknown;
  /** What is wrong with the text, before anybody looks at what it says. */
  public readonly broken: readonly OpenApiFinding[];
  public readonly repeatedKeys: readonly OpenApiFinding[];
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

  /** The problems with their places. */
  public located(problems: readonly Problem[]): OpenApiFinding[] {
    return problems.map(({ trail, ofKey, message }) => this.tree.locate(trail, ofKey ?? false, message));
  }

  private get tree(): SyntaxTree {
    this.parsed ??= new SyntaxTree(this.text);
    return this.parsed;
  }
}

/** Findings in the order of the document, each once: a parameter of a path is one of all its operations. */
export function inOrder(findings: readonly OpenApiFinding[]): OpenApiFinding[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `undefined`, which no JSON text means, where the text is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many keys a JSON text has. Of a key that an object has twice, JSON.parse keeps the last and says nothing. */
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
