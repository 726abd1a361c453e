import { CheckedRule, TrustReport } from "../trust-report";
import { markup, Markup } from "./markup";
import { section } from "./section";
import { Column, table } from "./table";

export function checkedSection({ checked, stacks }: TrustReport): Markup {
  const { resources, policies, gateways, apps, complies, rules, unreadable, skipped, cannotBeKnown } = checked;
  const counts: readonly (readonly [string, number])[] = [
    ["Stacks", stacks.length],
    ["Resources", resources],
    ["Policies", policies],
    ["Gateways", gateways],
    ["Apps", apps],
    ["Rules", rules.length],
    ["Judgements that hold", complies],
  ];
  return section("checked", "What was checked", "What this report looked at, and what it cannot know.", [
    markup`<div class="paper"><dl class="counts">${counts.map(([name, count]) => markup`<div><dt>${name}</dt><dd>${count}</dd></div>`)}</dl></div>
`,
    list("Not read", [
      ...unreadable.map(({ file, error }) => markup`<code>${file}</code>: ${error}`),
      ...skipped.map((file) => markup`<code>${file}</code>: HCL, which this report does not read`),
    ]),
    list(
      "What no configuration says",
      cannotBeKnown.map((sentence) => markup`${sentence}`),
    ),
    rules.length === 0 ? undefined : ruleTable(rules),
    list(
      "Files",
      stacks.flatMap(({ files }) => files.map((file) => markup`<code>${file}</code>`)),
    ),
  ]);
}

/** Most stacks have something to judge for a few rules only. The others are names, so that a reader knows that they looked. */
function ruleTable(rules: readonly CheckedRule[]): Markup {
  const judged = rules.filter((rule) => rule.complies + rule.violated + rule.notJudged + rule.acknowledged > 0);
  const others = rules.filter((rule) => !judged.includes(rule));
  const columns: readonly Column<CheckedRule>[] = [
    { title: "Rule", cell: ({ id, title }) => markup`<code>${id}</code><small>${title}</small>` },
    { title: "Control", cell: ({ control, cwe }) => (cwe === undefined ? control : `${control}, CWE-${cwe}`) },
    { title: "Holds", cell: ({ complies }) => complies, style: "number" },
    { title: "Refused", cell: ({ violated }) => violated, style: "number" },
    { title: "Acknowledged", cell: ({ acknowledged }) => acknowledged, style: "number" },
    { title: "Not judged", cell: ({ notJudged }) => notJudged, style: "number" },
  ];
  const names = others.map(({ id }, index) => [index === 0 ? undefined : ", ", markup`<code>${id}</code>`]);
  return markup`<div class="paper"><h3>Rules</h3>${judged.length > 0 ? table("Rules", judged, columns) : undefined}${
    others.length > 0 ? markup`<p class="others">These had nothing to judge: ${names}.</p>` : undefined
  }</div>
`;
}

function list(title: string, items: readonly Markup[]): Markup | undefined {
  if (items.length === 0) return undefined;
  return markup`<div class="paper"><h3>${title}</h3><ul class="bullets">${items.map((item) => markup`<li>${item}</li>`)}</ul></div>
`;
}
