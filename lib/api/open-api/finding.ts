/** Something at one place of a document; line and column count from 1. */
export interface OpenApiFinding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** More would not be read, and one mistake often makes many. */
const MOST_FINDINGS = 20;

/** The findings as a list under a head. */
export function listFindings(head: string, path: string, findings: readonly OpenApiFinding[]): string {
  const shown = findings.slice(0, MOST_FINDINGS);
  const lines = shown.map(({ line, column, message }) => `- ${path}:${line}:${column} ${message}`);
  const more = findings.length - shown.length;
  return [head, ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}
