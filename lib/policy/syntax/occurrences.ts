/** Where a part of a text occurs next. The text is searched once, if the offsets never decrease. */
export class Occurrences {
  private next = -1;

  constructor(
    private readonly text: string,
    private readonly part: string,
  ) {}

  /** The offset of the first one at the offset or after it. */
  public from(offset: number): number {
    if (this.next < offset) {
      const found = this.text.indexOf(this.part, offset);
      this.next = found < 0 ? Infinity : found;
    }
    return this.next;
  }
}
