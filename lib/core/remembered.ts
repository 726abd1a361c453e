/** A map, or one that does not keep its keys. */
interface Known<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What a key stands for, found when it is first asked for. */
export function remembered<K, V>(known: Known<K, V>, key: K, find: () => V): V {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}
