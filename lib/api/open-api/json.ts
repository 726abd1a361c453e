/** An object of a document. */
export type JsonObject = Record<string, unknown>;

/** The keys and indexes that lead to a place in a document. */
export type Trail = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Listing more keys than this takes long, and many paths can share an object. */
const MANY_KEYS = 100;

/** The keys of large objects that were listed before. */
const listed = new WeakMap<object, readonly string[]>();

/** The keys of an object of a document. Documents do not change after they are read. */
export function keysOf(value: unknown): readonly string[] {
  if (!isObject(value)) return [];
  const known = listed.get(value);
  if (known) return known;
  const keys = Object.keys(value);
  if (keys.length > MANY_KEYS) listed.set(value, keys);
  return keys;
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string, or a number as a string: YAML reads `1.0` without quotes as a number. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : undefined;
}

/** A value as text. An object or a list, which can be large, is none. */
export function primitiveText(value: unknown): string {
  return typeof value === "object" && value !== null ? "" : String(value);
}

const MAX_SHOWN = 100;

/** The beginning of a text, as messages show it. */
export function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
