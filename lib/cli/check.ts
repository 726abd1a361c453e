import { Console, ExitCode } from "./console";
import { DocumentReport, reportOn, reportText } from "./document-report";
import { mergeByOptions } from "./gateway-options";
import type { Values } from "./options";
import { policyFiles } from "./policy-files";
import { Progress } from "./progress";

/** With a backend entity: a document without conflicts with it has none without it. */
const DEFAULTS = { audience: "00000000-0000-0000-0000-000000000000", backendId: "backend" };

/** `policy check`: reports what a merge would do, and writes nothing. */
export function check(paths: readonly string[], values: Values, console: Console): number {
  const json = values.json === true;
  const merge = mergeByOptions(values, DEFAULTS);
  const files = policyFiles(paths);
  const progress = new Progress(files.length, console);
  const reports: DocumentReport[] = [];
  for (const file of files) {
    progress.next();
    const { report } = reportOn(file, merge);
    reports.push(report);
    if (!json) progress.around(() => console.out(reportText(report)));
  }
  progress.end();

  const count = (result: DocumentReport["result"]): number =>
    reports.filter((report) => report.result === result).length;
  const summary = { mergeable: count("mergeable"), conflicts: count("conflicts"), unreadable: count("unreadable") };
  console.out(json ? `${JSON.stringify({ documents: reports, summary }, undefined, 2)}\n` : summaryText(summary));
  if (summary.unreadable > 0) return ExitCode.UNREADABLE;
  return summary.conflicts > 0 ? ExitCode.CONFLICTS : ExitCode.OK;
}

function summaryText({ mergeable, conflicts, unreadable }: Record<DocumentReport["result"], number>): string {
  return `${mergeable} can be merged, ${conflicts} with conflicts, ${unreadable} cannot be read.\n`;
}
