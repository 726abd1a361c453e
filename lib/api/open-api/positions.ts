import { SourcePosition } from "../../policy/syntax/place";

/** Lines and columns of a text. Positions that are asked for in the order of the text are counted on from the one before. */
export class Positions {
  private line = 1;
  private lineStart = 0;
  /** Where the next line begins, or after the end of the text. */
  private lineEnd: number;

  constructor(private readonly text: string) {
    this.lineEnd = this.endFrom(0);
  }

  /** The position of the first character from the offset on that is neither white space nor a comment, an anchor or a tag. */
  public at(offset: number): SourcePosition {
    const before = /(?:\s+|#[^\n]*|[&!][^\s,[\]{}]*)*/y;
    before.lastIndex = offset;
    before.exec(this.text);
    const start = before.lastIndex < this.text.length ? before.lastIndex : Math.min(offset, this.text.length);
    if (start < this.lineStart) this.goTo(1, 0);
    while (start >= this.lineEnd) this.goTo(this.line + 1, this.lineEnd);
    return { line: this.line, column: start - this.lineStart + 1 };
  }

  private goTo(line: number, lineStart: number): void {
    this.line = line;
    this.lineStart = lineStart;
    this.lineEnd = this.endFrom(lineStart);
  }

  private endFrom(offset: number): number {
    const lineBreak = this.text.indexOf("\n", offset);
    return lineBreak < 0 ? this.text.length + 1 : lineBreak + 1;
  }
}
