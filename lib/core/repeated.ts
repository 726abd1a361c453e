/** The elements whose key an earlier one has, each with the first one that has it. */
export function repeated<T>(elements: readonly T[], keyOf: (element: T) => string): [element: T, first: T][] {
  const firsts = new Map<string, T>();
  return elements.flatMap((element): [T, T][] => {
    const key = keyOf(element);
    const first = firsts.get(key);
    if (first !== undefined) return [[element, first]];
    firsts.set(key, element);
    return [];
  });
}
