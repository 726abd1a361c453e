import { Json } from "./synth";

/** Every key in a part of the JSON, however deep. */
export function keysOf(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** The addresses of all resources and data sources, those that are there and those that something refers to. */
export function addressesIn(json: Json): { readonly there: string[]; readonly referredTo: string[] } {
  const expressions = JSON.stringify(json).match(/\$\{[^}]*\}/g) ?? [];
  const references = expressions.flatMap((one) => one.match(/\b(data\.)?[a-z]+_[a-z0-9_]+\.[A-Za-z_][\w-]*/g) ?? []);
  return { there: [...blocksOf(json).keys()], referredTo: [...new Set(references)] };
}

/** Orders resources and data sources by their references and `depends_on`, or throws at a cycle. */
export function order(json: Json): string[] {
  const nodes = bodiesOf(json);
  const done: string[] = [];
  const visit = (node: string, trail: string[]): void => {
    if (done.includes(node)) return;
    if (trail.includes(node)) throw new Error(`cycle: ${[...trail, node].join(" -> ")}`);
    const references = [...nodes.keys()].filter((other) => other !== node && nodes.get(node)?.includes(other));
    references.forEach((other) => visit(other, [...trail, node]));
    done.push(node);
  };
  [...nodes.keys()].forEach((node) => visit(node, []));
  return done;
}

/** Every resource and data source that one of the given addresses refers to, directly or not, with the addresses themselves. */
export function upstreamOf(json: Json, addresses: readonly string[]): Set<string> {
  const bodies = bodiesOf(json);
  const found = new Set<string>();
  const visit = (address: string): void => {
    if (found.has(address)) return;
    found.add(address);
    const text = bodies.get(address) ?? "";
    [...bodies.keys()].filter((other) => refersTo(text, other)).forEach(visit);
  };
  addresses.forEach(visit);
  return found;
}

/** Every resource that Terraform replaces with one of the given address, by `replace_triggered_by`, directly or not. */
export function replacedWith(json: Json, address: string): Set<string> {
  const triggers = [...blocksOf(json)].map(([each, { lifecycle }]): [string, string[]] => [
    each,
    lifecycle?.replace_triggered_by ?? [],
  ]);
  const found = new Set([address]);
  // A set hands out what is added while it is iterated.
  for (const replaced of found)
    triggers.filter(([, of]) => of.includes(`${replaced}.id`)).forEach(([each]) => found.add(each));
  return found;
}

/** Every resource and data source, by its address. */
export function blocksOf(json: Json): Map<string, Json> {
  const of = (prefix: string, types: Json = {}): [string, Json][] =>
    Object.entries<Json>(types).flatMap(([type, all]) =>
      Object.entries<Json>(all).map(([name, block]): [string, Json] => [`${prefix}${type}.${name}`, block]),
    );
  return new Map([...of("", json.resource), ...of("data.", json.data)]);
}

/** The text of every resource and data source, by its address. */
export function bodiesOf(json: Json): Map<string, string> {
  return new Map([...blocksOf(json)].map(([address, block]) => [address, JSON.stringify(block)]));
}

/** Whether the text has the address, and not only one that begins or ends like it. */
export function refersTo(text: string, address: string): boolean {
  return new RegExp(`(?<![\\w.-])${address.replaceAll(".", "\\.")}(?![\\w-])`).test(text);
}
