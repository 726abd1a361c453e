import { finding } from "../core/fail";
import { Console, ExitCode, UsageError, Progress } from "./console";
import { HELP, parsed, Values } from "./options";
import { DocumentReport, reportOn, reportText } from "./document-report";
import { mergeByOptions } from "./gateway-options";
import { policyFiles } from "./policy-files";

/** Runs a command line and returns its exit code. */
export function run(args: readonly string[], console: Console): number {
  try {
    const { values, positionals } = parsed(args);
    if (values.help || positionals.length === 0) {
      (values.help ? console.out : console.err)(HELP);
      return values.help ? ExitCode.OK : ExitCode.USAGE;
    }
    const [topic, command, ...paths] = positionals;
    const written = [topic, command].join(" ").trim();
    if (topic !== "policy" || (command !== "check" && command !== "merge"))
      throw new UsageError(
        finding("command-unknown", `There is no command "${written}".`, 'Write "policy check" or "policy merge".'),
      );
    if (command === "merge") return merge(paths, values, console);
    return check(paths, values, console);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // Also if the arguments could not be parsed: a caller that asks for JSON reads nothing else.
    if (args.includes("--json")) out(console, { error: error.message });
    else console.err(`${error.message}\nSee cdktf-secure-apim-backend --help.\n`);
    return ExitCode.USAGE;
  }
}

/** A backend entity is assumed: a document that has no conflict with one has no conflict without one either. */
const DEFAULTS = { audience: "00000000-0000-0000-0000-000000000000", backendId: "backend" };

/** `policy check`: reports what a merge would do, and writes nothing. */
function check(paths: readonly string[], values: Values, console: Console): number {
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
  const [mergeable, conflicts, unreadable] = [count("mergeable"), count("conflicts"), count("unreadable")];
  if (json) out(console, { documents: reports, summary: { mergeable, conflicts, unreadable } });
  else console.out(`${mergeable} can be merged, ${conflicts} with conflicts, ${unreadable} cannot be read.\n`);
  if (unreadable > 0) return ExitCode.UNREADABLE;
  return conflicts > 0 ? ExitCode.CONFLICTS : ExitCode.OK;
}

/** `policy merge`: prints the document with the gateway's statements. */
function merge(paths: readonly string[], values: Values, console: Console): number {
  const [file, ...more] = paths.length === 1 ? policyFiles(paths) : [];
  if (file === undefined || more.length > 0)
    throw new UsageError(
      finding("one-file-to-merge", '"policy merge" takes one file.', 'Write "policy merge FILE --audience ...".'),
    );
  const { report, xml } = reportOn(file, mergeByOptions(values, {}));
  if (values.json) out(console, { ...report, xml });
  else if (xml !== undefined) console.out(xml);
  const reportable = xml === undefined || report.findings.length > 0;
  if (!values.json && reportable) console.err(reportText(report));

  if (report.result === "unreadable") return ExitCode.UNREADABLE;
  return report.result === "conflicts" ? ExitCode.CONFLICTS : ExitCode.OK;
}

function out(console: Console, json: object): void {
  console.out(`${JSON.stringify(json, undefined, 2)}\n`);
}
