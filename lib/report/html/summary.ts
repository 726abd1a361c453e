import { isOpenToAll, summaryOf } from "../summary";
import { TrustReport } from "../trust-report";
import { markup, Markup } from "./markup";

/** What a reviewer reads first: how many findings, what is open on purpose, what is not known. Each number leads to its section. */
export function summary(report: TrustReport): Markup {
  const { findings, notJudged, openOnPurpose, secrets, leftToOperator, calls } = report;
  const [first, ...others] = summaryOf(report);
  return markup`<section id="summary" aria-labelledby="summary-heading">
<h2 id="summary-heading" class="hidden">Summary</h2>
<div class="paper verdict ${lookOf(report)}">
<p class="first">${first}</p>
<p>${others.join(" ")}</p>
</div>
<nav aria-label="Sections"><ul class="tiles">
${tile("findings", findings.length, "open finding", "open findings")}
${tile("open-on-purpose", openOnPurpose.length, "thing open on purpose", "things open on purpose")}
${tile("not-judged", notJudged.length, "place not judged", "places not judged")}
${tile("secrets", secrets.length, "secret in the state", "secrets in the state")}
${tile("operator", leftToOperator.length, "task of the operator", "tasks of the operator")}
${tile("calls", calls.length, "call", "calls")}
</ul></nav>
</section>
`;
}

/** Good is only what was read and judged. */
function lookOf(report: TrustReport): string {
  const { findings, notJudged, checked } = report;
  if (findings.some(({ severity }) => severity === "error")) return "bad";
  const unread = checked.unreadable.length + checked.skipped.length + (checked.modules ?? []).length;
  return findings.length + notJudged.length + unread > 0 || isOpenToAll(report) || checked.resources === 0
    ? "doubt"
    : "good";
}

function tile(section: string, count: number, one: string, more: string): Markup {
  return markup`<li><a href="#${section}"><strong>${count}</strong> ${count === 1 ? one : more}</a></li>`;
}
