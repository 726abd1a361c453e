/** The most similar of some names, for a name that may be misspelled; `undefined` if none is similar. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let found: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const each of names) {
    if (Math.abs(each.length - name.length) >= least) continue;
    const distance = edits(name.toLowerCase(), each);
    if (distance < least) [found, least] = [each, distance];
  }
  return found;
}

/** How many characters must be added, removed or replaced to make one word the other. */
function edits(from: string, to: string): number {
  let row = [...Array(to.length + 1).keys()];
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[to.length];
}
