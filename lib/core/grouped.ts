/** Values by each of their keys, once for a key. Groups and what is in them are in the order of the values. */
export function grouped<K, V>(values: Iterable<V>, keysOf: (value: V) => Iterable<K>): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) addToGroups(groups, keysOf(value), value);
  return groups;
}

/** Adds a value to the group of each of its keys, once for a key. */
export function addToGroups<K, V>(groups: Map<K, V[]>, keys: Iterable<K>, value: V): void {
  for (const key of new Set(keys)) addToGroup(groups, key, value);
}

/** Adds a value to the group of a key. */
export function addToGroup<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
