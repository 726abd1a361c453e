import { grouped } from "./grouped";

/** Values by each of their keys, with their places in a list. */
export type Lookup<K, V> = ReadonlyMap<K, readonly { readonly value: V; readonly place: number }[]>;

/** Finds values by their keys without looking at all of them. */
export function lookupOf<K, V>(values: readonly V[], keysOf: (value: V) => Iterable<K>): Lookup<K, V> {
  return grouped(
    values.map((value, place) => ({ value, place })),
    ({ value }) => keysOf(value),
  );
}

/** The values that have one of the keys, each once, in the order of the list. */
export function lookUp<K, V>(lookup: Lookup<K, V>, keys: Iterable<K>): V[] {
  const found = new Set([...keys].flatMap((key) => lookup.get(key) ?? []));
  return [...found].sort((a, b) => a.place - b.place).map(({ value }) => value);
}
