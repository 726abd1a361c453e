import { Content } from "../content";
import { entriesOf, isObject, Trail } from "../json";

/** Schemas from which references lead back to themselves. */
export function recursiveSchemas({ root, references }: Content): Trail[] {
  const at: Trail = "swagger" in root ? ["definitions"] : ["components", "schemas"];
  const prefix = `#/${at.join("/")}/`;
  const holder = at.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  const leadsTo = new Map<string, Set<string>>(entriesOf(holder).map(([name]) => [name, new Set()]));
  for (const { trail, target } of references) {
    if (at.every((key, index) => trail[index] === key) && target.startsWith(prefix)) {
      leadsTo.get(String(trail[at.length]))?.add(target.slice(prefix.length));
    }
  }
  const cyclic = new Set<string>();
  const done = new Set<string>();
  for (const start of leadsTo.keys()) findCycles(start, leadsTo, done, cyclic);
  return [...cyclic].map((name) => [...at, name]);
}

/** Depth first, without recursion: chains of schemas may be long. */
function findCycles(
  start: string,
  leadsTo: ReadonlyMap<string, ReadonlySet<string>>,
  done: Set<string>,
  cyclic: Set<string>,
): void {
  const open = new Set<string>();
  const stack: [string, Iterator<string>][] = [];
  const enter = (name: string): void => {
    if (open.has(name)) cyclic.add(name);
    if (done.has(name) || open.has(name)) return;
    open.add(name);
    stack.push([name, (leadsTo.get(name) ?? new Set<string>()).values()]);
  };
  enter(start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const [name, rest] = top;
    const next = rest.next();
    if (!next.done) {
      enter(next.value);
      continue;
    }
    open.delete(name);
    done.add(name);
    stack.pop();
  }
}
