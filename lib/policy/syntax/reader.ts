import { endOfExpression, isEscapedExpression, isExpression, Unclosed } from "./csharp";
import { fail } from "./failure";
import { Fault } from "./faults";
import { BARE_AMPERSAND, decodeReferences } from "./references";
import { positionOf, SourceAttribute, SourceElement, SourceTree } from "./source-tree";

/** How expressions are read. */
export interface Reading {
  /** Whether an expression may contain unescaped quotes, `<` and `&`. */
  readonly raw: boolean;
  /** Whether references in such an expression are decoded. */
  readonly references: boolean;
  /** Whether an expression ends where the XML around it continues, regardless of its brackets and strings. */
  readonly byShape?: boolean;
}

const SPACE = /\s*/y;
const NAME = /[\p{L}_:][\p{L}\p{M}\p{N}_:.·-]*/uy;
const ASSIGNMENT = /\s*=\s*(?=["'])/y;
const EXPRESSION = /\s*@(?=[({])/y;
const BYTE_ORDER_MARK = "\uFEFF";

/** How an expression ends when only the XML around it is considered. */
const SHAPES = {
  attribute: { "(": /\)(?=\s*"\s*(?:\/?>|[\w:-]+\s*=\s*["']))/g, "{": /\}(?=\s*"\s*(?:\/?>|[\w:-]+\s*=\s*["']))/g },
  text: { "(": /\)(?=\s*<\/)/g, "{": /\}(?=\s*<\/)/g },
};

type OpenElement = { -readonly [Key in keyof SourceElement]: SourceElement[Key] } & { children: SourceElement[] };

/** One pass over a text, from start to end. */
export class Reader {
  private offset = 0;
  private readonly found: SourceElement[] = [];
  private readonly open: OpenElement[] = [];
  private readonly doubts: number[] = [];
  private readonly faults: [Fault, number][] = [];

  constructor(
    private readonly text: string,
    private readonly reading: Reading,
  ) {}

  public tree(source: string): SourceTree {
    if (this.text.startsWith(BYTE_ORDER_MARK)) this.offset = 1;
    while (this.offset < this.text.length) this.node();
    const unclosed = this.open.at(-1);
    if (unclosed)
      fail(
        unclosed.start,
        "element-not-closed",
        `<${unclosed.name}> is not closed.`,
        `Add </${unclosed.name}> where it ends, or write <${unclosed.name} /> if it is empty.`,
      );
    return new SourceTree(this.text, source, this.found, this.doubts, this.faults);
  }

  private node(): void {
    if (this.text[this.offset] !== "<") return this.characters();
    if (this.ahead("<!--")) return this.comment();
    if (this.ahead("<![CDATA[") && this.open.length > 0) return this.skipPast("]]>", 9, "CDATA section");
    if (this.ahead("<?")) return this.instruction();
    if (this.ahead("</")) return this.endTag();
    if (this.ahead("<!"))
      fail(
        this.offset,
        "declaration-in-policy",
        "API Management does not accept <!DOCTYPE ...> or other declarations.",
        "Remove it.",
      );
    this.startTag();
  }

  private characters(): void {
    const start = this.offset;
    if (this.reading.raw && this.open.length > 0 && this.match(EXPRESSION)) this.rawText(start);
    const next = this.text.indexOf("<", this.offset);
    const plain = this.text.slice(this.offset, next < 0 ? undefined : next);
    if (this.open.length === 0) {
      const stray = plain.search(/\S/);
      if (stray >= 0)
        fail(
          this.offset + stray,
          "text-outside-elements",
          "There is text outside of any element.",
          "Write policies inside <policies>...</policies>.",
        );
    }
    this.checkAmpersand(plain, this.offset);
    const sectionEnd = plain.indexOf("]]>");
    if (sectionEnd >= 0) this.faults.push(["section-end", this.offset + sectionEnd]);
    this.offset += plain.length;
  }

  private rawText(start: number): void {
    const open = this.offset;
    const next = this.text.indexOf("<", open);
    const written = next < 0 ? "" : this.text.slice(start, next);
    const isEscaped = isEscapedExpression(written, decodeReferences(written));
    this.offset = isEscaped ? next : this.endOfRaw(open, "text");
  }

  private endOfRaw(open: number, place: keyof typeof SHAPES): number {
    if (this.reading.byShape) return this.endOfShape(open, SHAPES[place][this.text[open] as "(" | "{"]);
    const end = endOfExpression(this.text, open, this.reading.references);
    if (end instanceof Unclosed) unterminated(end.at, end.problem);
    return end;
  }

  private endOfShape(open: number, shape: RegExp): number {
    shape.lastIndex = open;
    const found = shape.exec(this.text);
    if (!found) unterminated(open, "bracket");
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
      fail(
        start,
        "end-tag-without-start",
        `</${name}> closes nothing.`,
        `Remove it, or write <${name}> where the element begins.`,
      );
    const { name: expected } = element;
    if (expected !== name) {
      const { line, column } = positionOf(this.text, element.start);
      fail(
        start,
        "end-tag-mismatch",
        `Expected </${expected}> for the <${expected}> at ${line}:${column}, but found </${name}>.`,
        `Write </${expected}>.`,
      );
    }
    if (!this.ahead(">")) unclosedTag(start, `/${name}`);
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
    const places = { start, startTagEnd: end, endTagStart: end, end };
    const element: OpenElement = { name, attributes, children: [], parent, ...places, selfClosed };
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
      if (start >= this.text.length) unclosedTag(tagStart, tag);
      if (start === before)
        fail(
          start,
          "attributes-not-separated",
          `Expected a space or the end of the tag <${tag}>, but found ${this.text[start]}.`,
          "Write a space between two attributes. Write a quote inside an attribute as &quot;, unless it is part of an " +
            "expression that fills the attribute.",
        );
      const name = this.name();
      if (names.has(name))
        fail(start, "attribute-repeated", `<${tag}> has the attribute ${name} twice.`, "Remove one of them.");
      if (!this.match(ASSIGNMENT))
        fail(start, "attribute-without-value", `The attribute ${name} has no value in quotes.`, `Write ${name}="...".`);
      names.add(name);
      attributes.push({ name, value: this.attributeValue(name), start, end: this.offset });
    }
  }

  private attributeValue(name: string): string {
    const quote = this.text[this.offset];
    const start = ++this.offset;
    const next = this.text.indexOf(quote, start);
    if (next < 0)
      fail(
        start - 1,
        "attribute-not-closed",
        `The value of the attribute ${name} is not closed.`,
        "Add the quote at its end.",
      );
    const written = this.text.slice(start, next);
    const value = decodeReferences(written);
    if (this.reading.raw && this.match(EXPRESSION)) {
      if (!isEscapedExpression(written, value)) return this.rawValue(start, name, quote);
    } else {
      const markup = written.indexOf("<");
      if (markup >= 0)
        fail(
          start + markup,
          "less-than-in-attribute",
          `The value of the attribute ${name} contains <.`,
          "Write &lt; instead, or close the value before it. Only an expression, @(...) or @{...}, that fills the whole " +
            "attribute may contain <.",
        );
      this.checkAmpersand(written, start);
    }
    this.offset = next + 1;
    return value;
  }

  private rawValue(start: number, name: string, quote: string): string {
    this.offset = this.endOfRaw(this.offset, "attribute");
    const end = this.offset;
    this.match(SPACE);
    if (!this.ahead(quote))
      fail(
        end,
        "text-after-expression",
        `The expression in the attribute ${name} ends here, but the attribute continues.`,
        'Write one expression for the whole value: @(... + "text").',
      );
    return this.text.slice(start, this.offset++);
  }

  private checkAmpersand(plain: string, start: number): void {
    const bare = plain.search(BARE_AMPERSAND);
    if (bare < 0) return;
    const offset = start + bare;
    if (!this.reading.raw)
      fail(offset, "ampersand-not-escaped", "This & does not begin an XML reference.", "Write &amp; instead.");
    this.faults.push(["reference", offset]);
  }

  private comment(): void {
    const start = this.offset;
    this.skipPast("-->", 4, "comment");
    const hyphens = this.text.slice(start + 4, this.offset - 3).search(/--|-$/);
    if (hyphens >= 0) this.faults.push(["comment", start + 4 + hyphens]);
  }

  private instruction(): void {
    const start = this.offset;
    this.skipPast("?>", 2, "processing instruction");
    const isDeclaration = /^<\?xml\s/.test(this.text.slice(start, start + 6));
    const isFirst = start === (this.text.startsWith(BYTE_ORDER_MARK) ? 1 : 0);
    if (isDeclaration && !isFirst) this.faults.push(["declaration", start]);
  }

  private name(): string {
    const start = this.offset;
    if (!this.match(NAME))
      fail(start, "name-missing", "A name is missing here.", "Write &lt; for a < that does not begin an element.");
    return this.text.slice(start, this.offset);
  }

  private skipPast(end: string, length: number, what: string): void {
    const found = this.text.indexOf(end, this.offset + length);
    if (found < 0) fail(this.offset, "markup-not-closed", `This ${what} is not closed.`, `Add ${end} at its end.`);
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

function unclosedTag(offset: number, tag: string): never {
  fail(offset, "tag-not-closed", `The tag <${tag}> is not closed.`, "Add > at its end.");
}

function unterminated(offset: number, what: string): never {
  fail(offset, "expression-not-closed", `Unterminated ${what} in this policy expression.`, `Close the ${what}.`);
}
