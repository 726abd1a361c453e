import { withKind } from "../names";
import { summaryOf } from "../summary";
import type {
  Access,
  Barrier,
  Call,
  OpenOnPurpose,
  OperatorTask,
  Party,
  ReportedFinding,
  SecretInState,
  TrustReport,
} from "../trust-report";
import { code, codeInLine, table, text } from "./text";

/** The report as a document in GitHub's Markdown. */
export function reportMarkdown(report: TrustReport): string {
  const parties = new Map(report.parties.map((party) => [party.id, party]));
  const sections: readonly (readonly string[])[] = [
    [`# Trust report: ${text(report.title)}`],
    summaryOf(report).map((sentence) => `- ${text(sentence)}`),
    ["## Who calls whom"],
    orNone(callsTable(report.calls, parties), "No gateway calls anything in this configuration."),
    ["## Who can call what, and what stops everybody else"],
    ...(report.access.length > 0
      ? report.access.flatMap((access) => accessOf(access, parties))
      : [["Nothing is called in this configuration."]]),
    ["## Secrets in the Terraform state"],
    orNone(secretsTable(report.secrets), "None that the report knows of."),
    ["## Open on purpose"],
    orNone(openTable(report.openOnPurpose), "Nothing."),
    ["## Findings"],
    orNone(findingsTable(report.findings), "None."),
    ["## Not judged"],
    orNone(findingsTable(report.notJudged), "Nothing: all that the rules ask is in the configuration."),
    ["## Left to the operator"],
    orNone(tasks(report.leftToOperator), "Nothing that the report knows of."),
    ["## What was checked"],
    ...checkedOf(report),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function orNone(lines: readonly string[], none: string): readonly string[] {
  return lines.length > 0 ? lines : [none];
}

function callsTable(calls: readonly Call[], parties: ReadonlyMap<string, Party>): string[] {
  const rows = calls.map((call) => [
    partyText(parties.get(call.from), call.from),
    partyText(parties.get(call.to), call.to),
    text([call.how, ...(call.also ?? [])].join(" and ")),
    text(call.identity ?? ""),
    text(call.audience ?? ""),
    text(call.roles.join(", ")),
    text(call.network ?? ""),
  ]);
  return table(["From", "To", "Signs in with", "Identity", "Audience", "Roles", "Network"], rows);
}

function partyText(party: Party | undefined, id: string): string {
  return text(party ? withKind(party.kind, party.name) : id);
}

function accessOf({ party: id, admits, barriers }: Access, parties: ReadonlyMap<string, Party>): string[][] {
  const party = parties.get(id);
  const detail = [...(party?.place ? [codeInLine(party.place)] : []), ...(party?.detail ?? []).map(text)];
  return [
    [`### ${partyText(party, id)}`],
    ...(detail.length > 0 ? [[detail.join(", ")]] : []),
    [
      "Gets in:",
      "",
      ...orNone(
        admits.map((each) => `- ${text(each)}`),
        "- nobody",
      ),
    ],
    table(["Barrier", "State", "What it does", "Where"], barriers.map(barrierRow)),
  ];
}

function barrierRow({ kind, state, text: sentence, source }: Barrier): string[] {
  return [kind, state === "closed" ? state : `**${state}**`, text(sentence), code(source ?? "")];
}

function secretsTable(secrets: readonly SecretInState[]): string[] {
  const rows = secrets.map(({ name, stack, why, avoid, disabled }) => [
    code(name),
    text(stack),
    disabled ? "no" : "**yes**",
    text(why),
    text(avoid),
  ]);
  return table(["Entry", "Stack", "Of use", "Why", "What to do"], rows);
}

function openTable(open: readonly OpenOnPurpose[]): string[] {
  const rows = open.map(({ place, what, reason, rule, call }) => [
    code(place),
    text(what),
    text(reason),
    code(rule ?? call ?? ""),
  ]);
  return table(["Where", "What", "Reason", "Accepted by"], rows);
}

function findingsTable(findings: readonly ReportedFinding[]): string[] {
  const rows = findings.map(({ rule, severity, control, cwe, address, attribute, line, column, message, remedy }) => [
    severity,
    code([address, attribute, ...(line === undefined ? [] : [`${line}:${column}`])].filter((part) => part).join(" ")),
    `${text(message)} ${text(remedy)}`,
    code(rule),
    [control, ...(cwe === undefined ? [] : [`CWE-${cwe}`])].map(text).join(", "),
  ]);
  return table(["Severity", "Where", "What", "Rule", "Control"], rows);
}

function tasks(operated: readonly OperatorTask[]): string[] {
  const rows = operated.map(({ place, what, why }) => [text(what), text(why), code(place ?? "")]);
  return table(["What", "Why", "Where"], rows);
}

function checkedOf({ stacks, checked }: TrustReport): string[][] {
  const { rules, resources, policies, gateways, apps, complies, unreadable, skipped, cannotBeKnown } = checked;
  const rows = rules
    .filter((rule) => rule.complies + rule.violated + rule.notJudged + rule.acknowledged > 0)
    .map((rule) => [
      code(rule.id),
      text(rule.title),
      ...[rule.complies, rule.violated, rule.notJudged, rule.acknowledged].map(String),
    ]);
  const counts = [
    `stacks: ${stacks.length}`,
    `resources and data sources: ${resources}`,
    `gateways: ${gateways}`,
    `apps and slots: ${apps}`,
    `policies: ${policies}`,
    `rules: ${rules.length}`,
    `judgements that a rule holds: ${complies}`,
  ];
  return [
    counts.map((count) => `- ${count}`),
    table(["Rule", "What must hold", "Holds", "Violated", "Not judged", "Acknowledged"], rows),
    ...(rows.length < rules.length ? [["The other rules found nothing to judge."]] : []),
    ...(unreadable.length + skipped.length > 0
      ? [
          ["### Not read"],
          [
            ...unreadable.map(({ file, error }) => `- ${codeInLine(file)}: ${text(error)}`),
            ...skipped.map((file) => `- ${codeInLine(file)}: the file is in HCL.`),
          ],
        ]
      : []),
    ["### What cannot be known from the code"],
    cannotBeKnown.map((sentence) => `- ${text(sentence)}`),
  ];
}
