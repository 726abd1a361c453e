import { PolicyDocument } from "../policy/policy-document";
import { PlannedInsertion, PolicyFinding, findingLine } from "../policy/findings/finding";
import { MergePlan } from "../policy/merge/merge";

/** What a merge into one document would do. */
export interface DocumentReport {
  readonly file: string;
  readonly result: "mergeable" | "conflicts" | "unreadable";
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly PolicyFinding[];
  /** Why the document cannot be read. */
  readonly error?: string;
}

/** A report, and the merged document where nothing stands in its way. */
export interface ReportedMerge {
  readonly report: DocumentReport;
  readonly xml?: string;
}

/** Reads a document, and says what becomes of it in a merge: one of many that makes trouble keeps nobody from the others. */
export function reportOn(file: string, merge: (document: PolicyDocument) => PolicyDocument): ReportedMerge {
  try {
    return reported(file, merge(readDocument(file))._analyze());
  } catch (error) {
    const { message } = error as Error;
    return { report: { file, result: "unreadable", insertions: [], findings: [], error: message } };
  }
}

function reported(
  file: string,
  { insertions, findings, text }: Pick<MergePlan, "insertions" | "findings" | "text">,
): ReportedMerge {
  const blocked = findings.some(({ severity }) => severity === "conflict");
  const report = { file, findings: findings.map(inOptions) };
  if (blocked) return { report: { ...report, result: "conflicts", insertions: [] } };
  return { report: { ...report, result: "mergeable", insertions }, xml: text };
}

/** An empty file is more likely the wrong one, or a lost one, than a policy without sections. */
function readDocument(file: string): PolicyDocument {
  const document = PolicyDocument.fromFile(file);
  if (document.toXml().trim() === "")
    throw new Error(`[${file}] The file is empty. Write a policy document into it: <policies>...</policies>.`);
  return document;
}

/** Who sits at the command line resolves conflicts by its options. */
function inOptions(finding: PolicyFinding): PolicyFinding {
  return { ...finding, resolutions: finding.resolutions.map(inOption) };
}

function inOption(resolution: string): string {
  return resolution.replace(/\.(keep|replace)Existing\(PolicyConflict\.(\w+)\)/g, "--$1 $2");
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
