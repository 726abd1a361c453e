import { counted, listed, once, withKind } from "./names";
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
  const modules = checked.modules ?? [];
  const [open, perhaps] = [/^everyone(?:$|,| who knows)/, /^perhaps everyone/].map((admits) =>
    lettingIn(report, admits),
  );
  const unread = checked.unreadable.length + checked.skipped.length;
  return [
    found.length > 0 ? `The rules found ${listed(found)}.` : "The rules found nothing.",
    ...(notJudged.length > 0
      ? [`${counted(notJudged.length, "judgement")} could not be made before Terraform runs.`]
      : []),
    ...(open.length > 0 ? [`Everyone gets into ${listed(open)}.`] : []),
    ...(perhaps.length > 0 ? [`Perhaps everyone gets into ${listed(perhaps)}.`] : []),
    openOnPurpose.length > 0
      ? `${counted(openOnPurpose.length, "thing")} ${isOrAre(openOnPurpose.length)} open on purpose.`
      : "Nothing is open on purpose.",
    used > 0
      ? `${counted(used, "entry", "entries")} in the Terraform state can be used by its readers.`
      : "No secret of use will be in the Terraform state.",
    ...(leftToOperator.length > 0
      ? [`${counted(leftToOperator.length, "task")} ${isOrAre(leftToOperator.length)} left to the operator.`]
      : []),
    ...(modules.length > 0
      ? [
          `The report does not read ${modules.length === 1 ? "a module" : "modules"}, so it is not complete: ${listed(modules)}.`,
        ]
      : []),
    ...(unread > 0 ? [`${counted(unread, "file")} could not be read, so the report is not complete.`] : []),
  ];
}

/** What lets such callers in, if only on some paths. */
function lettingIn({ access, parties }: TrustReport, admits: RegExp): string[] {
  const byId = new Map(parties.map((party) => [party.id, party]));
  const found = access.filter((row) => row.admits.some((each) => admits.test(each)));
  return once(
    found.map(({ party }) => {
      const { kind, name } = byId.get(party) ?? { kind: "outside" as const, name: party };
      return `the ${withKind(kind, name)}`;
    }),
  );
}

/** Whether everyone gets into something, or perhaps does. */
export function isOpenToAll({ access }: TrustReport): boolean {
  return access.some(({ admits }) => admits.some((each) => /^(?:perhaps )?everyone(?:$|,|:| who knows)/.test(each)));
}

function isOrAre(number: number): string {
  return number === 1 ? "is" : "are";
}
