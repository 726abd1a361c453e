import { diffOf } from "../../report/diff/compared";
import { diffMarkdown } from "../../report/markdown/diff";
import { reportMarkdown } from "../../report/markdown/report";
import { TrustReport } from "../../report/trust-report";
import { Console } from "../console";
import { ending } from "../ending";
import { ExitCode } from "../exit-code";
import { printHelp } from "../help";
import { replaceFile } from "../output-file";
import { jsonText } from "../printable";
import { OUTPUT_FOLDER } from "../rules/configurations";
import { ReportFormat, reportOptions, ReportOptions, REPORT_HELP } from "./options";
import { reportAt } from "./sources";

/** Runs `report` with its arguments, and returns its exit code. */
export async function report(args: readonly string[], console: Console): Promise<number> {
  try {
    return await execute(args, console);
  } catch (error) {
    return ending(error, args, console, "report");
  }
}

async function execute(args: readonly string[], console: Console): Promise<number> {
  const options = reportOptions(args);
  if (options.help) return printHelp(REPORT_HELP, options.json, console);
  const head = reportAt(options.paths.length > 0 ? options.paths : [OUTPUT_FOLDER], console);
  if (options.diff !== undefined) return compare(head, reportAt([options.diff], console), options, console);
  write(await written(head, options.format), options, console);
  return head.checked.unreadable.length > 0 ? ExitCode.UNREADABLE : ExitCode.OK;
}

async function written(head: TrustReport, format: ReportFormat): Promise<string> {
  if (format === "json") return jsonText(head);
  if (format === "markdown") return reportMarkdown(head);
  // Loaded only here: it draws, and the other formats need no picture.
  const { reportPage } = await import("../../report/html/page");
  return reportPage(head);
}

function compare(head: TrustReport, base: TrustReport, options: ReportOptions, console: Console): number {
  const diff = diffOf(base, head);
  write(options.format === "json" ? jsonText(diff) : diffMarkdown(diff), options, console);
  if (head.checked.unreadable.length + base.checked.unreadable.length > 0) return ExitCode.UNREADABLE;
  return options.failOnOpened && diff.opened.length > 0 ? ExitCode.FAILED : ExitCode.OK;
}

function write(text: string, { output }: ReportOptions, console: Console): void {
  if (output === undefined) console.out(text, "document");
  else replaceFile(output, text);
}
