import { reportOn } from "../../lib/report/report";
import { Model } from "../../lib/rules/model/model";
import { ConfigurationFile } from "../../lib/rules/model/stack";
import { TrustReport } from "../../lib/report/trust-report";
import { Json } from "../helpers/synth";
import { modelOf } from "../rules/judged";
import { writtenStack } from "../rules/written-stack";

/** The report of the configurations of stacks, by their names. */
export function reportOf(stacks: Readonly<Record<string, Json>>): TrustReport {
  return reportOn(modelOf(stacks), { unreadable: [], skipped: [] });
}

/** The report of a folder with these files. */
export function reportOfFiles(files: readonly ConfigurationFile[]): TrustReport {
  return reportOn(new Model(new Map([["orders", files]])), { unreadable: [], skipped: [] });
}

/** The report of the stack that nobody generated, after a change. */
export function reportAfter(change: (resources: Json, stack: Json) => void): TrustReport {
  const stack = writtenStack();
  change(stack.resource, stack);
  return reportOf({ orders: stack });
}

/** Calls as lines. */
export function callLines({ calls, parties }: TrustReport): string[] {
  const names = new Map(parties.map(({ id, name }) => [id, name]));
  return calls.map(({ from, to, how, also = [], identity, audience, roles, network }) => {
    const proofs = [how, ...also].join(" and ");
    const rest = [identity, audience, roles.join(", "), network].filter((each) => each);
    return `${names.get(from)} -> ${names.get(to)}: ${[proofs, ...rest].join("; ")}`;
  });
}

/** Who gets into a party of this name, or of this name and kind. */
export function accessOf({ access, parties }: TrustReport, name: string, kind?: string) {
  const ids = parties.filter((party) => party.name === name && (kind ?? party.kind) === party.kind).map(({ id }) => id);
  const found = access.filter(({ party }) => ids.includes(party));
  if (found.length !== 1) throw new Error(`${found.length} rows for ${name}, not 1`);
  return found[0];
}

/** The barriers of a kind, as `state: text`. */
export function barriersOf(report: TrustReport, name: string, kind: string, ofParty?: string): string[] {
  return accessOf(report, name, ofParty)
    .barriers.filter((barrier) => barrier.kind === kind)
    .map(({ state, text }) => `${state}: ${text}`);
}
