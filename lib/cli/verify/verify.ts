import { Console, outJson } from "../console";
import { ending } from "../ending";
import { ExitCode } from "../exit-code";
import { printHelp } from "../help";
import { replaceFile, requireReplaceable } from "../output-file";
import { apiChecks } from "./api-checks";
import { backendChecks } from "./backend-checks";
import { callsBy } from "./calls";
import { Check, CheckResult, Target } from "./check";
import { Verdict } from "./diagnosis";
import { junitXml } from "./junit";
import { Environment, numberOf, VERIFY_HELP, verifyOptions } from "./options";
import { outputsOf } from "./outputs";
import { Patience } from "./patience";
import { resultJson, resultText, summaryOf, summaryText, targetText } from "./report";
import { targetsOf } from "./targets";

/** What a test shortens. */
export interface Pace {
  readonly pauseMs?: number;
}

/** Runs `verify` with its arguments, and returns its exit code. */
export async function verify(
  args: readonly string[],
  console: Console,
  environment: Environment = process.env,
  pace: Pace = {},
): Promise<number> {
  try {
    return await execute(args, console, environment, pace);
  } catch (error) {
    return ending(error, args, console, "verify");
  }
}

async function execute(
  args: readonly string[],
  console: Console,
  environment: Environment,
  { pauseMs }: Pace,
): Promise<number> {
  const values = verifyOptions(args);
  if (values.help) return printHelp(VERIFY_HELP, values.json, console);
  if (values.junit !== undefined) requireReplaceable(values.junit, "--junit");
  const options = callsBy(values, environment);
  const patience = new Patience(1000 * numberOf("wait", values.wait, 120, 0, 3600), console, pauseMs);
  const { backends, apis } = targetsOf(values, outputsOf(values, environment, console));
  const results: CheckResult[] = [];
  const report = (result: CheckResult): void => {
    const isNext = result.target !== results[results.length - 1]?.target;
    if (!values.json) console.out(`${isNext ? targetText(result.target) : ""}${resultText(result)}`);
    results.push(result);
  };
  for (const target of backends) await runAll(target, backendChecks(target, options), patience, report);
  for (const target of apis) await runAll(target, apiChecks(target, options), patience, report);

  const summary = summaryOf(results);
  if (values.junit !== undefined) replaceFile(values.junit, junitXml(results), "--junit");
  if (values.json) outJson(console, { checks: results.map(resultJson), summary });
  else console.out(summaryText(summary));
  if (summary.failed > 0) return ExitCode.FAILED;
  return summary.notChecked > 0 ? ExitCode.NOT_CHECKED : ExitCode.OK;
}

async function runAll(
  target: Target,
  checks: readonly Check[],
  patience: Patience,
  report: (result: CheckResult) => void,
): Promise<void> {
  let first: Verdict | undefined;
  for (const check of checks) {
    const begun = Date.now();
    // A server that has not answered the first check is not asked again.
    const verdict = first?.silent && !check.elsewhere ? first : await patience.run(target, check, first);
    first ??= verdict;
    const { name, expected, mustAnswer } = check;
    const result = verdict.silent && mustAnswer ? "failed" : verdict.result;
    report({ ...verdict, result, target, check: name, expected, seconds: (Date.now() - begun) / 1000 });
  }
}
