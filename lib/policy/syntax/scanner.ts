import { endOfExpression, isExpression } from "./csharp";
import { BARE_AMPERSAND, decodeReferences } from "./references";
import { positionOf, SourceAttribute, SourceElement, SourceTree } from "./source-tree";

/** How expressions are read. */
interface Reading {
  /** Whether an expression may hold quotes, `<` and `&` as they are. */
  readonly raw: boolean;
  /** Whether references within such an expression stand for their character. */
  readonly references: boolean;
  /** Whether an expression ends where the XML around it goes on, whatever its brackets and strings say. */
  readonly byShape?: boolean;
}

/**
 * Strict XML comes first: there an expression may be escaped in ways that look unbalanced when read raw. Each reading is one
 * pass from start to end, never a second attempt at a part, which keeps any input linear.
 */
const STRICT: Reading = { raw: false, references: false };
const RAW: Reading = { raw: true, references: false };
const RAW_WITH_REFERENCES: Reading = { raw: true, references: true };
const BY_SHAPE: Reading = { raw: true, references: false, byShape: true };

const SPACE = /\s*/y;
const NAME = /[\p{L}_:][\p{L}\p{M}\p{N}_:.·-]*/uy;
const ASSIGNMENT = /\s*=\s*(?=["'])/y;
const EXPRESSION = /\s*@(?=[({])/y;
const BYTE_ORDER_MARK = "\uFEFF";

/** A place where a document cannot be read on. */
export class PolicySyntaxError extends Error {
  public override readonly name = "PolicySyntaxError";

  constructor(
    message: string,
    public readonly line: number,
    public readonly column: number,
  ) {
    super(message);
  }
}

/** What is wrong at an offset; becomes a `PolicySyntaxError` when no reading gets further. */
class Failure {
  constructor(
    public readonly offset: number,
    public readonly problem: string,
  ) {}
}

/** What an expression ends with where only the XML around it is looked at. */
const SHAPES = {
  attribute: { "(": /\)(?=\s*"\s*(?:\/?>|[\w:-]+\s*=\s*["']))/g, "{": /\}(?=\s*"\s*(?:\/?>|[\w:-]+\s*=\s*["']))/g },
  text: { "(": /\)(?=\s*<\/)/g, "{": /\}(?=\s*<\/)/g },
};

/**
 * Reads a document: as XML where it is, otherwise the way API Management does, with its expressions unescaped. Code that is
 * broken in itself is passed over as a whole, and noted as a doubt of the tree.
 */
export function scan(text: string, source = "policy document"): SourceTree {
  const failures: Failure[] = [];
  for (const reading of [STRICT, RAW, ...(text.includes("&") ? [RAW_WITH_REFERENCES] : []), BY_SHAPE]) {
    try {
      return new Scanner(text, reading).tree(source);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      failures.push(failure);
    }
  }
  const [, raw, withReferences] = failures.slice(0, -1);
  const { offset, problem } = withReferences && withReferences.offset > raw.offset ? withReferences : raw;
  const { line, column } = positionOf(text, offset);
  throw new PolicySyntaxError(`[${source}:${line}:${column}] ${problem}`, line, column);
}

type OpenElement = { -readonly [Key in keyof SourceElement]: SourceElement[Key] } & { children: SourceElement[] };

class Scanner {
  private offset = 0;
  private readonly found: SourceElement[] = [];
  private readonly open: OpenElement[] = [];
  private readonly doubts: number[] = [];

  constructor(
    private readonly text: string,
    private readonly reading: Reading,
  ) {}

  public tree(source: string): SourceTree {
    if (this.text.startsWith(BYTE_ORDER_MARK)) this.offset = 1;
    while (this.offset < this.text.length) this.node();
    const unclosed = this.open.at(-1);
    if (unclosed)
      throw new Failure(
        unclosed.start,
        `The element <${unclosed.name}> is never closed. Write </${unclosed.name}> where it ends, or <${unclosed.name} /> if it is empty.`,
      );
    return new SourceTree(this.text, source, this.found, this.doubts);
  }

  private node(): void {
    if (this.text[this.offset] !== "<") return this.characters();
    if (this.ahead("<!--")) return this.skipPast("-->", 4, "comment");
    if (this.ahead("<![CDATA[") && this.open.length > 0) return this.skipPast("]]>", 9, "CDATA section");
    if (this.ahead("<?")) return this.skipPast("?>", 2, "processing instruction");
    if (this.ahead("</")) return this.endTag();
    if (this.ahead("<!"))
      throw new Failure(this.offset, "API Management accepts no <!DOCTYPE ...> or other declaration. Remove it.");
    this.startTag();
  }

  private characters(): void {
    const start = this.offset;
    if (this.reading.raw && this.open.length > 0 && this.match(EXPRESSION)) this.rawText(start);
    const next = this.text.indexOf("<", this.offset);
    const end = next < 0 ? this.text.length : next;
    const plain = this.text.slice(this.offset, end);
    if (this.open.length === 0) {
      const stray = plain.search(/\S/);
      if (stray >= 0)
        throw new Failure(
          this.offset + stray,
          "There is text outside of any element. Write policies within <policies>...</policies>.",
        );
    }
    if (!this.reading.raw) this.checkAmpersand(plain, this.offset);
    this.offset = end;
  }

  private rawText(start: number): void {
    const open = this.offset;
    const next = this.text.indexOf("<", open);
    const written = next < 0 ? "" : this.text.slice(start, next);
    if (isEscapedExpression(written, decodeReferences(written))) this.offset = next;
    else this.offset = this.endOfRaw(open, "text");
  }

  private endOfRaw(open: number, place: keyof typeof SHAPES): number {
    if (this.reading.byShape) return this.endOfShape(open, SHAPES[place][this.text[open] as "(" | "{"]);
    const { end, problem, at } = endOfExpression(this.text, open, this.reading.references);
    if (end < 0) throw new Failure(at, unclosedExpression(problem));
    return end;
  }

  private endOfShape(open: number, shape: RegExp): number {
    shape.lastIndex = open;
    const found = shape.exec(this.text);
    if (!found) throw new Failure(open, unclosedExpression("bracket"));
    const end = found.index + 1;
    if (!isExpression(this.text.slice(open - 1, end))) this.doubts.push(open - 1);
    return end;
  }

  private endTag(): void {
    const start = this.offset;
    this.offset += 2;
    const name = this.name();
    this.match(SPACE);
    const element = this.open.pop();
    if (!element)
      throw new Failure(start, `</${name}> closes nothing. Remove it, or write <${name}> where the element begins.`);
    if (element.name !== name) {
      const { line, column } = positionOf(this.text, element.start);
      throw new Failure(
        start,
        `</${name}> stands where </${element.name}> is due, which closes the <${element.name}> at ${line}:${column}. Write </${element.name}>.`,
      );
    }
    if (!this.ahead(">")) throw new Failure(start, unclosedTag(`/${name}`));
    this.offset++;
    element.endTagStart = start;
    element.end = this.offset;
  }

  private startTag(): void {
    const start = this.offset++;
    const name = this.name();
    const attributes = this.attributes(start, name);
    const selfClosed = this.ahead("/>");
    this.offset += selfClosed ? 2 : 1;
    const end = this.offset;
    const parent = this.open.at(-1);
    const children: SourceElement[] = [];
    const element: OpenElement = {
      name,
      attributes,
      children,
      parent,
      start,
      startTagEnd: end,
      endTagStart: end,
      end,
      selfClosed,
    };
    (parent?.children ?? this.found).push(element);
    if (!selfClosed) this.open.push(element);
  }

  private attributes(tagStart: number, tag: string): SourceAttribute[] {
    const attributes: SourceAttribute[] = [];
    const names = new Set<string>();
    for (;;) {
      const before = this.offset;
      this.match(SPACE);
      if (this.ahead(">") || this.ahead("/>")) return attributes;
      const start = this.offset;
      if (start >= this.text.length) throw new Failure(tagStart, unclosedTag(tag));
      if (start === before)
        throw new Failure(
          start,
          `There is a ${this.text[start]} in the tag <${tag}> where a space or its end is due. Write a space between two attributes, and ` +
            `a quote within an attribute as &quot;, unless it is part of an expression that fills the attribute.`,
        );
      const name = this.name();
      if (names.has(name))
        throw new Failure(start, `The element <${tag}> has the attribute ${name} twice. Remove one of them.`);
      if (!this.match(ASSIGNMENT))
        throw new Failure(start, `The attribute ${name} has no value in quotes. Write ${name}="...".`);
      names.add(name);
      attributes.push({ name, value: this.attributeValue(name), start, end: this.offset });
    }
  }

  private attributeValue(name: string): string {
    const quote = this.text[this.offset];
    const start = ++this.offset;
    const next = this.text.indexOf(quote, start);
    if (next < 0)
      throw new Failure(start - 1, `The value of the attribute ${name} is never closed. Write the quote at its end.`);
    const written = this.text.slice(start, next);
    const value = decodeReferences(written);
    if (this.reading.raw && this.match(EXPRESSION)) {
      if (!isEscapedExpression(written, value)) return this.rawValue(start, name, quote);
    } else {
      const markup = written.indexOf("<");
      if (markup >= 0)
        throw new Failure(
          start + markup,
          `There is a < in the value of the attribute ${name}. Write &lt; instead, or close the value before it; only an expression, ` +
            `@(...) or @{...}, that fills the whole attribute may hold it as it is.`,
        );
      if (!this.reading.raw) this.checkAmpersand(written, start);
    }
    this.offset = next + 1;
    return value;
  }

  private rawValue(start: number, name: string, quote: string): string {
    this.offset = this.endOfRaw(this.offset, "attribute");
    const end = this.offset;
    this.match(SPACE);
    if (!this.ahead(quote))
      throw new Failure(
        end,
        `The expression in the attribute ${name} ends here, and the attribute goes on. ` +
          `Write one expression for the whole value: @(... + "text").`,
      );
    return this.text.slice(start, this.offset++);
  }

  private checkAmpersand(plain: string, start: number): void {
    const bare = plain.search(BARE_AMPERSAND);
    if (bare >= 0) throw new Failure(start + bare, "There is a & that begins no reference. Write &amp; instead.");
  }

  private name(): string {
    const start = this.offset;
    if (!this.match(NAME))
      throw new Failure(start, "A name is missing here. Write &lt; for a < that begins no element.");
    return this.text.slice(start, this.offset);
  }

  private skipPast(end: string, length: number, what: string): void {
    const found = this.text.indexOf(end, this.offset + length);
    if (found < 0) throw new Failure(this.offset, `The ${what} that begins here is never closed. Close it.`);
    this.offset = found + end.length;
  }

  private ahead(characters: string): boolean {
    return this.text.startsWith(characters, this.offset);
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.text)) return false;
    this.offset = pattern.lastIndex;
    return true;
  }
}

/** Documents that mix both ways of writing: an expression is an escaped one where it is whole once its references are decoded. */
function isEscapedExpression(written: string, decoded: string): boolean {
  return decoded !== written && isExpression(decoded);
}

export function unclosedTag(name: string): string {
  return `The tag <${name}> is never closed. Write > at its end.`;
}

export function unclosedExpression(what: string): string {
  return `A ${what} within a policy expression begins here and has no end before that of the expression. Close it.`;
}
