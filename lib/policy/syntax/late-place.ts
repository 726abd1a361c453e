import { Place } from "./place";

/** Something whose place is computed when it is first read: a document can have thousands, and messages show a few. */
export abstract class LatePlace implements Place {
  private place?: Place;

  protected abstract findPlace(): Place;

  public get at(): Place {
    return (this.place ??= this.findPlace());
  }

  public get source(): string {
    return this.at.source;
  }

  public get line(): number {
    return this.at.line;
  }

  public get column(): number {
    return this.at.column;
  }
}
