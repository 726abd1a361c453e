/** The elements whose key an earlier one has, each with the first one that has it. */
export function* repeated<T>(elements: Iterable<T>, keyOf: (element: T) => string): Generator<[element: T, first: T]> {
  const firsts = new Map<string, T>();
  for (const element of elements) {
    const key = keyOf(element);
    const first = firsts.get(key);
    if (first !== undefined) yield [element, first];
    else firsts.set(key, element);
  }
}
