import type { Document, LineCounter, Node, Pair, Range } from "yaml";
import { OpenApiFinding } from "./finding";
import { Trail } from "./json";
import { danglingReference } from "./references";

/** A document as it was written, with the place of everything in it. */
export class SyntaxTree {
  private readonly yaml: typeof import("yaml");
  private readonly lines: LineCounter;
  private readonly document: Document.Parsed;

  /** @param text YAML, of which JSON is a part: but for tabs, of which YAML takes fewer */
  constructor(text: string) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- costs time that most apps and the command need not spend
    this.yaml = require("yaml");
    this.lines = new this.yaml.LineCounter();
    this.document = this.yaml.parseDocument(/^\s*\{/.test(text) ? text.replace(/\t/g, " ") : text, {
      lineCounter: this.lines,
      prettyErrors: false,
      intAsBigInt: true,
      uniqueKeys: false,
    });
  }

  /** What makes the text no YAML. */
  public get broken(): OpenApiFinding[] {
    const findings = this.document.errors.map(({ code, pos: [offset], message }) => {
      if (code === "MULTIPLE_DOCS")
        return this.finding(
          offset,
          "A second document begins here, and a file holds one. Write it into a file of its own.",
        );
      const start = /^Missing closing ["']/.test(message) ? this.startOfText(offset) : offset;
      return this.finding(
        start,
        `It is neither JSON nor YAML from here on: ${message.replace(/\.?$/, ".")} Correct it here or just before.`,
      );
    });
    this.yaml.visit(this.document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.document)) return;
        findings.push(this.finding(startOf(alias) ?? 0, danglingReference(`*${alias.source}`)));
      },
    });
    return findings;
  }

  /** Every key that an object has again; of them the parser keeps the last one. */
  public get repeatedKeys(): OpenApiFinding[] {
    const findings: OpenApiFinding[] = [];
    this.yaml.visit(this.document, {
      Map: (_, { items }) => {
        const seen = new Set<string>();
        for (const { key } of items as Pair<Node>[]) {
          const name = String(key);
          if (seen.has(name))
            findings.push(this.finding(startOf(key) ?? 0, `The key "${name}" is there twice. Remove one of them.`));
          seen.add(name);
        }
      },
    });
    return findings;
  }

  /** Plain objects, lists and values: what has an alias is one object, and integers are `bigint`, which loses none of their digits. */
  public value(): unknown {
    return this.document.toJS({ maxAliasCount: -1 });
  }

  /** What is said of a place, with line and column; where nothing stands there, of what stands nearest above it. */
  public locate(trail: Trail, ofKey: boolean, message: string): OpenApiFinding {
    let node: unknown = this.document.contents;
    let start = startOf(node) ?? 0;
    for (const [index, step] of trail.entries()) {
      const inner = this.below(node, String(step));
      if (!inner) break;
      node = inner.value;
      const isLast = index === trail.length - 1;
      start = (isLast && ofKey ? startOf(inner.key) : undefined) ?? startOf(node) ?? startOf(inner.key) ?? start;
    }
    return this.finding(start, message);
  }

  /** Where the text in quotes begins whose end is missed at the offset, which is that of the whole document as a rule. */
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

  private finding(offset: number, message: string): OpenApiFinding {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col, message };
  }
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: Range | null } | null | undefined)?.range?.[0];
}
