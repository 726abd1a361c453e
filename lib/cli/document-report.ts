import { statSync } from "fs";
import { fail } from "../core/fail";
import { findingLine, PlannedInsertion, PolicyFinding } from "../policy/findings/rule";
import { MergePlan } from "../policy/merge/merge";
import { PolicyDocument } from "../policy/policy-document";
import { inKib, POLICY_LIMITS, sizeOf } from "../policy/size";
import { FileIdentity, printable } from "./console";

/** What a merge into one document would do. */
export interface DocumentReport {
  readonly file: string;
  readonly result: "mergeable" | "conflicts" | "unreadable";
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly ReportedFinding[];
  /** The size of the merged document in bytes, if there is one. */
  readonly size?: number;
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

/**
 * Reads and merges a document. An error becomes part of its report, so that other documents are still read.
 *
 * @param output the file that the command writes to, which cannot be read as a document
 */
export function reportOn(
  file: string,
  merge: (document: PolicyDocument) => PolicyDocument,
  output?: FileIdentity,
): ReportedMerge {
  try {
    return reported(file, merge(readDocument(file, output))._analyze());
  } catch (error) {
    const { message } = error as Error;
    return { report: { file, result: "unreadable", insertions: [], findings: [], error: message } };
  }
}

function reported(file: string, { insertions, findings, merged }: MergePlan): ReportedMerge {
  const blocked = findings.some(({ severity }) => severity === "conflict");
  const report = { file, findings: findings.map(inOptions) };
  if (blocked) return { report: { ...report, result: "conflicts", insertions: [] } };
  const { text } = merged;
  return { report: { ...report, result: "mergeable", insertions, size: sizeOf(text) }, xml: text };
}

/** An empty file is more likely a mistake than a policy without sections. */
function readDocument(file: string, output?: FileIdentity): PolicyDocument {
  if (output !== undefined && isSameFile(file, output))
    fail(
      file,
      "output-is-document",
      "The output of the command goes to this file, which a shell empties before the command can read it.",
      'Restore the file. Then redirect the output to another file, or use the option --output of "policy merge".',
    );
  const document = PolicyDocument.fromFile(file);
  if (document.toXml().trim() === "")
    fail(file, "empty-policy-file", "The file is empty.", "Write a policy document in it: <policies>...</policies>.");
  return document;
}

function isSameFile(path: string, { dev, ino }: FileIdentity): boolean {
  try {
    const stats = statSync(path);
    return stats.dev === dev && stats.ino === ino;
  } catch {
    return false;
  }
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
const ACCEPTED = `of at most ${inKib(POLICY_LIMITS.otherTiers)} (${inKib(POLICY_LIMITS.consumption)} on Consumption)`;

/** The report as text. */
export function reportText({ file, result, insertions, findings, size, error }: DocumentReport): string {
  const lines = [
    `${file}: ${HEADLINES[result]}`,
    ...(error === undefined ? [] : [`  ${error}`]),
    ...(size === undefined ? [] : [`  size ${inKib(size)}, ${ACCEPTED}`]),
    ...[...grouped(insertions)].map(([place, elements]) => `  inserts at ${place} ${elements.join(" ")}`),
    ...findings.map((finding) => `  ${finding.severity} at ${findingLine(finding)}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function grouped(insertions: readonly PlannedInsertion[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { line, column, elements } of insertions) {
    const place = `${line}:${column}`;
    const inserted = places.get(place) ?? [];
    inserted.push(...elements.map((name) => `<${name}>`));
    places.set(place, inserted);
  }
  return places;
}
