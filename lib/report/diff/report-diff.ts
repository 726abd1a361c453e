import type { TrustReport } from "../trust-report";

/** What opened, what closed and what else changed between two reports. It is plain data, as a report is. */
export interface ReportDiff {
  readonly format: 1;
  /** The titles of the reports. */
  readonly base: string;
  readonly head: string;
  /** Somebody new gets in, or less stops them, or less is known. */
  readonly opened: readonly Change[];
  readonly closed: readonly Change[];
  /** What neither opens nor closes anything by itself. */
  readonly changed: readonly Change[];
}

/** The part of a report that a change is in. */
export type ChangedSection =
  | "calls"
  | "access"
  | "secrets"
  | "open on purpose"
  | "findings"
  | "not judged"
  | "left to the operator"
  | "parties"
  | "files";

/** One change. */
export interface Change {
  readonly section: ChangedSection;
  /** What it is about, such as "Shop → Orders". */
  readonly about: string;
  /** What the base has; none if it is new. */
  readonly before?: string;
  /** What the head has; none if it is gone. */
  readonly after?: string;
}

/** Whether JSON is a report of this format. */
export function isReport(json: unknown): json is TrustReport {
  if (typeof json !== "object" || json === null) return false;
  const report = json as Partial<Record<keyof TrustReport, unknown>>;
  const checked = report.checked as Partial<TrustReport["checked"]> | undefined;
  return (
    report.format === 1 &&
    typeof report.title === "string" &&
    SECTIONS.every((section) => isListOfObjects(report[section])) &&
    typeof checked === "object" &&
    checked !== null &&
    Array.isArray(checked.unreadable) &&
    Array.isArray(checked.skipped)
  );
}

const SECTIONS = [
  "parties",
  "calls",
  "access",
  "secrets",
  "openOnPurpose",
  "findings",
  "notJudged",
  "leftToOperator",
] as const satisfies readonly (keyof TrustReport)[];

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "object" && each !== null);
}
