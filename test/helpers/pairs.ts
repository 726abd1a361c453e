/** How many pairs things make, found the slow way. */
export function pairsOf(things: readonly unknown[]): number {
  let pairs = 0;
  for (const one of things) for (const other of things) if (one !== other) pairs++;
  return pairs;
}
