import { decodeReference, decodeReferences } from "./references";

/** What in a C# expression is not closed, and where it begins. */
export class Unclosed {
  constructor(
    public readonly problem: string,
    public readonly at: number,
  ) {}
}

/** An open bracket or an interpolated string. The bracket of a hole in the string is a separate frame. */
interface Frame {
  readonly close: string;
  readonly start: number;
  /** How an interpolated string is written; `undefined` for a bracket. */
  readonly verbatim?: boolean;
  /** Whether it is a hole of an interpolated string, which may end with a format. */
  readonly hole?: boolean;
  /** What it is in. */
  readonly outer?: Frame;
}

const BEGINNING = /\s*@(?=[({])/y;
const PLAIN_CODE = /[^"'@$/()[\]{}&:]+/y;
const PLAIN_STRING = /[^"'\\\r\n&]+/y;
const PLAIN_VERBATIM = /[^"&]+/y;
const PLAIN_INTERPOLATED = /[^"\\{}\r\n&]+/y;
/** `yyyy-MM-dd` in `$"{date:yyyy-MM-dd}"`: text, in which a quote does not open a string. */
const FORMAT = /[^"{}\r\n&]+/y;
const LINE_END = /[\r\n]|&#(?:10|13|[xX]0*[aAdD]);/g;
const BRACKETS: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/**
 * The offset after the C# expression whose opening bracket is at the offset, found from its brackets only. API Management accepts
 * unescaped expressions, so a quote or a `<` in one says nothing about the XML around it.
 *
 * @param references whether references such as `&quot;` are decoded, because some documents mix both styles
 */
export function endOfExpression(text: string, open: number, references: boolean): number | Unclosed {
  return new ExpressionReader(text, open, references).read();
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

class ExpressionReader {
  private frame?: Frame;
  /** Why it has stopped. Nothing is thrown, which takes long: a document can have thousands of broken expressions. */
  private unclosed?: Unclosed;

  constructor(
    private readonly text: string,
    private offset: number,
    private readonly references: boolean,
  ) {}

  public read(): number | Unclosed {
    do {
      const { frame } = this;
      if (frame?.verbatim === undefined) this.code(frame);
      else this.interpolated(frame, frame.verbatim);
    } while (this.frame && !this.unclosed);
    return this.unclosed ?? this.offset;
  }

  private stop(problem: string, at: number): void {
    this.unclosed = new Unclosed(problem, at);
  }

  private code(frame: Frame | undefined): void {
    this.skip(PLAIN_CODE);
    const start = this.offset;
    if (start >= this.text.length) return this.stop("bracket", frame?.start ?? start);
    if (!this.mayBegin(start)) return this.bracketOrOther(frame, start);
    if (this.take('"')) return this.quoted('"', "string", start);
    if (this.take("'")) return this.quoted("'", "character", start);
    if (this.take("//")) return this.lineComment();
    if (this.take("/*")) return this.blockComment(start);
    if (this.take('$@"') || this.take('@$"')) return this.open('"', start, true);
    if (this.take('$"')) return this.open('"', start, false);
    if (this.take('@"')) return this.verbatim(start);
    if (this.take("::")) return;
    if (frame?.hole && this.take(":")) return this.skip(FORMAT);
    this.bracketOrOther(frame, start);
  }

  /** Whether a comment, a string or a colon can begin at the offset. */
  private mayBegin(offset: number): boolean {
    const character = this.text[offset];
    return character === "&" ? this.references : !"()[]{}".includes(character);
  }

  private bracketOrOther(frame: Frame | undefined, start: number): void {
    const character = this.text[start];
    this.offset++;
    if (BRACKETS[character] !== undefined) this.open(BRACKETS[character], start);
    else if (character === frame?.close) this.frame = frame.outer;
    else if (")]}".includes(character)) this.stop("bracket", frame?.start ?? start);
  }

  private open(close: string, start: number, verbatim?: boolean, hole?: boolean): void {
    this.frame = { close, start, verbatim, hole, outer: this.frame };
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

  private interpolated(frame: Frame, verbatim: boolean): void {
    this.skip(PLAIN_INTERPOLATED);
    if (this.take("{{") || (verbatim && this.take('""'))) return;
    const start = this.offset;
    if (this.take("{")) return this.open("}", start, undefined, true);
    if (this.take('"')) return void (this.frame = frame.outer);
    if (this.offset >= this.text.length || (!verbatim && this.atLineEnd())) return this.stop("string", frame.start);
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
