import { grouped } from "./grouped";
import { inOrderOf } from "./in-order";

/** Finds the values of a list that have one of some keys, each once, in the order of the list. It does not look at all of them. */
export type Lookup<K, V> = (keys: Iterable<K>) => V[];

export function lookupOf<K, V>(values: readonly V[], keysOf: (value: V) => Iterable<K>): Lookup<K, V> {
  const groups = grouped(values, keysOf);
  const inOrder = inOrderOf(values);
  return (keys) => inOrder([...keys].flatMap((key) => groups.get(key) ?? []));
}
