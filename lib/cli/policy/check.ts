import { Console, outJson } from "../console";
import { misuse } from "../misuse";
import { printable } from "../printable";
import { DocumentReport, exitCodeOf, inOptions, Outcome, reportJson, reportOn, Reporting } from "./document-report";
import { FoundFile, policyFiles, skippedText } from "./files";
import { mergeByOptions } from "./gateway-options";
import { Values } from "./options";
import { Progress } from "./progress";
import { reportText } from "./report-text";
import { skuNamed } from "./sku";

/** A backend entity is assumed: a document that has no conflict with one has no conflict without one either. */
const DEFAULTS = { audience: "00000000-0000-0000-0000-000000000000", backendId: "backend" };

/** `policy check`: reports what a merge would do, and writes nothing. */
export function check(paths: readonly string[], values: Values, console: Console): number {
  if (values.output !== undefined)
    misuse("output-of-check", '"policy check" writes no file.', "Omit --output, or redirect the output.");
  const sku = skuNamed(values.sku);
  const reporting: Reporting = { merge: mergeByOptions(values, DEFAULTS), console, sku, templates: values.template };
  const { files, skipped } = policyFiles(paths);
  const progress = new Progress(files.length, console);
  const outcomes: Outcome[] = [];
  const documents: object[] = [];
  const others: OtherDocument[] = [];
  for (const file of files) {
    progress.next();
    const { report } = reportOn(file.path, reporting);
    if (isOther(file, report)) {
      others.push({ file: report.file, message: inOptions(report.findings[0]).message });
      continue;
    }
    // The findings of a report keep its document in memory.
    outcomes.push({ result: report.result, notJudged: report.notJudged });
    if (values.json) {
      documents.push(reportJson(report));
      continue;
    }
    progress.clear();
    console.out(reportText(report, sku));
  }
  progress.clear();

  const summary = summaryOf(outcomes);
  const notRead = [...others.map(({ file }) => file), ...skipped];
  if (values.json) outJson(console, { documents, skipped: notRead, summary: { ...summary, skipped: notRead.length } });
  else console.out(summaryText(summary, others, skipped));
  return exitCodeOf(outcomes);
}

/** XML in a folder that is no policy document, and what it is. */
interface OtherDocument {
  readonly file: string;
  readonly message: string;
}

/** What a document is that can be no policy document. */
const OTHER_DOCUMENTS = ["root-is-fragment", "other-root"];

/** Whether a file in a folder is XML, but no policy document. */
function isOther({ isSearched }: FoundFile, { findings }: DocumentReport): boolean {
  return isSearched && findings.some(({ id }) => OTHER_DOCUMENTS.includes(id));
}

interface Summary {
  readonly mergeable: number;
  readonly conflicts: number;
  readonly unreadable: number;
  readonly notJudged: number;
}

function summaryOf(documents: readonly Outcome[]): Summary {
  const count = (result: DocumentReport["result"]): number => documents.filter((each) => each.result === result).length;
  return {
    mergeable: count("mergeable"),
    conflicts: count("conflicts"),
    unreadable: count("unreadable"),
    notJudged: documents.filter(({ notJudged }) => notJudged.length > 0).length,
  };
}

function summaryText(summary: Summary, others: readonly OtherDocument[], skipped: readonly string[]): string {
  const { mergeable, conflicts, unreadable, notJudged } = summary;
  const lines = [
    ...others.map(({ file, message }) => `not checked: ${file}. ${message}`),
    ...(skipped.length > 0 ? [skippedText(skipped)] : []),
    `${mergeable} can be merged, ${conflicts} with conflicts, ${unreadable} cannot be read.${notJudged > 0 ? ` ${notJudged} cannot be judged as a whole.` : ""}`,
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}
