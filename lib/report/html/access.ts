import { KIND_NAMES } from "../graph/boxes";
import { Access, Barrier, BarrierKind, Party, TrustReport } from "../trust-report";
import { markup, Markup } from "./markup";
import { nothing, scrolling, section } from "./section";
import { table } from "./table";
import { badge, BARRIER_NAMES, place, STATES, STATES_BY_WEIGHT } from "./words";

/** Who gets in, and what stops everybody else: an overview, then each one with its barriers. */
export function accessSection({ access, parties }: TrustReport): Markup {
  const byId = new Map(parties.map((party) => [party.id, party]));
  const title = "Who can call what, and what stops everybody else";
  const lead =
    "A closed barrier stops everybody who is not named. An open one stops nobody, which is no fault if another one does. What the rules found wrong is in the findings.";
  if (access.length === 0)
    return section("access", title, lead, nothing("The configuration shows nothing that somebody can call."));
  return section("access", title, lead, [
    overview(access, byId),
    access.map((row, index) => card(row, byId.get(row.party), index)),
  ]);
}

function overview(access: readonly Access[], byId: ReadonlyMap<string, Party>): Markup {
  const occurring = new Set(access.flatMap(({ barriers }) => barriers.map(({ kind }) => kind)));
  const kinds = (Object.keys(BARRIER_NAMES) as BarrierKind[]).filter((kind) => occurring.has(kind));
  const rows = access.map(({ party, barriers }, index) => {
    const cells = kinds.map((kind) => markup`<td>${sign(barriers.filter((barrier) => barrier.kind === kind))}</td>`);
    const about = byId.get(party);
    const kind = about && markup`<small>${KIND_NAMES[about.kind]}</small>`;
    const link = markup`<a href="#access-${index + 1}">${about?.name ?? party}</a>${kind}`;
    return markup`<tr><th scope="row">${link}</th>${cells}</tr>
`;
  });
  const heads = kinds.map((kind) => markup`<th scope="col">${BARRIER_NAMES[kind]}</th>`);
  const glance = markup`<table class="glance" aria-label="Barriers at a glance">
<thead><tr><th scope="col">Called</th>${heads}</tr></thead>
<tbody>
${rows}</tbody>
</table>`;
  const keys = STATES_BY_WEIGHT.map((state) => {
    const { word, sign, look } = STATES[state];
    return markup`<li><span class="sign ${look}" aria-hidden="true">${sign}</span>${word}</li>`;
  });
  return markup`<div class="paper">${scrolling("Barriers at a glance", glance)}
<ul class="keys" aria-label="What the signs mean">${keys}</ul></div>
`;
}

/** Several barriers of one kind show as the one that a reviewer has to see. */
function sign(barriers: readonly Barrier[]): Markup {
  const state = STATES_BY_WEIGHT.find((weighed) => barriers.some((barrier) => barrier.state === weighed));
  if (state === undefined)
    return markup`<span class="sign none" aria-hidden="true">–</span><span class="hidden">None</span>`;
  const { word, sign, look } = STATES[state];
  return markup`<span class="sign ${look}" aria-hidden="true">${sign}</span><span class="hidden">${word}</span>`;
}

function card({ party, admits, barriers }: Access, about: Party | undefined, index: number): Markup {
  const id = `access-${index + 1}`;
  const facts = about && about.detail.length > 0 ? markup`<p>${about.detail.join(" · ")}</p>` : undefined;
  const who =
    admits.length === 0
      ? markup`<p><strong>Nobody gets in.</strong></p>`
      : markup`<strong>Gets in:</strong><ul class="bullets">${admits.map((one) => markup`<li>${one}</li>`)}</ul>`;
  return markup`<article class="paper party" id="${id}" aria-labelledby="${id}-heading">
<header><h3 id="${id}-heading">${about?.name ?? party}</h3>${about && badge(KIND_NAMES[about.kind], "other")}</header>
<p>${place(about?.place)}</p>${facts}
<div class="admits">${who}</div>
${barriers.length === 0 ? markup`<p>No barrier is known.</p>` : barrierTable(about?.name ?? party, barriers)}
</article>
`;
}

function barrierTable(name: string, barriers: readonly Barrier[]): Markup {
  return table(`Barriers of ${name}`, barriers, [
    { title: "Barrier", cell: ({ kind }) => BARRIER_NAMES[kind], style: "narrow" },
    { title: "State", cell: ({ state }) => badge(STATES[state].word, STATES[state].look), style: "narrow" },
    {
      title: "What it does",
      cell: ({ text, source }) => [text, source === undefined ? undefined : markup`<small>${place(source)}</small>`],
    },
  ]);
}
