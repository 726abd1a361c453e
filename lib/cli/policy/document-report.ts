import { statSync } from "fs";
import { fail } from "../../core/fail";
import { PlannedInsertion, PolicyFinding } from "../../policy/findings/rule";
import { MergePlan } from "../../policy/merge/merge";
import { PolicyDocument } from "../../policy/policy-document";
import { POLICY_LIMITS, sizeOf } from "../../policy/size";
import { scan } from "../../policy/syntax/scanner";
import { Console, FileIdentity } from "../console";
import { ExitCode } from "../exit-code";
import { isStandardInput, readInput, shownPath } from "../input";
import { limitOf, sizeConflicts } from "./sku";
import { isTemplate, masked, NotJudged, notJudgedIn, unmasked, withoutInsertedPolicies } from "./template";

/** What a merge into one document would do. */
export interface DocumentReport {
  readonly file: string;
  readonly result: "mergeable" | "conflicts" | "unreadable";
  readonly insertions: readonly PlannedInsertion[];
  readonly findings: readonly PolicyFinding[];
  /** Whether it was read as a template of Terraform. */
  readonly template: boolean;
  /** What cannot be judged before Terraform renders the template. */
  readonly notJudged: readonly NotJudged[];
  /** The size of the document in bytes, if it can be read. */
  readonly documentSize?: number;
  /** The size of the merged document in bytes, if there is one. */
  readonly size?: number;
  /** The size in bytes that the tier accepts; without a tier, that of all tiers but Consumption. */
  readonly limit: number;
  /** Why the document cannot be read. */
  readonly error?: string;
}

/** What decides the exit code. */
export type Outcome = Pick<DocumentReport, "result" | "notJudged">;

/** A finding whose resolutions are written for the command line. */
interface ReportedFinding extends PolicyFinding {
  /** The names that `--resolve` takes for it, such as `KEEP_CORS`. */
  readonly resolve: readonly string[];
}

/** A report, and the merged document if there is no conflict. */
export interface ReportedMerge {
  readonly report: DocumentReport;
  readonly xml?: string;
}

/** How documents are read and merged. */
export interface Reporting {
  readonly merge: (document: PolicyDocument) => PolicyDocument;
  readonly console: Console;
  /** The tier of the gateway. */
  readonly sku?: string;
  /** Whether every document is a template, whatever its name is. */
  readonly templates?: boolean;
}

/** Reads and merges a document. An error becomes part of its report, so that other documents are still read. */
export function reportOn(path: string, reporting: Reporting): ReportedMerge {
  const template = reporting.templates === true || isTemplate(path);
  const limit = limitOf(reporting.sku);
  const base = { file: shownPath(path), template, limit, insertions: [], findings: [], notJudged: [] };
  try {
    const text = readDocument(path, reporting.console);
    const read = { ...base, documentSize: sizeOf(text) };
    return template
      ? reportOnTemplate(read, text, reporting)
      : reported(read, planOf(text, read, reporting), reporting);
  } catch (error) {
    return { report: { ...base, result: "unreadable", error: unmasked((error as Error).message) } };
  }
}

type Beginning = Omit<DocumentReport, "result">;

function planOf(text: string, { file }: Beginning, { merge }: Reporting): MergePlan {
  return merge(PolicyDocument._read(text, file))._analyze();
}

/** What stands where policies stand is judged as if it were not there, and everything else as it is. */
function reportOnTemplate(read: Beginning, text: string, reporting: Reporting): ReportedMerge {
  const tree = scan(masked(text), read.file);
  const notJudged = notJudgedIn(tree);
  const plan = planOf(tree.text, read, reporting);
  const { findings } = notJudged.length > 0 ? planOf(withoutInsertedPolicies(tree), read, reporting) : plan;
  const { report, xml } = reported({ ...read, notJudged }, { ...plan, findings }, reporting);
  return xml === undefined ? { report } : { report: { ...report, size: sizeOf(unmasked(xml)) }, xml: unmasked(xml) };
}

function reported(read: Beginning, plan: MergePlan, { sku }: Reporting): ReportedMerge {
  const { insertions, merged } = plan;
  const findings = [...plan.findings.all(), ...sizeConflicts(merged, sku)];
  const report = { ...read, findings };
  if (findings.some(({ severity }) => severity === "conflict")) return { report: { ...report, result: "conflicts" } };
  return { report: { ...report, result: "mergeable", insertions, size: sizeOf(merged.text) }, xml: merged.text };
}

const MAX_BYTES = POLICY_LIMITS.otherTiers;

/** An empty document is more likely a mistake than a policy without sections. */
function readDocument(path: string, console: Console): string {
  const { file: output } = console;
  if (output !== undefined && !isStandardInput(path) && isSameFile(path, output))
    fail(
      path,
      "output-is-document",
      "The output of the command goes to this file, which a shell empties before the command can read it.",
      'Restore the file. Then redirect the output to another file, or use the option --output of "policy merge".',
    );
  const text = readInput({ path, what: "The policy document", maxBytes: MAX_BYTES }, console);
  if (text.trim() === "")
    fail(
      shownPath(path),
      "empty-policy-file",
      "The document is empty.",
      "Write a policy document: <policies>...</policies>.",
    );
  return text;
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
export function inOptions(finding: PolicyFinding): ReportedFinding {
  const { id, severity, source, line, column, ours, message, resolutions } = finding;
  const option = (resolution: string): string => unmasked(resolution.replace(RESOLVE, "--resolve $1"));
  const resolve = resolutions.flatMap((text) => [...text.matchAll(RESOLVE)].map(([, name]) => name));
  const place = { source, line, column, ours };
  return { id, severity, ...place, message: unmasked(message), resolutions: resolutions.map(option), resolve };
}

/** The report for machines: it has all findings. */
export function reportJson(report: DocumentReport): object {
  return { ...report, findings: report.findings.map(inOptions) };
}

/** The exit code for the reports on all documents. */
export function exitCodeOf(reports: readonly Outcome[]): number {
  if (reports.some(({ result }) => result === "unreadable")) return ExitCode.UNREADABLE;
  if (reports.some(({ result }) => result === "conflicts")) return ExitCode.CONFLICTS;
  return reports.some(({ notJudged }) => notJudged.length > 0) ? ExitCode.NOT_CHECKED : ExitCode.OK;
}
