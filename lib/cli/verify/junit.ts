import { grouped } from "../../core/grouped";
import { printable } from "../printable";
import { CheckResult } from "./check";
import { summaryOf } from "./report";

/** The results as JUnit XML: a suite for each target, a skipped case for what was not checked. */
export function junitXml(results: readonly CheckResult[]): string {
  const suites = [...grouped(results, ({ target }) => [target]).values()].map(suite);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals(results)}>\n${suites.join("")}</testsuites>\n`;
}

function suite(results: readonly CheckResult[]): string {
  const { kind, url } = results[0].target;
  const name = attribute("name", `${kind} ${url.href}`);
  return `  <testsuite${name}${totals(results)}>\n${results.map(testCase).join("")}  </testsuite>\n`;
}

function totals(results: readonly CheckResult[]): string {
  const { failed, notChecked } = summaryOf(results);
  const time = results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
  const counts = { tests: results.length, failures: failed, errors: 0, skipped: notChecked };
  return Object.entries({ ...counts, time })
    .map(([name, value]) => attribute(name, `${value}`))
    .join("");
}

function testCase({ target, check, expected, result, status, diagnosis, seconds }: CheckResult): string {
  const head =
    attribute("classname", `${target.kind} ${target.url.href}`) +
    attribute("name", `${check}: ${expected}`) +
    attribute("time", seconds.toFixed(3));
  if (!diagnosis) return `    <testcase${head}/>\n`;
  const element = result === "failed" ? "failure" : "skipped";
  const answer = status === undefined ? "" : `${status}, expected ${expected}. `;
  const type = element === "failure" ? attribute("type", diagnosis.id) : "";
  const message = attribute("message", `${answer}${diagnosis.cause} ${diagnosis.fix} (${diagnosis.id})`);
  return `    <testcase${head}>\n      <${element}${type}${message}/>\n    </testcase>\n`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${printable(value).replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`)}"`;
}
