import { printable } from "../printable";
import { CheckResult } from "./check";

/** How many checks came to what. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly notChecked: number;
}

export function summaryOf(results: readonly CheckResult[]): Summary {
  const count = (result: CheckResult["result"]): number => results.filter((each) => each.result === result).length;
  return { passed: count("passed"), failed: count("failed"), notChecked: count("not checked") };
}

/** A result in one line, and why it is not passed in a second one. */
export function resultText({ check, expected, result, status, diagnosis }: CheckResult): string {
  const answer = status === undefined ? "" : `: ${status}`;
  const line = `  ${result.padEnd("not checked".length)}  ${check}${answer}${result === "passed" ? "" : `, expected ${expected}`}`;
  return diagnosis ? `${line}\n      ${diagnosis.cause}\n      ${diagnosis.fix} (${diagnosis.id})\n` : `${line}\n`;
}

/** The line above the results of a target. */
export function targetText({ kind, url }: CheckResult["target"]): string {
  return printable(`${kind} ${url.href}`) + "\n";
}

export function summaryText({ passed, failed, notChecked }: Summary): string {
  return `${passed} passed, ${failed} failed, ${notChecked} not checked.\n`;
}

/** A result for machines. */
export function resultJson({ target, check, expected, result, status, diagnosis, seconds }: CheckResult): object {
  return { kind: target.kind, url: target.url.href, check, expected, status, result, ...diagnosis, seconds };
}
