import { OpenOnPurpose, OperatorTask, ReportedFinding, SecretInState, TrustReport } from "../trust-report";
import { markup, Markup } from "./markup";
import { nothing, section } from "./section";
import { table } from "./table";
import { badge, breakable, place } from "./words";

export function secretsSection({ secrets, stacks }: TrustReport): Markup {
  const where = placing(stacks);
  return section(
    "secrets",
    "Secrets in the Terraform state",
    "Everyone who can read the state can read these values. The report does not show them.",
    secrets.length === 0
      ? nothing("No resource of the configuration is known to write a secret into the state.")
      : markup`<div class="paper">${table<SecretInState>("Secrets in the Terraform state", secrets, [
          {
            title: "Secret",
            cell: ({ name, disabled }) => [
              markup`<code>${breakable(name)}</code>`,
              disabled ? [" ", badge("Of no use", "good")] : undefined,
            ],
          },
          {
            title: "Place",
            cell: ({ name, place: at, stack }) => where(name.startsWith(`${at} `) ? undefined : at, stack),
          },
          { title: "Why it is there", cell: ({ why }) => why },
          { title: "How to avoid it", cell: ({ avoid }) => avoid },
        ])}</div>`,
  );
}

export function openOnPurposeSection({ openOnPurpose, stacks }: TrustReport): Markup {
  const where = placing(stacks);
  return section(
    "open-on-purpose",
    "Open on purpose",
    "Somebody decided this, and wrote the reason into the code.",
    openOnPurpose.length === 0
      ? nothing("Nothing is open on purpose.")
      : markup`<div class="paper">${table<OpenOnPurpose>("Open on purpose", openOnPurpose, [
          { title: "What is open", cell: ({ what }) => what },
          { title: "Reason", cell: ({ reason }) => reason },
          { title: "Opened by", cell: ({ call, rule }) => place(call ?? rule) },
          { title: "Place", cell: ({ place: at, stack }) => where(at, stack) },
        ])}</div>`,
  );
}

export function findingsSection({ findings, stacks }: TrustReport): Markup {
  const where = placing(stacks);
  return section(
    "findings",
    "Open findings",
    "What the rules refuse, and what to write instead.",
    findings.length === 0
      ? nothing("No finding is open.")
      : markup`<ol>
${findings.map(
  (finding) => markup`<li>${findingCard(finding, where)}</li>
`,
)}</ol>`,
  );
}

function findingCard(
  { rule, severity, control, cwe, message, remedy, stack, ...finding }: ReportedFinding,
  where: Placing,
): Markup {
  const serves = cwe === undefined ? control : `${control}, CWE-${cwe}`;
  return markup`<article class="finding ${severity}">
<header>${badge(severity === "error" ? "Error" : "Warning", severity === "error" ? "bad" : "doubt")}<h3><code>${rule}</code></h3><span class="place">${serves}</span></header>
<p>${message}</p>
<p><strong>Instead:</strong> ${remedy}</p>
<p>${where(finding.place, stack)}${source(finding)}</p>
</article>`;
}

/** Line and column are in the policy that the attribute contains. */
function source({
  address,
  attribute,
  line,
  column,
}: Pick<ReportedFinding, "address" | "attribute" | "line" | "column">): Markup {
  const at = line === undefined ? "" : ` line ${line}${column === undefined ? "" : `, column ${column}`}`;
  return markup`<br>${place(attribute === undefined ? address : `${address}.${attribute}`)}${at}`;
}

export function notJudgedSection({ notJudged, stacks }: TrustReport): Markup {
  const where = placing(stacks);
  return section(
    "not-judged",
    "Not judged",
    "Only Terraform knows what stands here, so the rules neither pass nor refuse it.",
    notJudged.length === 0
      ? nothing("The rules could judge all that they look at.")
      : markup`<div class="paper">${table<ReportedFinding>("Not judged", notJudged, [
          { title: "Rule", cell: ({ rule }) => markup`<code>${rule}</code>` },
          { title: "What is not known", cell: ({ message }) => message },
          { title: "Place", cell: ({ place: at, stack }) => where(at, stack) },
        ])}</div>`,
  );
}

export function operatorSection({ leftToOperator, stacks }: TrustReport): Markup {
  const where = placing(stacks);
  return section(
    "operator",
    "Left to the operator",
    "What no code of this configuration does.",
    leftToOperator.length === 0
      ? nothing("The configuration leaves nothing to the operator.")
      : markup`<div class="paper">${table<OperatorTask>("Left to the operator", leftToOperator, [
          { title: "What to do or to know", cell: ({ what }) => what },
          { title: "Why the code cannot do it", cell: ({ why }) => why },
          { title: "Place", cell: ({ place: at, stack }) => where(at, stack) },
        ])}</div>`,
  );
}

type Placing = (at: string | undefined, stack: string | undefined) => Markup | undefined;

/** Writes a place with its stack, unless there is one only, or the path of a construct begins with it. */
function placing(stacks: TrustReport["stacks"]): Placing {
  return (at, stack) => {
    const named = stacks.length > 1 ? stack : undefined;
    if (at === undefined || at === "") return place(named);
    if (named === undefined || at === named || at.startsWith(`${named}/`)) return place(at);
    return markup`${place(at)}<small>${named}</small>`;
  };
}
