import { Console, ExitCode, UsageError } from "./console";
import { reportOn, reportText } from "./document-report";
import { mergeByOptions } from "./gateway-options";
import type { Values } from "./options";
import { policyFiles } from "./policy-files";

/** `policy merge`: prints the document with the gateway's statements. */
export function merge(paths: readonly string[], values: Values, console: Console): number {
  const [file, ...more] = paths.length === 1 ? policyFiles(paths) : [];
  if (file === undefined || more.length > 0) {
    throw new UsageError('"policy merge" takes one file. Write "policy merge FILE --audience ...".');
  }
  const { report, xml } = reportOn(file, mergeByOptions(values, {}));
  if (values.json) console.out(`${JSON.stringify({ ...report, xml }, undefined, 2)}\n`);
  else if (xml !== undefined) console.out(xml);
  const reportable = xml === undefined || report.findings.length > 0;
  if (!values.json && reportable) console.err(reportText(report));

  if (report.result === "unreadable") return ExitCode.UNREADABLE;
  return report.result === "conflicts" ? ExitCode.CONFLICTS : ExitCode.OK;
}
