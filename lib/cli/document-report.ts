import { findingLine } from "../core/policy-errors";
import { PolicyDocument } from "../policy/policy-document";
import { PlannedInsertion, PolicyFinding } from "../policy/private/finding";

/** What a merge into one document would do. */
export interface DocumentReport {
  readonly file: string;
  readonly result: "mergeable" | "conflicts" | "unreadable";
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly PolicyFinding[];
  /** Why the document cannot be read. */
  readonly error?: string;
}

/** Reads a document, and says what becomes of it in a merge. */
export function reportOn(file: string, merge: (document: PolicyDocument) => PolicyDocument): DocumentReport {
  const document = readDocument(file);
  if (typeof document === "string")
    return { file, result: "unreadable", insertions: [], findings: [], error: document };
  const { insertions, findings } = merge(document)._analyze();
  const blocked = findings.some(({ severity }) => severity === "conflict");
  return { file, result: blocked ? "conflicts" : "mergeable", insertions: blocked ? [] : insertions, findings };
}

/** The document, or why there is none: one of many that cannot be read keeps nobody from the others. */
function readDocument(file: string): PolicyDocument | string {
  try {
    return PolicyDocument.fromFile(file);
  } catch (error) {
    return (error as Error).message;
  }
}

const HEADLINES = { mergeable: "can be merged", conflicts: "conflicts stand in the way", unreadable: "cannot be read" };

/** The report for people. */
export function reportText({ file, result, insertions, findings, error }: DocumentReport): string {
  const lines = [
    ...(error === undefined ? [] : [error]),
    ...[...grouped(insertions)].map(([place, elements]) => `inserts at ${place} ${elements.join(" ")}`),
    ...findings.map((finding) => `${finding.severity} ${finding.kind} at ${findingLine(finding)}`),
  ];
  return [`${file}: ${HEADLINES[result]}`, ...lines.map((line) => `  ${line}`)].join("\n") + "\n";
}

function grouped(insertions: readonly PlannedInsertion[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { line, column, elements } of insertions) {
    const place = `${line}:${column}`;
    places.set(place, [...(places.get(place) ?? []), ...elements.map((name) => `<${name}>`)]);
  }
  return places;
}
