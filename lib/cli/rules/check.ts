import { acknowledgementsIn } from "../../rules/acknowledgement";
import { Model } from "../../rules/model/model";
import { RULES } from "../../rules/rules";
import { judge } from "../../rules/verdicts";
import { Console } from "../console";
import { ending } from "../ending";
import { ExitCode } from "../exit-code";
import { printHelp } from "../help";
import { outputFileOf } from "../options";
import { replaceFile } from "../output-file";
import { jsonText } from "../printable";
import { Configurations, configurationsIn, OUTPUT_FOLDER } from "./configurations";
import { rulesOptions, RULES_HELP } from "./options";
import { reportJson, reportText, RulesReport } from "./report";
import { sarifLog } from "./sarif";

/** Runs `rules` with its arguments, and returns its exit code. */
export function rules(args: readonly string[], console: Console): number {
  try {
    return execute(args, console);
  } catch (error) {
    return ending(error, args, console, "rules check");
  }
}

function execute(args: readonly string[], console: Console): number {
  const { values, paths } = rulesOptions(args);
  if (values.help === true) return printHelp(RULES_HELP, values.json, console);
  const report = reportOn(configurationsIn(paths.length > 0 ? paths : [OUTPUT_FOLDER], console));
  const written =
    values.sarif === true
      ? jsonText(sarifLog(report))
      : values.json === true
        ? jsonText(reportJson(report))
        : reportText(report);
  const output = outputFileOf(values.output);
  if (output === undefined) console.out(written);
  else replaceFile(output, written);
  return exitCodeOf(report);
}

function reportOn({ stacks, unreadable, skipped }: Configurations): RulesReport {
  const model = new Model(stacks);
  const acknowledgements = acknowledgementsIn(model);
  return { model, verdicts: judge(model, RULES, acknowledgements), unreadable, skipped };
}

function exitCodeOf({ verdicts: { violated, unknown }, unreadable }: RulesReport): number {
  if (unreadable.length > 0) return ExitCode.UNREADABLE;
  if (violated.some(({ rule }) => rule.severity === "error")) return ExitCode.FAILED;
  return unknown.length > 0 ? ExitCode.NOT_CHECKED : ExitCode.OK;
}
