import { entriesOf, isObject, JsonObject, Trail } from "./json";

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
export function pointsToSomething(root: unknown, target: string): boolean {
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
