import { entriesOf, isObject, JsonObject, Trail } from "./json";
import { finding } from "../../core/fail";
import { OpenApiFinding } from "./findings/finding";

/** Keys below which there is data, where `$ref` is no reference. */
const DATA = /^(?:example|default|enum|const|value|x-.*)$/;

/** Keys below which the keys are names that the user gave. */
const NAMES =
  /^(?:properties|patternProperties|responses|schemas|definitions|parameters|headers|requestBodies|examples|links|callbacks|\$defs)$/;

/** A reference, with its place. */
export interface Reference {
  readonly trail: Trail;
  readonly target: string;
}

/** A document, and its references. */
interface Referring {
  readonly root: JsonObject;
  readonly references: readonly Reference[];
}

/** Every reference of a document. Each object is visited once: in YAML, several places can share it. */
export function referencesOf(root: unknown): Reference[] {
  const found: Reference[] = [];
  const seen = new Set<unknown>();
  const trail: (string | number)[] = [];
  const below = (step: string | number, value: unknown): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    trail.push(step);
    visit(value);
    trail.pop();
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach((item, index) => below(index, item));
    const named = NAMES.test(String(trail.at(-1)));
    for (const [key, inner] of entriesOf(value)) {
      if (key === "$ref" && typeof inner === "string" && !named) found.push({ trail: [...trail, key], target: inner });
      else if (named || !DATA.test(key)) below(key, inner);
    }
  };
  visit(root);
  return found;
}

/** The value, or what it refers to; `undefined` if that cannot be found. */
export function resolved(root: unknown, value: unknown): JsonObject | undefined {
  const seen = new Set<unknown>();
  let current = value;
  while (isObject(current) && typeof current.$ref === "string") {
    if (seen.has(current)) return undefined;
    seen.add(current);
    current = lookUp(root, current.$ref);
  }
  return isObject(current) ? current : undefined;
}

/** Whether there is something at the target, and not only a reference that points back to it. */
function pointsToSomething(root: unknown, target: string): boolean {
  const found = lookUp(root, target);
  if (!isObject(found) || typeof found.$ref !== "string") return found !== undefined;
  const next = lookUp(root, found.$ref);
  return next === undefined || resolved(root, found) !== undefined;
}

/** What the JSON pointer of a reference points to. */
function lookUp(root: unknown, target: string): unknown {
  if (!target.startsWith("#/")) return undefined;
  return target
    .slice(2)
    .split("/")
    .map((part) => decoded(part).replace(/~1/g, "/").replace(/~0/g, "~"))
    .reduce<unknown>((value, key) => {
      if (Array.isArray(value)) return value[Number(key)];
      return isObject(value) && Object.prototype.hasOwnProperty.call(value, key) ? value[key] : undefined;
    }, root);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** References that point out of the document, or to nothing. `#name` is an anchor, which cannot be looked up here. */
export function referenceFindings({ root, references }: Referring): OpenApiFinding[] {
  return references.flatMap(({ trail, target }) => {
    if (!target.startsWith("#")) {
      const message = finding(
        "open-api-external-reference",
        `The reference "${target}" points out of the document. API Management reads no other documents.`,
        "Bundle the documents into one.",
      );
      return [{ trail, message }];
    }
    const found = !target.startsWith("#/") || pointsToSomething(root, target);
    return found ? [] : [{ trail, message: danglingReference(target) }];
  });
}

/** Of a reference in JSON, or an alias of YAML. */
export function danglingReference(reference: string): string {
  return finding(
    "open-api-dangling-reference",
    `The reference "${reference}" points to nothing.`,
    "Correct it, or add what it names.",
  );
}

/** Schemas from which references lead back to themselves. */
export function recursiveSchemas({ root, references }: Referring): Trail[] {
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
