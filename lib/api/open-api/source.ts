import { LocatedFinding, OpenApiFinding } from "./findings/finding";
import type { Document, LineCounter, Node, Pair, Range } from "yaml";
import { finding } from "../../core/fail";
import { danglingReference } from "./references";
import { Trail } from "./json";

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

/**
 * A document as it is written, with the place of everything in it.
 *
 * @see docs/design/decisions.md#yaml-is-bundled
 */
class SyntaxTree {
  private readonly yaml: typeof import("yaml");
  private readonly lines: LineCounter;
  private readonly document: Document.Parsed;

  /** @param text YAML or JSON, which is valid YAML except for its tabs */
  constructor(text: string) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- slow to load, and most apps and the command do not need it
    this.yaml = require("yaml");
    this.lines = new this.yaml.LineCounter();
    this.document = this.yaml.parseDocument(/^\s*\{/.test(text) ? text.replace(/\t/g, " ") : text, {
      lineCounter: this.lines,
      prettyErrors: false,
      intAsBigInt: true,
      uniqueKeys: false,
    });
  }

  /** Why the text is not YAML. */
  public get broken(): LocatedFinding[] {
    const findings = this.document.errors.map(({ code, pos: [offset], message }) => {
      if (code === "MULTIPLE_DOCS") {
        const second = finding(
          "open-api-second-document",
          "A second document begins here, but a file can hold only one.",
          "Move it to another file.",
        );
        return this.at(offset, second);
      }
      const start = /^Missing closing ["']/.test(message) ? this.startOfText(offset) : offset;
      const syntax = finding(
        "open-api-syntax",
        `From here on, the text is neither JSON nor YAML: ${message.replace(/\.?$/, ".")}`,
        "Correct it here or just before.",
      );
      return this.at(start, syntax);
    });
    this.yaml.visit(this.document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.document)) return;
        findings.push(this.at(startOf(alias) ?? 0, danglingReference(`*${alias.source}`)));
      },
    });
    return findings;
  }

  /** Every key that an object has more than once. The parser keeps the last one. */
  public get repeatedKeys(): LocatedFinding[] {
    const findings: LocatedFinding[] = [];
    this.yaml.visit(this.document, {
      Map: (_, { items }) => {
        const seen = new Set<string>();
        for (const { key } of items as Pair<Node>[]) {
          const name = String(key);
          if (seen.has(name)) {
            const twice = finding(
              "open-api-duplicate-key",
              `The key "${name}" is written twice.`,
              "Remove one of them.",
            );
            findings.push(this.at(startOf(key) ?? 0, twice));
          }
          seen.add(name);
        }
      },
    });
    return findings;
  }

  /** Plain objects, lists and values. An alias is the same object again, and an integer is a `bigint`, which keeps all digits. */
  public value(): unknown {
    return this.document.toJS({ maxAliasCount: -1 });
  }

  /** The message with line and column of the place, or of the nearest place above it that exists. */
  public locate(trail: Trail, ofKey: boolean, message: string): LocatedFinding {
    let node: unknown = this.document.contents;
    let start = startOf(node) ?? 0;
    for (const [index, step] of trail.entries()) {
      const inner = this.below(node, String(step));
      if (!inner) break;
      node = inner.value;
      const isLast = index === trail.length - 1;
      start = (isLast && ofKey ? startOf(inner.key) : undefined) ?? startOf(node) ?? startOf(inner.key) ?? start;
    }
    return this.at(start, message);
  }

  /** Where the quoted text begins whose closing quote is missing at the offset, usually the end of the document. */
  private startOfText(offset: number): number {
    let start = offset;
    this.yaml.visit(this.document, {
      Scalar: (_, { range }) => {
        if (range && range[0] < offset && offset <= range[2]) start = range[0];
      },
    });
    return start;
  }

  private below(node: unknown, step: string): { readonly key?: unknown; readonly value: unknown } | undefined {
    const { isAlias, isMap, isSeq } = this.yaml;
    const holder = isAlias(node) ? node.resolve(this.document) : node;
    if (isMap(holder)) return holder.items.filter(({ key }) => String(key) === step).at(-1);
    return isSeq(holder) && Number(step) in holder.items ? { value: holder.items[Number(step)] } : undefined;
  }

  private at(offset: number, message: string): LocatedFinding {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col, message };
  }
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: Range | null } | null | undefined)?.range?.[0];
}
