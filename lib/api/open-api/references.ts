import { finding } from "../../core/fail";
import { isObject, JsonObject, shown, Trail } from "./json";
import { OpenApiFinding } from "./findings/finding";
import { Reference, schemasOf } from "./walk";

/**
 * The bytes of a character, each with a percent sign before it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3629#section-4
 */
const ENCODED_CHARACTER =
  /%(?:[0-7][\da-f]|(?:c[2-9a-f]|d[\da-f])%[89ab][\da-f]|(?:e0%[ab][\da-f]|e[1-9a-cef]%[89ab][\da-f]|ed%[89][\da-f])%[89ab][\da-f]|(?:f0%[9ab][\da-f]|f[1-3]%[89ab][\da-f]|f4%8[\da-f])(?:%[89ab][\da-f]){2})/gi;

/** Finds what the references of a document point to, and follows each of them once. */
export class Resolver {
  /** What the chains that begin at references lead to, by the place of the reference. */
  private readonly ends = new Map<string, unknown>();
  /** What references lead to. Many paths can share a reference. */
  private readonly endsOfReferences = new Map<unknown, unknown>();
  private readonly pointers: Pointers;

  constructor(root: unknown) {
    this.pointers = new Pointers(root);
  }

  /** The value, or what it refers to; `undefined` if that cannot be found. */
  public resolved(value: unknown): JsonObject | undefined {
    const target = targetOf(value);
    const end = target === undefined ? value : this.endOfReference(value, target);
    return isObject(end) && targetOf(end) === undefined ? end : undefined;
  }

  /** Whether there is something at the target, and not only references that lead back to it. */
  public pointsToSomething(target: string): boolean {
    const end = this.endOf(target);
    if (end === undefined) return this.pointers.valueAt(target) !== undefined;
    return targetOf(end) === undefined;
  }

  private endOfReference(reference: unknown, target: string): unknown {
    if (!this.endsOfReferences.has(reference)) this.endsOfReferences.set(reference, this.endOf(target));
    return this.endsOfReferences.get(reference);
  }

  /** What the last reference of a chain points to. In a circle, that is a reference. */
  private endOf(first: string): unknown {
    const chain: string[] = [];
    let target = first;
    let end = this.pointers.valueAt(target);
    for (let next = targetOf(end); next !== undefined; next = targetOf(end)) {
      if (this.ends.has(target)) {
        // In a circle, this is a reference of this chain.
        end = this.ends.get(target);
        break;
      }
      this.ends.set(target, end);
      chain.push(target);
      target = next;
      end = this.pointers.valueAt(target);
    }
    chain.forEach((each) => this.ends.set(each, end));
    return end;
  }
}

function targetOf(value: unknown): string | undefined {
  return isObject(value) && typeof value.$ref === "string" ? value.$ref : undefined;
}

/** Finds what JSON pointers point to. Most of those of a document are names in the same objects. */
class Pointers {
  private lastHolder = "#";
  private lastValue: unknown;

  constructor(private readonly root: unknown) {
    this.lastValue = root;
  }

  /** What the JSON pointer of a reference points to; `undefined` if there is nothing. */
  public valueAt(target: string): unknown {
    if (!target.startsWith("#/")) return undefined;
    const end = target.lastIndexOf("/");
    if (end !== this.lastHolder.length || !target.startsWith(this.lastHolder)) {
      this.lastHolder = target.slice(0, end);
      this.lastValue = this.lastHolder.split("/").slice(1).reduce(partOf, this.root);
    }
    return partOf(this.lastValue, target.slice(end + 1));
  }
}

/** The part of a value with the key that is a part of a JSON pointer. */
function partOf(value: unknown, part: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const text = part.includes("%") ? decoded(part) : part;
  const key = text.includes("~") ? text.replace(/~1/g, "/").replace(/~0/g, "~") : text;
  if (Array.isArray(value)) return value[Number(key)];
  return Object.prototype.hasOwnProperty.call(value, key) ? (value as JsonObject)[key] : undefined;
}

/** A part that is not encoded well stays as it is. `decodeURIComponent` would throw an error for it, which takes long. */
function decoded(part: string): string {
  return part.replace(ENCODED_CHARACTER, "").includes("%") ? part : decodeURIComponent(part);
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
  for (const reference of references) {
    const { target, ofSchema } = reference;
    if (isExternal(target) && !ofSchema) {
      const message = finding(
        "open-api-external-reference",
        `The reference "${shown(target)}" points out of the document. API Management reads no other documents.`,
        "Bundle the documents into one.",
      );
      yield { trail: reference.trail, message };
    } else if (target.startsWith("#/") && !resolver.pointsToSomething(target)) {
      yield { trail: reference.trail, message: danglingReference(target) };
    }
  }
}

function isExternal(target: string): boolean {
  return !target.startsWith("#");
}

/** References of schemas that point out of the document. */
export function externalSchemas({ references }: Referring): Reference[] {
  return references.filter(({ target, ofSchema }) => ofSchema && isExternal(target));
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
export function recursiveSchemas({ root, references }: Referring): { readonly trail: Trail }[] {
  const at = schemasOf(root);
  const prefix = `#/${at.join("/")}/`;
  const leadsTo = new Map<string, string[]>();
  for (const { schema, target } of references) {
    if (schema === undefined || !target.startsWith(prefix)) continue;
    const targets = leadsTo.get(schema);
    if (targets) targets.push(target.slice(prefix.length));
    else leadsTo.set(schema, [target.slice(prefix.length)]);
  }
  return cyclicNames(leadsTo).map((name) => ({ trail: [...at, name] }));
}

/** Names from which a way leads back. Depth first, without recursion: chains of schemas may be long. */
function cyclicNames(leadsTo: ReadonlyMap<string, readonly string[]>): string[] {
  const cyclic = new Set<string>();
  const seen = new Set<string>();
  // Both are empty again after each way.
  const way = new Set<string>();
  const stack: [name: string, visited: number][] = [];
  const enter = (name: string): void => {
    seen.add(name);
    way.add(name);
    stack.push([name, 0]);
  };
  for (const first of leadsTo.keys()) {
    if (seen.has(first)) continue;
    enter(first);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const [name, visited] = top;
      const next: string | undefined = leadsTo.get(name)![visited];
      top[1]++;
      if (next === undefined) {
        way.delete(name);
        stack.pop();
      } else if (way.has(next)) {
        cyclic.add(next);
      } else if (leadsTo.has(next) && !seen.has(next)) {
        enter(next);
      }
    }
  }
  return [...cyclic];
}
