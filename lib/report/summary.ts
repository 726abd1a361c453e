import { counted, listed } from "./names";
import type { TrustReport } from "./trust-report";

/** What a report says first: what is wrong and what is open, in a sentence each. */
export function summaryOf(report: TrustReport): string[] {
  const { findings, notJudged, openOnPurpose, secrets, leftToOperator, checked } = report;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const used = secrets.filter(({ disabled }) => !disabled).length;
  const found = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  const unread = checked.unreadable.length + checked.skipped.length;
  return [
    found.length > 0 ? `The rules found ${listed(found)}.` : "The rules found nothing.",
    ...(notJudged.length > 0
      ? [`${counted(notJudged.length, "judgement")} could not be made before Terraform runs.`]
      : []),
    openOnPurpose.length > 0
      ? `${counted(openOnPurpose.length, "thing")} ${isOrAre(openOnPurpose.length)} open on purpose.`
      : "Nothing is open on purpose.",
    used > 0
      ? `${counted(used, "entry", "entries")} in the Terraform state can be used by its readers.`
      : "No secret of use will be in the Terraform state.",
    ...(leftToOperator.length > 0
      ? [`${counted(leftToOperator.length, "task")} ${isOrAre(leftToOperator.length)} left to the operator.`]
      : []),
    ...(unread > 0 ? [`${counted(unread, "file")} could not be read, so the report is not complete.`] : []),
  ];
}

function isOrAre(number: number): string {
  return number === 1 ? "is" : "are";
}
