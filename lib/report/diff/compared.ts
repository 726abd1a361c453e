import type { Access, Barrier, Call, ReportedFinding, SecretInState, TrustReport } from "../trust-report";
import { withKind } from "../names";
import { Change, ChangedSection, ReportDiff } from "./report-diff";

/** What opens, closes or is only another way. */
type Effect = "opened" | "closed" | "changed";

interface Effected {
  readonly effect: Effect;
  readonly change: Change;
}

/** Compares two reports: who gets in now that did not, what no longer stops them, and what else is another. */
export function diffOf(base: TrustReport, head: TrustReport): ReportDiff {
  return changesOf(inStacksOf(base, head), head);
}

function changesOf(base: TrustReport, head: TrustReport): ReportDiff {
  const names = new Map([...base.parties, ...head.parties].map(({ id, kind, name }) => [id, withKind(kind, name)]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const all = [
    ...callChanges(base.calls, head.calls, nameOf),
    ...accessChanges(base.access, head.access, nameOf),
    ...findingChanges("findings", base.findings, head.findings),
    ...openChanges(base, head),
    ...secretChanges(base.secrets, head.secrets),
    ...findingChanges("not judged", base.notJudged, head.notJudged),
    ...fileChanges(base, head),
    ...partyChanges(base, head),
    ...taskChanges(base, head),
  ];
  const of = (wanted: Effect): Change[] => all.filter(({ effect }) => effect === wanted).map(({ change }) => change);
  return {
    format: 1,
    base: base.title,
    head: head.title,
    opened: of("opened"),
    closed: of("closed"),
    changed: of("changed"),
  };
}

/** The base, whose only other stack has the name that it has in the head: a folder can have another name. */
function inStacksOf(base: TrustReport, head: TrustReport): TrustReport {
  const [before, after] = [base, head].map(({ stacks }) => new Set((stacks ?? []).map(({ name }) => name)));
  const old = [...before].filter((name) => !after.has(name));
  const renamed = [...after].filter((name) => !before.has(name));
  return old.length === 1 && renamed.length === 1 ? (renamedIn(base, old[0], renamed[0]) as TrustReport) : base;
}

function renamedIn(value: unknown, old: string, name: string): unknown {
  if (typeof value === "string") {
    if (value === old) return name;
    return value.startsWith(`${old}/`) ? `${name}${value.slice(old.length)}` : value;
  }
  if (Array.isArray(value)) return value.map((each) => renamedIn(each, old, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamedIn(each, old, name)]));
}

/** Pairs what has the same key. */
function paired<T>(base: readonly T[], head: readonly T[], key: (each: T) => string): [T | undefined, T | undefined][] {
  const before = new Map(base.map((each) => [key(each), each]));
  const after = new Map(head.map((each) => [key(each), each]));
  const ids = new Set([...after.keys(), ...before.keys()]);
  return [...ids].map((id) => [before.get(id), after.get(id)]);
}

function effected(
  effect: Effect,
  section: ChangedSection,
  about: string,
  before: string | undefined,
  after: string | undefined,
): Effected {
  const change = {
    section,
    about,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  return { effect, change };
}

function callChanges(base: readonly Call[], head: readonly Call[], nameOf: (id: string) => string): Effected[] {
  return paired(base, head, ({ from, to, how, audience = "" }) => [from, to, how, audience].join("\n")).flatMap(
    ([before, after]) => {
      const call = (after ?? before)!;
      const about = `${nameOf(call.from)} → ${nameOf(call.to)}`;
      const texts = [before, after].map((each) => each && callText(each));
      if (texts[0] === texts[1]) return [];
      return effected(callEffect(before, after), "calls", about, texts[0], texts[1]);
    },
  );
}

function callText({ how, also = [], identity, audience, roles, address, network }: Call): string {
  const parts = [
    [how, ...also].join(" and "),
    ...(identity === undefined ? [] : [`as ${identity}`]),
    ...(audience === undefined ? [] : [`for ${audience}`]),
    ...(roles.length === 0 ? [] : [`with ${roles.join(", ")}`]),
    ...(address === undefined ? [] : [`to ${address}`]),
    ...(network === undefined ? [] : [`by ${network}`]),
  ];
  return parts.join(", ");
}

function callEffect(before: Call | undefined, after: Call | undefined): Effect {
  if (!before) return "opened";
  if (!after) return "closed";
  const isLess = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
    one.some((each) => !other.includes(each));
  if (isLess(before.also, after.also) || (before.network !== undefined && after.network === undefined)) return "opened";
  if (before.how === "managed identity" && isLess(after.roles, before.roles)) return "opened";
  return "changed";
}

function accessChanges(base: readonly Access[], head: readonly Access[], nameOf: (id: string) => string): Effected[] {
  return paired(base, head, ({ party }) => party).flatMap(([before, after]) => {
    const about = nameOf((after ?? before)!.party);
    const admits = paired(before?.admits ?? [], after?.admits ?? [], (each) => each).flatMap(([one, other]) => {
      if (one === other) return [];
      return effected(other === undefined ? "closed" : "opened", "access", about, one, other);
    });
    // What stops others from a party that is new or gone was in nobody's way before.
    return before && after ? [...admits, ...barrierChanges(before.barriers, after.barriers, about)] : admits;
  });
}

function barrierChanges(base: readonly Barrier[], head: readonly Barrier[], about: string): Effected[] {
  const kinds = [...new Set([...base, ...head].map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const [removed, added] = [
      [base, head],
      [head, base],
    ].map(([one, other]) =>
      one
        .filter((each) => each.kind === kind && !other.some((same) => barrierText(same) === barrierText(each)))
        .sort((each, next) => openness(each) - openness(next)),
    );
    const length = Math.max(removed.length, added.length);
    return Array.from({ length }, (_, index) => {
      const [before, after] = [removed[index], added[index]] as (Barrier | undefined)[];
      const effect = barrierEffect(before, after);
      return effected(
        effect,
        "access",
        `${about}: ${kind}`,
        before && barrierText(before),
        after && barrierText(after),
      );
    });
  });
}

function barrierText({ kind, state, text }: Barrier): string {
  return `${state === "closed" ? "" : `${state}: `}${text || kind}`;
}

function barrierEffect(before: Barrier | undefined, after: Barrier | undefined): Effect {
  const [was, is] = [before, after].map((each) => each?.state === "closed");
  if (was && !is) return "opened";
  if (is && !was) return "closed";
  return before?.state !== "open" && after?.state === "open" ? "opened" : "changed";
}

/** What stops others is compared first. */
function openness({ state }: Barrier): number {
  return state === "closed" ? 0 : state === "open" ? 2 : 1;
}

function secretChanges(base: readonly SecretInState[], head: readonly SecretInState[]): Effected[] {
  return paired(base, head, ({ stack, name }) => `${stack} ${name}`).flatMap(([before, after]) => {
    const about = (after ?? before)!.name;
    if (before && after && before.disabled === after.disabled && before.why === after.why) return [];
    const isOfUse = (secret: SecretInState | undefined): boolean => secret !== undefined && !secret.disabled;
    const effect = isOfUse(before) === isOfUse(after) ? "changed" : isOfUse(after) ? "opened" : "closed";
    return effected(effect, "secrets", about, before?.why, after?.why);
  });
}

function openChanges(base: TrustReport, head: TrustReport): Effected[] {
  return paired(base.openOnPurpose, head.openOnPurpose, ({ stack, place, rule, call, what }) =>
    [stack, place, rule ?? call ?? "", what].join("\n"),
  ).flatMap(([before, after]) => {
    const { place, what } = (after ?? before)!;
    if (before?.reason === after?.reason && before && after) return [];
    const effect = !before ? "opened" : !after ? "closed" : "changed";
    return effected(effect, "open on purpose", `${place}: ${what}`, before?.reason, after?.reason);
  });
}

/** Lines move when a policy changes, so they are no part of what a finding is. */
function findingChanges(
  section: "findings" | "not judged",
  base: readonly ReportedFinding[],
  head: readonly ReportedFinding[],
): Effected[] {
  const key = ({ rule, stack, address, attribute = "", message }: ReportedFinding): string =>
    [rule, stack, address, attribute, message].join("\n");
  return paired(base, head, key).flatMap(([before, after]) => {
    if (before && after) return [];
    const { rule, address, severity, message } = (after ?? before)!;
    const text = section === "findings" ? `${severity}: ${message}` : message;
    const effect = after ? "opened" : "closed";
    return effected(effect, section, `${rule} at ${address}`, before && text, after && text);
  });
}

function fileChanges(base: TrustReport, head: TrustReport): Effected[] {
  const files = ({ checked: { unreadable, skipped, modules = [] } }: TrustReport): string[] => [
    ...modules.map((name) => `module ${name}: the report reads no modules.`),
    ...unreadable.map(({ file, error }) => `${file}: ${error}`),
    ...skipped.map((file) => `${file}: the file is in HCL.`),
  ];
  return paired(files(base), files(head), (each) => each).flatMap(([before, after]) => {
    if (before && after) return [];
    return effected(after ? "opened" : "closed", "files", "Not read", before, after);
  });
}

function partyChanges(base: TrustReport, head: TrustReport): Effected[] {
  return paired(base.parties, head.parties, ({ id }) => id).flatMap(([before, after]) => {
    const { kind, name } = (after ?? before)!;
    const texts = [before, after].map((each) => each && [each.name, ...each.detail].join(", "));
    return texts[0] === texts[1] ? [] : effected("changed", "parties", withKind(kind, name), texts[0], texts[1]);
  });
}

function taskChanges(base: TrustReport, head: TrustReport): Effected[] {
  return paired(base.leftToOperator, head.leftToOperator, ({ stack, place, what }) =>
    [stack, place, what].join("\n"),
  ).flatMap(([before, after]) => {
    if (before && after) return [];
    const { place = "everything" } = (after ?? before)!;
    return effected("changed", "left to the operator", place, before?.what, after?.what);
  });
}
