import { Console, ExitCode, outJson } from "./console";
import { DocumentReport, reportOn, reportText } from "./document-report";
import { ending } from "./ending";
import { mergeByOptions } from "./gateway-options";
import { misuse } from "./misuse";
import { HELP, parsed, Values } from "./options";
import { replaceFile } from "./output-file";
import { policyFiles } from "./policy-files";
import { Progress } from "./progress";

/** Runs a command line and returns its exit code. */
export function run(args: readonly string[], console: Console): number {
  try {
    return execute(args, console);
  } catch (error) {
    return ending(error, args, console);
  }
}

function execute(args: readonly string[], console: Console): number {
  const { values, positionals } = parsed(args);
  if (values.help || positionals.length === 0) {
    (values.help ? console.out : console.err)(HELP);
    return values.help ? ExitCode.OK : ExitCode.USAGE;
  }
  const [topic, command, ...paths] = positionals;
  if (topic === "policy" && command === "check") return check(paths, values, console);
  if (topic === "policy" && command === "merge") return merge(paths, values, console);
  const written = [topic, command].join(" ").trim();
  misuse(
    "command-unknown",
    `There is no command "${written}".`,
    'Write "policy check", "policy merge", "rules check" or "verify".',
  );
}

/** A backend entity is assumed: a document that has no conflict with one has no conflict without one either. */
const DEFAULTS = { audience: "00000000-0000-0000-0000-000000000000", backendId: "backend" };

/** `policy check`: reports what a merge would do, and writes nothing. */
function check(paths: readonly string[], values: Values, console: Console): number {
  if (values.output !== undefined)
    misuse("output-of-check", '"policy check" writes no file.', "Omit --output, or redirect the output.");
  const merge = mergeByOptions(values, DEFAULTS);
  const files = policyFiles(paths);
  const progress = new Progress(files.length, console);
  const documents: DocumentReport[] = [];
  const summary = { mergeable: 0, conflicts: 0, unreadable: 0 };
  for (const file of files) {
    progress.next();
    const { report } = reportOn(file, merge, console.file);
    summary[report.result]++;
    if (values.json) documents.push(report);
    else {
      progress.clear();
      console.out(reportText(report));
    }
  }
  progress.clear();

  const { mergeable, conflicts, unreadable } = summary;
  if (values.json) outJson(console, { documents, summary });
  else console.out(`${mergeable} can be merged, ${conflicts} with conflicts, ${unreadable} cannot be read.\n`);
  if (unreadable > 0) return ExitCode.UNREADABLE;
  return conflicts > 0 ? ExitCode.CONFLICTS : ExitCode.OK;
}

/** `policy merge`: prints the document with the gateway's statements. */
function merge(paths: readonly string[], values: Values, console: Console): number {
  const { json, output } = values;
  const [file, ...more] = paths.length === 1 ? policyFiles(paths) : [];
  if (file === undefined || more.length > 0)
    misuse("one-file-to-merge", '"policy merge" takes one file.', 'Write "policy merge FILE --audience ...".');
  const { report, xml } = reportOn(file, mergeByOptions(values, {}), console.file);
  if (output !== undefined && xml !== undefined) replaceFile(output, xml);
  const printed = output === undefined ? xml : undefined;
  if (json) outJson(console, { ...report, xml: printed });
  else {
    if (printed !== undefined) console.out(printed);
    if (xml === undefined || report.findings.length > 0) console.err(reportText(report));
  }

  if (report.result === "unreadable") return ExitCode.UNREADABLE;
  return report.result === "conflicts" ? ExitCode.CONFLICTS : ExitCode.OK;
}
