/** Puts members of a list into its order, each once. */
export function inOrderOf<T>(list: readonly T[]): (members: Iterable<T>) => T[] {
  const places = new Map(list.map((member, place) => [member, place]));
  return (members) => [...new Set(members)].sort((one, other) => places.get(one)! - places.get(other)!);
}
