import { SourcePosition } from "../../../policy/syntax/place";
import { Trail } from "../json";

/** Something that API Management refuses or ignores in a document. */
export interface OpenApiFinding {
  /** Where it is. */
  readonly trail: Trail;
  /** Whether it is about the key at the end of the trail rather than its value. */
  readonly ofKey?: boolean;
  /** What is wrong, what to write instead, and the id. */
  readonly message: string;
  /** At how many more places it is the same. */
  readonly repeats?: number;
}

/** A finding at its place in the text. */
export interface LocatedFinding {
  readonly offset: number;
  readonly message: string;
}

/** Nobody reads more, and one mistake often causes many findings. The search ends with them. */
const MOST_FINDINGS = 20;

/** The findings of one kind, as many as can be shown. */
export class FindingList {
  private readonly first: LocatedFinding[] = [];
  private goesOn = false;

  /**
   * Adds a finding, and tells whether it can be shown.
   *
   * @param located called only if it can
   */
  public add(located: () => LocatedFinding): boolean {
    if (this.first.length === MOST_FINDINGS) this.goesOn = true;
    else this.first.push(located());
    return !this.goesOn;
  }

  public get isEmpty(): boolean {
    return this.first.length === 0;
  }

  /** The findings of several lists in the order of the document, a line for each. */
  public static listed(
    file: string,
    lists: readonly FindingList[],
    positionOf: (offset: number) => SourcePosition,
  ): string {
    const inOrder = lists
      .flatMap(({ first }) => first)
      .sort((a, b) => a.offset - b.offset || (a.message < b.message ? -1 : 1));
    const distinct = inOrder.filter(({ offset, message }, index) => {
      const before = inOrder[index - 1] as LocatedFinding | undefined;
      return offset !== before?.offset || message !== before.message;
    });
    const lines = distinct.slice(0, MOST_FINDINGS).map(({ offset, message }) => {
      const { line, column } = positionOf(offset);
      return `- ${file}:${line}:${column} ${message}`;
    });
    const hasMore = distinct.length > lines.length || lists.some(({ goesOn }) => goesOn);
    return [...lines, ...(hasMore ? ["- and more"] : [])].join("\n");
  }
}
