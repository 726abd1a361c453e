import { decodeReference, decodeReferences } from "./references";

/** What in a C# expression is not closed, and where it begins. */
export class Unclosed {
  constructor(
    public readonly problem: string,
    public readonly at: number,
  ) {}
}

/** What can be open: a bracket, an interpolated string, or a hole of one. */
interface Kind {
  /** What closes a bracket. A quote closes a string. */
  readonly close?: string;
  /** How an interpolated string is written; `undefined` for a bracket. */
  readonly verbatim?: boolean;
  /** Whether it is a hole of an interpolated string, which may end with a format. */
  readonly hole?: boolean;
}

const BEGINNING = /\s*@(?=[({])/y;
const PLAIN_CODE = /[^"'@$/()[\]{}&:]+/y;
const PLAIN_STRING = /[^"'\\\r\n&]+/y;
const PLAIN_VERBATIM = /[^"&]+/y;
const PLAIN_INTERPOLATED = /[^"\\{}\r\n&]+/y;
/** `yyyy-MM-dd` in `$"{date:yyyy-MM-dd}"`: text, in which a quote does not open a string. */
const FORMAT = /[^"{}\r\n&]+/y;
const LINE_END = /[\r\n]|&#(?:10|13|[xX]0*[aAdD]);/g;
const BRACKETS: Record<string, Kind> = { "(": { close: ")" }, "[": { close: "]" }, "{": { close: "}" } };
const INTERPOLATED: Kind = { verbatim: false };
const VERBATIM_INTERPOLATED: Kind = { verbatim: true };
const HOLE: Kind = { close: "}", hole: true };

/**
 * The offset after the C# expression whose opening bracket is at the offset, found from its brackets only. API Management accepts
 * unescaped expressions, so a quote or a `<` in one says nothing about the XML around it.
 *
 * @param references whether references such as `&quot;` are decoded, because some documents mix both styles
 */
export function endOfExpression(text: string, open: number, references: boolean): number | Unclosed {
  return READER.read(text, open, references);
}

/** Whether the text is a single expression, `@(…)` or `@{…}`, apart from white space around it. */
export function isExpression(text: string): boolean {
  BEGINNING.lastIndex = 0;
  if (!BEGINNING.test(text)) return false;
  const end = endOfExpression(text, BEGINNING.lastIndex, false);
  return typeof end === "number" && text.slice(end).trim() === "";
}

/** In documents that mix both styles, an expression is an escaped one if it is complete once its references are decoded. */
export function isEscapedExpression(written: string, decoded: string): boolean {
  return decoded !== written && isExpression(decoded);
}

/** The text with its references decoded, unless it is unescaped code. */
export function decodedText(written: string): string {
  const decoded = decodeReferences(written);
  if (decoded === written) return written;
  return isExpression(written) && !isExpression(decoded) ? written : decoded;
}

/** Reads one expression after the other: a document can have thousands, and an object for each takes more time than to read it. */
class ExpressionReader {
  private text = "";
  private offset = 0;
  private references = false;
  /** What is open, from the outermost one, and where each begins. */
  private readonly open: Kind[] = [];
  private readonly starts: number[] = [];
  /** Why it has stopped. Nothing is thrown, which takes long: a document can have thousands of broken expressions. */
  private unclosed: Unclosed | undefined;

  public read(text: string, offset: number, references: boolean): number | Unclosed {
    this.text = text;
    this.offset = offset;
    this.references = references;
    this.unclosed = undefined;
    do {
      const kind = this.open.at(-1);
      if (kind?.verbatim === undefined) this.code(kind);
      else this.interpolated(kind.verbatim);
    } while (this.open.length > 0 && !this.unclosed);
    // To set the length to 0 would drop the memory of the lists, which the next expression needs.
    while (this.open.length > 0) this.leave();
    this.text = "";
    return this.unclosed ?? this.offset;
  }

  private stop(problem: string, at: number): void {
    this.unclosed = new Unclosed(problem, at);
  }

  private code(kind: Kind | undefined): void {
    this.skip(PLAIN_CODE);
    const start = this.offset;
    if (start >= this.text.length) return this.stop("bracket", this.starts.at(-1) ?? start);
    if (!this.mayBegin(start)) return this.bracketOrOther(kind, start);
    if (this.take('"')) return this.quoted('"', "string", start);
    if (this.take("'")) return this.quoted("'", "character", start);
    if (this.take("//")) return this.lineComment();
    if (this.take("/*")) return this.blockComment(start);
    if (this.take('$@"') || this.take('@$"')) return this.enter(VERBATIM_INTERPOLATED, start);
    if (this.take('$"')) return this.enter(INTERPOLATED, start);
    if (this.take('@"')) return this.verbatim(start);
    if (this.take("::")) return;
    if (kind?.hole && this.take(":")) return this.skip(FORMAT);
    this.bracketOrOther(kind, start);
  }

  /** Whether a comment, a string or a colon can begin at the offset. */
  private mayBegin(offset: number): boolean {
    const character = this.text[offset];
    return character === "&" ? this.references : !"()[]{}".includes(character);
  }

  private bracketOrOther(kind: Kind | undefined, start: number): void {
    const character = this.text[start];
    this.offset++;
    if (BRACKETS[character] !== undefined) this.enter(BRACKETS[character], start);
    else if (character === kind?.close) this.leave();
    else if (")]}".includes(character)) this.stop("bracket", this.starts.at(-1) ?? start);
  }

  private enter(kind: Kind, start: number): void {
    this.open.push(kind);
    this.starts.push(start);
  }

  private leave(): void {
    this.open.pop();
    this.starts.pop();
  }

  private lineComment(): void {
    LINE_END.lastIndex = this.offset;
    this.offset = LINE_END.exec(this.text)?.index ?? this.text.length;
  }

  private blockComment(start: number): void {
    const end = this.text.indexOf("*/", this.offset);
    if (end < 0) return this.stop("comment", start);
    this.offset = end + 2;
  }

  private quoted(quote: string, problem: string, start: number): void {
    for (;;) {
      this.skip(PLAIN_STRING);
      if (this.take(quote)) return;
      if (this.atLineEnd()) return this.stop(problem, start);
      this.escapeOrCharacter();
    }
  }

  private verbatim(start: number): void {
    for (;;) {
      this.skip(PLAIN_VERBATIM);
      if (this.take('""')) continue;
      if (this.take('"')) return;
      if (this.offset >= this.text.length) return this.stop("string", start);
      this.offset++;
    }
  }

  private interpolated(verbatim: boolean): void {
    this.skip(PLAIN_INTERPOLATED);
    if (this.take("{{") || (verbatim && this.take('""'))) return;
    const start = this.offset;
    if (this.take("{")) return this.enter(HOLE, start);
    if (this.take('"')) return this.leave();
    if (this.offset >= this.text.length || (!verbatim && this.atLineEnd()))
      return this.stop("string", this.starts.at(-1) ?? start);
    if (verbatim) this.offset++;
    else this.escapeOrCharacter();
  }

  private escapeOrCharacter(): void {
    if (this.take("\\") && (this.take('"') || this.take("'"))) return;
    if (!this.atLineEnd()) this.offset++;
  }

  private atLineEnd(): boolean {
    return this.offset >= this.text.length || "\r\n".includes(this.text[this.offset]);
  }

  private skip(pattern: RegExp): void {
    pattern.lastIndex = this.offset;
    if (pattern.test(this.text)) this.offset = pattern.lastIndex;
  }

  private take(characters: string): boolean {
    let offset = this.offset;
    for (let index = 0; index < characters.length; index++) {
      const width = this.widthOf(characters[index], offset);
      if (width === 0) return false;
      offset += width;
    }
    this.offset = offset;
    return true;
  }

  private widthOf(character: string, offset: number): number {
    if (this.text[offset] === character) return 1;
    if (!this.references || this.text[offset] !== "&") return 0;
    const reference = decodeReference(this.text, offset);
    return reference?.character === character ? reference.width : 0;
  }
}

const READER = new ExpressionReader();
