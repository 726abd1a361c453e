import { endOfExpression, isEscapedExpression, isExpression, Unclosed } from "./csharp";
import { fail } from "./failure";
import { Fault, FaultAt } from "./faults";
import { Occurrences } from "./occurrences";
import { adopt, BEGINNING, OpenElement, Progress, reopened } from "./progress";
import { BARE_AMPERSAND, decodeReferences } from "./references";
import { beginsCode, positionOf, SourceAttribute, SourceTree } from "./source-tree";

/** How expressions are read. */
export interface Reading {
  /** Whether an expression may contain unescaped quotes, `<` and `&`. */
  readonly raw: boolean;
  /** Whether references in such an expression are decoded. */
  readonly references: boolean;
  /** Whether an expression ends where the XML around it continues, regardless of its brackets and strings. */
  readonly byShape?: boolean;
}

const ASCII = 0x7f;
const SPACE = /\s*/y;
const ASCII_NAME = /[A-Za-z_:][\w:.-]*/y;
const NAME = /[\p{L}_:][\p{L}\p{M}\p{N}_:.·-]*/uy;
const ASSIGNMENT = /\s*=\s*(?=["'])/y;
const BYTE_ORDER_MARK = "\uFEFF";

/** Up to this many attributes are compared one by one, which takes less time and memory than a set. */
const FEW = 8;

/** The list of an element without attributes or children. */
const NONE: never[] = [];
Object.freeze(NONE);

/** How an expression ends when only the XML around it is considered. */
const SHAPES = {
  attribute: { "(": /\)(?=\s*"\s*(?:\/?>|[\w:-]+\s*=\s*["']))/g, "{": /\}(?=\s*"\s*(?:\/?>|[\w:-]+\s*=\s*["']))/g },
  text: { "(": /\)(?=\s*<\/)/g, "{": /\}(?=\s*<\/)/g },
};

/** One pass over a text, from start to end, or from where another pass went on in another way. */
export class Reader {
  private offset: number;
  private readonly found: OpenElement[];
  private readonly open: OpenElement[];
  private readonly ampersands: Occurrences;
  private readonly sectionEnds: Occurrences;
  private readonly ats: Occurrences;
  private readonly doubts: number[] = [];
  private readonly faults: FaultAt[];
  private ambiguous = false;
  /** Where what is being read begins. */
  private begin: number;
  /** Where the first code is that another reading could end elsewhere. */
  private parting?: Progress;

  constructor(
    private readonly text: string,
    private readonly reading: Reading,
    { offset, found, open, faults }: Progress = BEGINNING,
  ) {
    this.offset = this.begin = offset;
    this.found = [...found];
    this.open = reopened(open, this.found);
    this.faults = [...faults];
    this.ampersands = new Occurrences(text, "&");
    this.sectionEnds = new Occurrences(text, "]]>");
    this.ats = new Occurrences(text, "@");
  }

  /**
   * A reader that goes on in another way where this one has failed, or could have read code in another way. What is before is not read
   * again: its elements are given to the new reader.
   */
  public goingOn(reading: Reading): Reader {
    return new Reader(this.text, reading, this.parting ?? this.progress());
  }

  /** Takes back the elements that were given to other readers. */
  public takeBack(): void {
    for (const { element } of this.parting?.open ?? []) adopt(element);
  }

  /** Whether a reading of XML has met code that a raw reading could read differently. */
  public get isAmbiguous(): boolean {
    return this.ambiguous;
  }

  public tree(source: string): SourceTree {
    if (this.offset === 0 && this.text.startsWith(BYTE_ORDER_MARK)) this.offset = this.begin = 1;
    while (this.offset < this.text.length) {
      this.node();
      this.begin = this.offset;
    }
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
    const next = this.text[this.offset + 1];
    if (next === "/") return this.endTag();
    if (next === "?") return this.instruction();
    if (next !== "!") return this.startTag();
    if (this.ahead("<!--")) return this.comment();
    if (this.ahead("<![CDATA[") && this.open.length > 0) return this.skipPast("]]>", 9, "CDATA section");
    fail(
      this.offset,
      "declaration-in-policy",
      "API Management does not accept <!DOCTYPE ...> or other declarations.",
      "Remove it.",
    );
  }

  private characters(): void {
    let end = this.endOfText();
    if (this.open.length === 0) this.checkNoText(end);
    else if (this.beginsCode(end)) {
      this.codeText(end);
      if (this.offset > end) end = this.endOfText();
    }
    this.checkAmpersand(this.offset, end);
    const sectionEnd = this.sectionEnds.from(this.offset);
    if (sectionEnd < end) this.fault("section-end", sectionEnd);
    this.offset = end;
  }

  private endOfText(): number {
    const next = this.text.indexOf("<", this.offset);
    return next < 0 ? this.text.length : next;
  }

  private checkNoText(end: number): void {
    const stray = this.text.slice(this.offset, end).search(/\S/);
    if (stray < 0) return;
    fail(
      this.offset + stray,
      "text-outside-elements",
      "There is text outside of any element.",
      "Write policies inside <policies>...</policies>.",
    );
  }

  /** Skips the code that a text begins with. In XML, it is text. */
  private codeText(end: number): void {
    const start = this.offset;
    const written = this.text.slice(start, end);
    const open = start + written.indexOf("@") + 1;
    const isEscaped = isEscapedExpression(written, decodeReferences(written));
    if (this.reading.raw) this.offset = isEscaped ? end : this.endOfRaw(open, "text");
    else if (written.includes("]]>")) this.setAmbiguous();
    else if (!isEscaped) {
      const within = endOfExpression(written, open - start, false);
      if (within instanceof Unclosed) this.setAmbiguous();
      else this.compareEnds(open, start + within, "text");
    }
  }

  private setAmbiguous(): void {
    this.ambiguous = true;
    this.parting ??= this.progress();
  }

  private endOfRaw(open: number, place: keyof typeof SHAPES): number {
    if (this.reading.byShape) return this.endByShape(open, place);
    const end = endOfExpression(this.text, open, this.reading.references);
    if (end instanceof Unclosed) unterminated(end.at, end.problem);
    this.compareEnds(open, end, place);
    return end;
  }

  private endByShape(open: number, place: keyof typeof SHAPES): number {
    const end = this.endOfShape(open, place);
    if (end < 0) unterminated(open, "bracket");
    const code = this.text.slice(open, end);
    if (endOfExpression(code, 0, false) !== code.length) this.doubts.push(open - 1);
    return end;
  }

  /** The offset after the bracket where the XML around it continues; -1 if it never does. */
  private endOfShape(open: number, place: keyof typeof SHAPES): number {
    const shape = SHAPES[place][this.text[open] as "(" | "{"];
    shape.lastIndex = open;
    return shape.test(this.text) ? shape.lastIndex : -1;
  }

  /** Notes the first code whose end depends on its references, or that ends elsewhere by its shape. */
  private compareEnds(open: number, end: number, place: keyof typeof SHAPES): void {
    if (this.parting) return;
    const hasReferences = this.ampersands.from(open) < end;
    if (hasReferences || this.endOfShape(open, place) !== end) this.parting = this.progress();
  }

  private progress(): Progress {
    const { begin: offset, found, open, faults } = this;
    return {
      offset,
      found: [...found],
      open: open.map((element) => ({ element, children: element.children.length })),
      faults: faults.filter((fault) => fault.offset < offset),
    };
  }

  private endTag(): void {
    const start = this.offset;
    this.offset += 2;
    const element = this.open.at(-1);
    if (!element) {
      const name = this.name();
      fail(
        start,
        "end-tag-without-start",
        `</${name}> closes nothing.`,
        `Remove it, or write <${name}> where the element begins.`,
      );
    }
    this.skipEndTagName(start, element);
    this.offset++;
    this.open.pop();
    element.endTagStart = start;
    element.end = this.offset;
  }

  /**
   * Skips the name of an end tag and the space after it. Most have no space, so the name is compared without reading it.
   */
  private skipEndTagName(start: number, element: OpenElement): void {
    const { name: expected } = element;
    if (this.ahead(expected) && this.text[this.offset + expected.length] === ">") {
      this.offset += expected.length;
      return;
    }
    const name = this.name();
    this.skipSpace();
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
  }

  private startTag(): void {
    const start = this.offset++;
    const name = this.name();
    const attributes = this.attributes(start, name);
    const selfClosed = this.ahead("/>");
    this.offset += selfClosed ? 2 : 1;
    const end = this.offset;
    const parent = this.open.at(-1);
    const element: OpenElement = {
      name,
      attributes,
      children: NONE,
      parent,
      start,
      startTagEnd: end,
      endTagStart: end,
      end,
      selfClosed,
    };
    if (parent) parent.children = added(parent.children, element);
    else this.found.push(element);
    if (!selfClosed) this.open.push(element);
  }

  private attributes(tagStart: number, tag: string): SourceAttribute[] {
    let attributes: SourceAttribute[] = NONE;
    let names: Set<string> | undefined;
    for (;;) {
      const before = this.offset;
      this.skipSpace();
      const start = this.offset;
      const next = this.text[start];
      if (next === ">" || (next === "/" && this.text[start + 1] === ">")) return attributes;
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
      if (attributes.length === FEW) names = new Set(attributes.map((each) => each.name));
      if (names ? names.has(name) : isAmong(attributes, name))
        fail(start, "attribute-repeated", `<${tag}> has the attribute ${name} twice.`, "Remove one of them.");
      if (this.ahead('="')) this.offset++;
      else if (!this.match(ASSIGNMENT))
        fail(start, "attribute-without-value", `The attribute ${name} has no value in quotes.`, `Write ${name}="...".`);
      names?.add(name);
      attributes = added(attributes, { name, value: this.attributeValue(name), start, end: this.offset });
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
    const isCode = this.beginsCode(next);
    if (isCode && this.reading.raw) {
      if (!isEscapedExpression(written, value)) return this.rawValue(start, name, quote);
    } else {
      if (isCode && !isExpression(value)) this.setAmbiguous();
      else if (isCode && value === written)
        this.compareEnds(this.text.indexOf("@", start) + 1, start + written.trimEnd().length, "attribute");
      const markup = written.indexOf("<");
      if (markup >= 0)
        fail(
          start + markup,
          "less-than-in-attribute",
          `The value of the attribute ${name} contains <.`,
          "Write &lt; instead, or close the value before it. Only an expression, @(...) or @{...}, that fills the whole " +
            "attribute may contain <.",
        );
      this.checkAmpersand(start, next);
    }
    this.offset = next + 1;
    return value;
  }

  private rawValue(start: number, name: string, quote: string): string {
    this.offset = this.endOfRaw(this.text.indexOf("@", start) + 1, "attribute");
    const end = this.offset;
    this.skipSpace();
    if (!this.ahead(quote))
      fail(
        end,
        "text-after-expression",
        `The expression in the attribute ${name} ends here, but the attribute continues.`,
        'Write one expression for the whole value: @(... + "text").',
      );
    return this.text.slice(start, this.offset++);
  }

  private checkAmpersand(start: number, end: number): void {
    if (this.ampersands.from(start) >= end) return;
    const bare = this.text.slice(start, end).search(BARE_AMPERSAND);
    if (bare < 0) return;
    const offset = start + bare;
    if (!this.reading.raw)
      fail(offset, "ampersand-not-escaped", "This & does not begin an XML reference.", "Write &amp; instead.");
    this.fault("reference", offset);
  }

  private comment(): void {
    const start = this.offset;
    this.skipPast("-->", 4, "comment");
    const hyphens = this.text.slice(start + 4, this.offset - 3).search(/--|-$/);
    if (hyphens >= 0) this.fault("comment", start + 4 + hyphens);
  }

  private instruction(): void {
    const start = this.offset;
    this.skipPast("?>", 2, "processing instruction");
    const isDeclaration = /^<\?xml\s/.test(this.text.slice(start, start + 6));
    const isFirst = start === (this.text.startsWith(BYTE_ORDER_MARK) ? 1 : 0);
    if (isDeclaration && !isFirst) this.fault("declaration", start);
  }

  private fault(fault: Fault, offset: number): void {
    this.faults.push({ fault, offset });
  }

  private name(): string {
    const start = this.offset;
    const isWhole = this.match(ASCII_NAME) && !(this.text.charCodeAt(this.offset) > ASCII);
    if (isWhole) return this.text.slice(start, this.offset);
    this.offset = start;
    if (!this.match(NAME))
      fail(start, "name-missing", "A name is missing here.", "Write &lt; for a < that does not begin an element.");
    return this.text.slice(start, this.offset);
  }

  private skipSpace(): void {
    while (this.text[this.offset] === " ") this.offset++;
    const next = this.text.charCodeAt(this.offset);
    // No other ASCII character between these is white space.
    if (next < 0x20 || next > ASCII) this.match(SPACE);
  }

  private skipPast(end: string, length: number, what: string): void {
    const found = this.text.indexOf(end, this.offset + length);
    if (found < 0) fail(this.offset, "markup-not-closed", `This ${what} is not closed.`, `Add ${end} at its end.`);
    this.offset = found + end.length;
  }

  private beginsCode(end: number): boolean {
    return this.ats.from(this.offset) < end && beginsCode(this.text, this.offset);
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

/** The list with one more. Most lists have one member or none, and take no memory for others. */
function added<T>(list: T[], member: T): T[] {
  if (list.length === 0) return [member];
  if (list.length === 1) return [list[0], member];
  list.push(member);
  return list;
}

function isAmong(attributes: readonly SourceAttribute[], name: string): boolean {
  return attributes.some((attribute) => attribute.name === name);
}

function unclosedTag(offset: number, tag: string): never {
  fail(offset, "tag-not-closed", `The tag <${tag}> is not closed.`, "Add > at its end.");
}

function unterminated(offset: number, what: string): never {
  fail(offset, "expression-not-closed", `Unterminated ${what} in this policy expression.`, `Close the ${what}.`);
}
