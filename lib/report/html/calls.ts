import { KIND_NAMES, PROOF_NAMES, proofOf } from "../graph/boxes";
import { classOf, Drawing } from "../graph/svg";
import { CallProof, TrustReport } from "../trust-report";
import { markup, Markup, MarkupValue } from "./markup";
import { nothing, scrolling, section } from "./section";
import { table } from "./table";
import { place } from "./words";

/** The pictures, and the same as a table. */
export function callsSection({ parties, calls }: TrustReport, drawings: readonly Drawing[]): Markup {
  const byId = new Map(parties.map((party) => [party.id, party]));
  const end = (id: string, address?: string): MarkupValue => {
    const known = byId.get(id);
    return [known?.name ?? id, small(known && KIND_NAMES[known.kind]), small(place(address))];
  };
  const lead = "Each arrow is a call. Its number is that of the call in the table below.";
  if (calls.length === 0 && drawings.length === 0)
    return section("calls", "Who calls whom", lead, nothing("The configuration shows nobody who calls or is called."));
  return section("calls", "Who calls whom", lead, [
    drawings.map((drawing) => figure(drawing, drawings.length > 1)),
    legend(calls.map(({ how }) => how)),
    calls.length === 0
      ? nothing("The configuration shows no call.")
      : markup`<div class="paper">${table(
          "Calls",
          calls,
          [
            { title: "No.", cell: (_, index) => index + 1, style: "narrow" },
            { title: "From", cell: ({ from }) => end(from) },
            { title: "To", cell: ({ to, address }) => end(to, address) },
            { title: "Signs in with", cell: (call) => [proofOf(call), small(call.identity)] },
            { title: "Audience", cell: ({ audience }) => audience },
            { title: "Roles", cell: ({ roles }) => roles.map((role) => markup`<div>${role}</div>`) },
            { title: "Network", cell: ({ network }) => network },
          ],
          (_, index) => `call-${index + 1}`,
        )}</div>`,
  ]);
}

function small(value: MarkupValue): Markup | undefined {
  return value === undefined ? undefined : markup`<small>${value}</small>`;
}

function figure({ title, svg }: Drawing, isOneOfMany: boolean): Markup {
  const caption = isOneOfMany ? markup`<figcaption>${title}</figcaption>` : undefined;
  return markup`<figure class="paper">${caption}${scrolling(`Picture: ${title}`, svg)}</figure>
`;
}

function legend(proofs: readonly CallProof[]): Markup | undefined {
  const shown = (Object.keys(PROOF_NAMES) as CallProof[]).filter((proof) => proofs.includes(proof));
  if (shown.length === 0) return undefined;
  const keys = shown.map(
    (proof) =>
      markup`<li><svg class="line ${classOf(proof)}" width="34" height="10" aria-hidden="true"><path d="M1 5H26"/><path class="head" d="M33 5L25 1.5V8.5Z"/></svg>${PROOF_NAMES[proof]}</li>`,
  );
  return markup`<ul class="keys" aria-label="What the arrows mean">${keys}</ul>
`;
}
