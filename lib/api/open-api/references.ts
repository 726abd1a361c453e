import { isObject, JsonObject, shown, Trail } from "./json";
import { finding } from "../../core/fail";
import { OpenApiFinding } from "./findings/finding";

/** Keys below which there is data, where `$ref` is no reference. So it is below extensions. */
const DATA = new Set(["example", "default", "enum", "const", "value"]);

/** Keys below which there are schemas. */
const SCHEMAS = new Set(["schema", "schemas", "definitions"]);

/** Keys below which the keys are names that the user gave. */
const NAMES = new Set([
  "properties",
  "patternProperties",
  "responses",
  "schemas",
  "definitions",
  "parameters",
  "headers",
  "requestBodies",
  "examples",
  "links",
  "callbacks",
  "$defs",
]);

/** A reference, with its place. */
export interface Reference {
  readonly trail: Trail;
  readonly target: string;
  /** Whether it stands in a schema. */
  readonly ofSchema: boolean;
}

/**
 * Every reference of a document.
 *
 * @param sharesObjects whether several places can share an object, which is visited once then
 */
export function referencesOf(root: JsonObject, sharesObjects: boolean): Reference[] {
  const found: Reference[] = [];
  const seen = sharesObjects ? new Set<object>() : undefined;
  const trail: string[] = [];
  const visit = (value: object, inSchema: boolean): void => {
    if (seen?.has(value)) return;
    seen?.add(value);
    const named = NAMES.has(trail[trail.length - 1]);
    for (const key of Object.keys(value)) {
      const inner = (value as JsonObject)[key];
      const ofSchema = inSchema || (!named && SCHEMAS.has(key));
      if (typeof inner === "object" && inner !== null) {
        if (!named && (DATA.has(key) || key.startsWith("x-"))) continue;
        trail.push(key);
        visit(inner, ofSchema);
        trail.pop();
      } else if (key === "$ref" && typeof inner === "string" && !named) {
        found.push({ trail: [...trail, key], target: inner, ofSchema });
      }
    }
  };
  visit(root, false);
  return found;
}

/** Finds what the references of a document point to, and follows each of them once. */
export class Resolver {
  private readonly ends = new Map<string, unknown>();

  constructor(private readonly root: unknown) {}

  /** The value, or what it refers to; `undefined` if that cannot be found. */
  public resolved(value: unknown): JsonObject | undefined {
    const target = targetOf(value);
    const end = target === undefined ? value : this.endOf(target);
    return isObject(end) && targetOf(end) === undefined ? end : undefined;
  }

  /** Whether there is something at the target, and not only references that lead back to it. */
  public pointsToSomething(target: string): boolean {
    const end = this.endOf(target);
    if (end === undefined) return lookUp(this.root, target) !== undefined;
    return targetOf(end) === undefined;
  }

  /** What the last reference of a chain points to. In a circle, that is a reference. */
  private endOf(first: string): unknown {
    if (this.ends.has(first)) return this.ends.get(first);
    const chain = new Set([first]);
    let end = lookUp(this.root, first);
    for (let target = targetOf(end); target !== undefined && !chain.has(target); target = targetOf(end)) {
      chain.add(target);
      end = this.ends.has(target) ? this.ends.get(target) : lookUp(this.root, target);
    }
    chain.forEach((target) => this.ends.set(target, end));
    return end;
  }
}

function targetOf(value: unknown): string | undefined {
  return isObject(value) && typeof value.$ref === "string" ? value.$ref : undefined;
}

/** What the JSON pointer of a reference points to. */
function lookUp(root: unknown, target: string): unknown {
  if (!target.startsWith("#/")) return undefined;
  let value = root;
  for (const part of target.slice(2).split("/")) {
    const key = /[%~]/.test(part) ? decoded(part).replace(/~1/g, "/").replace(/~0/g, "~") : part;
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value) && Object.prototype.hasOwnProperty.call(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What is needed to judge the references of a document. */
interface Referring {
  readonly root: JsonObject;
  readonly references: readonly Reference[];
  readonly resolver: Resolver;
}

/**
 * References that point to nothing, or out of the document to something other than a schema, which API Management requires.
 * `#name` is an anchor, which cannot be looked up here.
 */
export function* referenceFindings({ references, resolver }: Referring): Iterable<OpenApiFinding> {
  for (const { trail, target, ofSchema } of references) {
    if (isExternal(target) && !ofSchema) {
      const message = finding(
        "open-api-external-reference",
        `The reference "${shown(target)}" points out of the document. API Management reads no other documents.`,
        "Bundle the documents into one.",
      );
      yield { trail, message };
    } else if (target.startsWith("#/") && !resolver.pointsToSomething(target)) {
      yield { trail, message: danglingReference(target) };
    }
  }
}

function isExternal(target: string): boolean {
  return !target.startsWith("#");
}

/** References of schemas that point out of the document. */
export function externalSchemas({ references }: Referring): Trail[] {
  return references.filter(({ target, ofSchema }) => ofSchema && isExternal(target)).map(({ trail }) => trail);
}

/** Of a reference in JSON, or an alias of YAML. */
export function danglingReference(reference: string): string {
  return finding(
    "open-api-dangling-reference",
    `The reference "${shown(reference)}" points to nothing.`,
    "Correct it, or add what it names.",
  );
}

/** Schemas from which references lead back to themselves. */
export function recursiveSchemas({ root, references }: Referring): Trail[] {
  const at: Trail = "swagger" in root ? ["definitions"] : ["components", "schemas"];
  const prefix = `#/${at.join("/")}/`;
  const leadsTo = new Map<string, string[]>();
  for (const { trail, target } of references) {
    if (!at.every((key, index) => trail[index] === key) || !target.startsWith(prefix)) continue;
    const name = String(trail[at.length]);
    const targets = leadsTo.get(name) ?? [];
    if (targets.push(target.slice(prefix.length)) === 1) leadsTo.set(name, targets);
  }
  return cyclicNames(leadsTo).map((name) => [...at, name]);
}

/** Names from which a way leads back. Depth first, without recursion: chains of schemas may be long. */
function cyclicNames(leadsTo: ReadonlyMap<string, readonly string[]>): string[] {
  const cyclic = new Set<string>();
  const seen = new Set<string>();
  const way = new Set<string>();
  const stack: [string, Iterator<string>][] = [["", leadsTo.keys()]];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const [name, rest] = top;
    const next = rest.next();
    if (next.done) {
      way.delete(name);
      stack.pop();
    } else if (way.has(next.value)) {
      cyclic.add(next.value);
    } else if (!seen.has(next.value)) {
      seen.add(next.value);
      way.add(next.value);
      stack.push([next.value, (leadsTo.get(next.value) ?? []).values()]);
    }
  }
  return [...cyclic];
}
