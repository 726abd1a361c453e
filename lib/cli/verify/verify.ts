import { canHoldKey, SERVICE_KEY_NAMES } from "../../policy/names";
import { Console, ExitCode, outJson } from "../console";
import { ending } from "../ending";
import { printHelp } from "../help";
import { misuse } from "../misuse";
import { replaceFile } from "../output-file";
import { apiChecks, ApiOptions } from "./api-checks";
import { backendChecks } from "./backend-checks";
import { Check, CheckResult, Target } from "./check";
import { Verdict } from "./diagnosis";
import { junitXml } from "./junit";
import { Environment, numberOf, VERIFY_HELP, verifyOptions, VerifyValues } from "./options";
import { outputsOf } from "./outputs";
import { Patience } from "./patience";
import { resultJson, resultText, summaryOf, summaryText, targetText } from "./report";
import { Secrets } from "./secret";
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

/** How everything is called. */
function callsBy(values: VerifyValues, environment: Environment): ApiOptions & { readonly withoutScm?: boolean } {
  return {
    timeoutMs: 1000 * numberOf("timeout", values.timeout, 10, 1, 300),
    secrets: new Secrets(values, environment),
    keyHeader: headerName(values["key-header"] ?? SERVICE_KEY_NAMES.header),
    withoutKey: values["without-key"],
    withoutScm: values["without-scm"],
    path: pathBelow(values.path ?? "/"),
    expected: expectedStatus(values.expect),
  };
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
    // Who has not answered once is not asked again and again.
    const verdict = first?.silent && !check.elsewhere ? first : await patience.run(target, check, first);
    first ??= verdict;
    const { name, expected, mustAnswer } = check;
    const result = verdict.silent && mustAnswer ? "failed" : verdict.result;
    report({ ...verdict, result, target, check: name, expected, seconds: (Date.now() - begun) / 1000 });
  }
}

const HEADER = /^[A-Za-z0-9-]+$/;

function headerName(name: string): string {
  if (HEADER.test(name) && canHoldKey(name)) return name;
  misuse(
    "verify-key-header",
    "--key-header is not the name of a header that can hold a subscription key.",
    "Write the header in which the API accepts the key, or omit the option.",
  );
}

function pathBelow(path: string): string {
  if (/^\/[\x21-\x7e]*$/.test(path) && !path.includes("#")) return path;
  misuse("verify-path", "--path is not a path that begins with a slash.", "Write a path such as /orders.");
}

/** A status that a call gets only if the gateway and the app let it in. */
function expectedStatus(text: string | undefined): number {
  const status = numberOf("expect", text, 200, 200, 599);
  if (status !== 401 && status !== 403 && status < 500) return status;
  misuse(
    "expected-status-of-refusal",
    `--expect ${status} is what a call gets that is refused or fails, so it would show nothing.`,
    "Write the status of a call that gets through, such as 200 or 404.",
  );
}
