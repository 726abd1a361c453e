import { finding } from "../../core/fail";
import { grouped } from "../../core/grouped";
import { findingLine, MOST_SHOWN, PlannedInsertion } from "../../policy/findings/rule";
import { inKib, POLICY_LIMITS } from "../../policy/size";
import { printable } from "../printable";
import { DocumentReport, inOptions } from "./document-report";

const HEADLINES = { mergeable: "can be merged", conflicts: "has conflicts", unreadable: "cannot be read" };

/** The report as text. Of many findings, it has the first and the number of the others. */
export function reportText(report: DocumentReport, sku?: string): string {
  const { file, result, insertions, error } = report;
  const lines = [
    `${file}: ${HEADLINES[result]}`,
    ...(error === undefined ? [] : [`  ${error}`]),
    ...sizeLines(report, sku),
    ...insertionLines(insertions),
    ...findingLines(report),
    ...notJudgedLines(report),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** The first findings. Conflicts decide the exit code, so no warning hides one. */
function findingLines({ findings }: DocumentReport): string[] {
  const conflicts = findings.filter(({ severity }) => severity === "conflict");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const firstConflicts = conflicts.slice(0, MOST_SHOWN);
  const firstWarnings = warnings.slice(0, MOST_SHOWN - firstConflicts.length);
  const lines = [...firstConflicts, ...firstWarnings]
    .map(inOptions)
    .map((each) => `  ${each.severity} at ${findingLine(each)}`);
  const moreFindings = [
    ...more(conflicts.length - firstConflicts.length, "conflict"),
    ...more(warnings.length - firstWarnings.length, "warning"),
  ].join(" and ");
  if (moreFindings === "") return lines;
  return [...lines, `  ${finding("more-findings", `The document has ${moreFindings}.`, ALL_IN_JSON)}`];
}

function notJudgedLines({ notJudged }: DocumentReport): string[] {
  const first = notJudged.slice(0, MOST_SHOWN);
  const lines = first.map(({ line, column, message }) => `  not judged at ${line}:${column} ${message}`);
  const [morePlaces] = more(notJudged.length - first.length, "place");
  if (morePlaces === undefined) return lines;
  return [
    ...lines,
    `  ${finding("more-not-judged", `The template has ${morePlaces} that cannot be judged.`, ALL_IN_JSON)}`,
  ];
}

const ALL_IN_JSON = "Write --json to see all of them.";

function more(count: number, what: string): string[] {
  return count > 0 ? [`${count} more ${what}${count === 1 ? "" : "s"}`] : [];
}

function sizeLines({ documentSize, size, limit, template }: DocumentReport, sku: string | undefined): string[] {
  if (documentSize === undefined) return [];
  const now = `${inKib(documentSize)} now${template ? ", before Terraform renders the template" : ""}`;
  const sizes = size === undefined ? now : `${inKib(size)} merged, ${now}`;
  return [`  size ${sizes}, of at most ${inKib(limit)} ${tierText(size ?? documentSize, sku)}`];
}

function tierText(size: number, sku: string | undefined): string {
  if (sku !== undefined) return `on ${sku}`;
  const { consumption } = POLICY_LIMITS;
  return size > consumption
    ? `(too large for Consumption: ${inKib(consumption)})`
    : `(${inKib(consumption)} on Consumption)`;
}

function insertionLines(insertions: readonly PlannedInsertion[]): string[] {
  const byPlace = grouped(insertions, ({ line, column }) => [`${line}:${column}`]);
  return [...byPlace].map(([place, inserted]) => {
    const elements = inserted.flatMap((each) => each.elements.map((name) => `<${name}>`));
    return `  inserts at ${place} ${elements.join(" ")}`;
  });
}
