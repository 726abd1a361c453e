import { addToGroup, grouped } from "../../core/grouped";
import { Call, Party, TrustReport } from "../trust-report";
import { arrowOf, boxOf, KIND_NAMES, proofOf } from "./boxes";
import { Frame, Picture } from "./picture";

/** More boxes than these are not legible on a printed page. */
const MOST_BOXES = 28;

/** The pictures of who calls whom: one if all fits, else one for each gateway, in as many parts as it needs. */
export function picturesOf(report: TrustReport): readonly Picture[] {
  const { parties, calls } = report;
  const numbers = new Map(calls.map((call, index) => [call, index + 1]));
  const byId = new Map(parties.map((party) => [party.id, party]));
  const drawn = calls.filter(({ from, to }) => byId.has(from) && byId.has(to));
  if (drawn.length === 0 && parties.length === 0) return [];
  if (parties.length <= MOST_BOXES) return [pictureOf("Who calls whom", parties, drawn)];
  return chapters().flatMap(({ name, parts }) =>
    parts.map((part, index) => {
      const title = parts.length === 1 ? name : `${name}, part ${index + 1} of ${parts.length}`;
      return pictureOf(title, part.parties, part.calls);
    }),
  );

  function chapters(): Chapter[] {
    const gateways = parties.filter(({ kind }) => kind === "gateway");
    const callsByGateway = grouped(drawn, ({ to, from }) => {
      const roots = [to, from].map((id) => rootOf(byId.get(id)!));
      return [roots.find(({ kind }) => kind === "gateway")];
    });
    const chapters: Chapter[] = [];
    const placed = new Set<Party>();
    for (const gateway of [...gateways, undefined]) {
      const parts = partsOf(callsByGateway.get(gateway) ?? []);
      parts.forEach((part) => part.parties.forEach((party) => placed.add(party)));
      if (parts.length > 0) chapters.push({ name: gateway ? titleOf(gateway) : "Other calls", parts });
    }
    const wholes = new Set(parties.map(({ partOf }) => partOf));
    const alone = parties.filter((party) => !placed.has(party) && !wholes.has(party.id));
    const parts: Part[] = [];
    for (let at = 0; at < alone.length; at += MOST_BOXES)
      parts.push({ parties: alone.slice(at, at + MOST_BOXES), calls: [] });
    if (parts.length > 0) chapters.push({ name: "Without a call", parts });
    return chapters;
  }

  function titleOf({ name, stack }: Party): string {
    return report.stacks.length > 1 && stack !== undefined ? `Gateway ${name} of ${stack}` : `Gateway ${name}`;
  }

  /** Calls in as few parts as possible. The calls from and to an API stay together where they fit. */
  function partsOf(chapter: readonly Call[]): Part[] {
    const bundles = grouped(chapter, ({ to, from }) => [[to, from].find((id) => byId.get(id)!.kind === "api") ?? to]);
    const parts: { parties: Set<Party>; calls: Call[] }[] = [];
    for (const bundle of bundles.values()) {
      const last = parts[parts.length - 1];
      const fits = last !== undefined && new Set([...last.parties, ...partiesOf(bundle)]).size <= MOST_BOXES;
      let part = fits ? last : undefined;
      for (const call of bundle) {
        const ends = partiesOf([call]);
        if (!part || new Set([...part.parties, ...ends]).size > MOST_BOXES)
          parts.push((part = { parties: new Set(), calls: [] }));
        ends.forEach((end) => part!.parties.add(end));
        part.calls.push(call);
      }
    }
    return parts.map((part) => ({ parties: [...part.parties], calls: part.calls }));
  }

  function partiesOf(some: readonly Call[]): Party[] {
    return some.flatMap(({ from, to }) => [byId.get(from)!, byId.get(to)!]);
  }

  function rootOf(party: Party): Party {
    const whole = party.partOf === undefined ? undefined : byId.get(party.partOf);
    return whole ?? party;
  }

  function pictureOf(title: string, some: readonly Party[], arrows: readonly Call[]): Picture {
    const called = new Set(arrows.flatMap(({ from, to }) => [from, to]));
    const open = new Set(arrows.filter(({ how }) => how === "nothing").map(({ from }) => from));
    const wholes = new Set(some.map(({ partOf }) => partOf));
    // What has parts, and neither calls nor is called, is the frame around its parts.
    const boxes = some.filter(({ id }) => called.has(id) || !wholes.has(id));
    const places = new Map(boxes.map(({ id }, index) => [id, index]));
    return {
      title,
      boxes: boxes.map((party) => boxOf(party, open.has(party.id))),
      frames: framesOf(boxes),
      arrows: arrows.map((call) => {
        const number = numbers.get(call)!;
        const ends = `${byId.get(call.from)!.name} calls ${byId.get(call.to)!.name}`;
        const proof = [proofOf(call), call.identity, call.audience, ...call.roles].filter((text) => text);
        const title = `Call ${number}: ${ends}\n${proof.join("\n")}`;
        return arrowOf(call, number, places.get(call.from)!, places.get(call.to)!, title);
      }),
    };
  }

  function framesOf(boxes: readonly Party[]): Frame[] {
    const framesByStack = new Map<string | undefined, { boxes: number[]; frames: Frame[] }>();
    const partsByWhole = new Map<Party, number[]>();
    const wholes = new Set(boxes.map(({ partOf }) => partOf));
    boxes.forEach((party, index) => {
      const whole = partyAround(party, wholes);
      if (whole) addToGroup(partsByWhole, whole, index);
      else stackOf(party).boxes.push(index);
    });
    for (const [whole, parts] of partsByWhole) {
      const { kind, name, place, detail } = whole;
      const isBoxToo = boxes.includes(whole);
      const label = isBoxToo ? `${KIND_NAMES[kind]} and its parts` : `${KIND_NAMES[kind]} ${name}`;
      const title = [`${KIND_NAMES[kind]} ${name}`, ...detail, place].join("\n");
      stackOf(whole).frames.push({ kind, label, title, boxes: parts, frames: [] });
    }
    const contents = [...framesByStack];
    return contents.flatMap(([stack, content]): readonly Frame[] => {
      // One stack is the whole picture, and callers are in none.
      if (stack === undefined || report.stacks.length < 2) return content.frames;
      return [{ kind: "stack", label: `Stack ${stack}`, title: `Stack ${stack}`, ...content }];
    });

    function stackOf({ stack }: Party): { boxes: number[]; frames: Frame[] } {
      const known = framesByStack.get(stack) ?? { boxes: [], frames: [] };
      framesByStack.set(stack, known);
      return known;
    }
  }

  /** What a party is a part of, or the party itself if it has parts in the picture. */
  function partyAround(party: Party, wholes: ReadonlySet<string | undefined>): Party | undefined {
    if (party.partOf !== undefined) return byId.get(party.partOf);
    return wholes.has(party.id) ? party : undefined;
  }
}

interface Chapter {
  readonly name: string;
  readonly parts: readonly Part[];
}

interface Part {
  readonly parties: readonly Party[];
  readonly calls: readonly Call[];
}
