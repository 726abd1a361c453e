import { fail } from "../core/fail";
import { findingLine, PlannedInsertion, PolicyFinding } from "../policy/findings/rule";
import { PolicyDocument } from "../policy/policy-document";

/** What a merge into one document would do. */
export interface DocumentReport {
  readonly file: string;
  readonly result: "mergeable" | "conflicts" | "unreadable";
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly ReportedFinding[];
  /** Why the document cannot be read. */
  readonly error?: string;
}

/** A finding whose resolutions are written for the command line. */
export interface ReportedFinding extends PolicyFinding {
  /** The names that `--resolve` takes for it, such as `KEEP_CORS`. */
  readonly resolve: readonly string[];
}

/** A report, and the merged document if there is no conflict. */
export interface ReportedMerge {
  readonly report: DocumentReport;
  readonly xml?: string;
}

/** Reads and merges a document. An error becomes part of its report, so that other documents are still read. */
export function reportOn(file: string, merge: (document: PolicyDocument) => PolicyDocument): ReportedMerge {
  try {
    return reported(file, merge(readDocument(file))._analyze());
  } catch (error) {
    const { message } = error as Error;
    return { report: { file, result: "unreadable", insertions: [], findings: [], error: message } };
  }
}

function reported(file: string, { insertions, findings, text }: ReturnType<PolicyDocument["_analyze"]>): ReportedMerge {
  const blocked = findings.some(({ severity }) => severity === "conflict");
  const report = { file, findings: findings.map(inOptions) };
  if (blocked) return { report: { ...report, result: "conflicts", insertions: [] } };
  return { report: { ...report, result: "mergeable", insertions }, xml: text };
}

/** An empty file is more likely a mistake than a policy without sections. */
function readDocument(file: string): PolicyDocument {
  const document = PolicyDocument.fromFile(file);
  if (document.toXml().trim() === "")
    fail(file, "empty-policy-file", "The file is empty.", "Write a policy document in it: <policies>...</policies>.");
  return document;
}

/** What a resolution says to write in code. */
const RESOLVE = /\.resolve\(ConflictResolution\.(\w+)\)/g;

/** On the command line, options resolve conflicts. */
function inOptions(finding: PolicyFinding): ReportedFinding {
  const option = (resolution: string): string => resolution.replace(RESOLVE, "--resolve $1");
  const resolve = finding.resolutions.flatMap((text) => [...text.matchAll(RESOLVE)].map(([, name]) => name));
  return { ...finding, resolutions: finding.resolutions.map(option), resolve };
}

const HEADLINES = { mergeable: "can be merged", conflicts: "has conflicts", unreadable: "cannot be read" };

/** The report as text. */
export function reportText({ file, result, insertions, findings, error }: DocumentReport): string {
  const lines = [
    ...(error === undefined ? [] : [error]),
    ...[...grouped(insertions)].map(([place, elements]) => `inserts at ${place} ${elements.join(" ")}`),
    ...findings.map((finding) => `${finding.severity} at ${findingLine(finding)}`),
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
