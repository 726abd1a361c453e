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
  readonly string?: { readonly verbatim: boolean };
  /** Whether it is a hole of an interpolated string, which may end with a format. */
  readonly hole?: boolean;
}

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
  try {
    return new ExpressionReader(text, open, references).read();
  } catch (error) {
    if (error instanceof Unclosed) return error;
    throw error;
  }
}

/** Whether the text is a single expression, `@(…)` or `@{…}`, apart from white space around it. */
export function isExpression(text: string): boolean {
  const open = text.search(/\S/) + 1;
  if (open === 0 || !/@[({]/.test(text.slice(open - 1, open + 1))) return false;
  const end = endOfExpression(text, open, false);
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
  private readonly frames: Frame[] = [];

  constructor(
    private readonly text: string,
    private offset: number,
    private readonly references: boolean,
  ) {}

  public read(): number {
    do {
      const frame = this.frames.at(-1);
      if (frame?.string) this.interpolated(frame, frame.string.verbatim);
      else this.code(frame);
    } while (this.frames.length > 0);
    return this.offset;
  }

  private code(frame: Frame | undefined): void {
    this.skip(PLAIN_CODE);
    const start = this.offset;
    if (start >= this.text.length) throw new Unclosed("bracket", frame?.start ?? start);
    if (this.take("//")) return this.lineComment();
    if (this.take("/*")) return this.blockComment(start);
    if (this.take('$@"') || this.take('@$"')) return this.open('"', start, { verbatim: true });
    if (this.take('$"')) return this.open('"', start, { verbatim: false });
    if (this.take('@"')) return this.verbatim(start);
    if (this.take('"')) return this.quoted('"', "string", start);
    if (this.take("'")) return this.quoted("'", "character", start);
    if (this.take("::")) return;
    if (frame?.hole && this.take(":")) return this.skip(FORMAT);
    this.bracketOrOther(frame, start);
  }

  private bracketOrOther(frame: Frame | undefined, start: number): void {
    const character = this.text[start];
    this.offset++;
    if (BRACKETS[character] !== undefined) this.open(BRACKETS[character], start);
    else if (character === frame?.close) this.frames.pop();
    else if (")]}".includes(character)) throw new Unclosed("bracket", frame?.start ?? start);
  }

  private open(close: string, start: number, string?: { readonly verbatim: boolean }): void {
    this.frames.push({ close, start, string });
  }

  private lineComment(): void {
    LINE_END.lastIndex = this.offset;
    this.offset = LINE_END.exec(this.text)?.index ?? this.text.length;
  }

  private blockComment(start: number): void {
    const end = this.text.indexOf("*/", this.offset);
    if (end < 0) throw new Unclosed("comment", start);
    this.offset = end + 2;
  }

  private quoted(quote: string, problem: string, start: number): void {
    for (;;) {
      this.skip(PLAIN_STRING);
      if (this.take(quote)) return;
      if (this.atLineEnd()) throw new Unclosed(problem, start);
      this.escapeOrCharacter();
    }
  }

  private verbatim(start: number): void {
    for (;;) {
      this.skip(PLAIN_VERBATIM);
      if (this.take('""')) continue;
      if (this.take('"')) return;
      if (this.offset >= this.text.length) throw new Unclosed("string", start);
      this.offset++;
    }
  }

  private interpolated(frame: Frame, verbatim: boolean): void {
    this.skip(PLAIN_INTERPOLATED);
    if (this.take("{{") || (verbatim && this.take('""'))) return;
    const start = this.offset;
    if (this.take("{")) return void this.frames.push({ close: "}", start, hole: true });
    if (this.take('"')) return void this.frames.pop();
    if (this.offset >= this.text.length || (!verbatim && this.atLineEnd())) throw new Unclosed("string", frame.start);
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
    for (const character of characters) {
      const width = this.widthOf(character, offset);
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
