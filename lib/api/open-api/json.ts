/** An object of a document. */
export type JsonObject = Record<string, unknown>;

/** The keys and indexes that lead to a place in a document. */
export type Trail = readonly (string | number)[];

/** Something to be said of a place in a document. */
export interface Problem {
  readonly trail: Trail;
  /** Whether it is about the key at the end of the trail rather than its value. */
  readonly ofKey?: boolean;
  readonly message: string;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text or, as YAML reads `1.0` without quotes, a number. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : undefined;
}
