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

/** A finding at its place in the text. Line and column count from 1. */
export interface LocatedFinding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Nobody reads more, and one mistake often causes many findings. */
const MOST_FINDINGS = 20;

/** The findings as a list, one line each. */
export function listFindings(file: string, findings: readonly LocatedFinding[]): string {
  const shown = findings.slice(0, MOST_FINDINGS);
  const lines = shown.map(({ line, column, message }) => `- ${file}:${line}:${column} ${message}`);
  const more = findings.length - shown.length;
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

/** Findings in the order of the document, each once: a parameter of a path belongs to all its operations. */
export function inOrder(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
