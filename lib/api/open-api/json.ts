/** An object of a document. */
export type JsonObject = Record<string, unknown>;

/** The keys and indexes that lead to a place in a document. */
export type Trail = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

export function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
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

const MAX_SHOWN = 100;

/** The beginning of a text, as messages show it. */
export function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
