import { SourcePosition } from "../../../policy/syntax/source-tree";
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

/** Nobody reads more, and one mistake often causes many findings. */
const MOST_FINDINGS = 20;

/** The findings in the order of the document, a line for each. One is found twice if operations share a parameter. */
export function listFindings(
  file: string,
  findings: readonly LocatedFinding[],
  positionOf: (offset: number) => SourcePosition,
): string {
  const inOrder = [...findings].sort((a, b) => a.offset - b.offset || (a.message < b.message ? -1 : 1));
  const distinct = inOrder.filter(({ offset, message }, index) => {
    const before = inOrder[index - 1] as LocatedFinding | undefined;
    return offset !== before?.offset || message !== before.message;
  });
  const lines = distinct.slice(0, MOST_FINDINGS).map(({ offset, message }) => {
    const { line, column } = positionOf(offset);
    return `- ${file}:${line}:${column} ${message}`;
  });
  const more = distinct.length - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}
