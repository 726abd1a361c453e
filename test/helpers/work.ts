/**
 * The work of a call: how many characters and elements its functions of strings and lists, and its regular expressions, go through,
 * plus one for each call of them. Unlike time, this is the same on every machine. Backtracking does not count: ESLint refuses
 * expressions that may backtrack too often.
 */
export function workOf(action: () => unknown): number {
  let work = 0;
  const restore = [
    watched(String.prototype, "indexOf", (text: string, [part, from = 0]: [string, number?], found: number) => {
      work += 1 + (found < 0 ? text.length : found + part.length) - from;
    }),
    watched(
      String.prototype,
      "lastIndexOf",
      (text: string, [, from = text.length]: [string, number?], found: number) => {
        work += 1 + Math.max(0, from - Math.max(found, 0));
      },
    ),
    watched(String.prototype, "includes", (text: string, _: unknown[], found: boolean) => {
      if (!found) work += 1 + text.length;
    }),
    watched(String.prototype, "split", (text: string) => {
      work += 1 + text.length;
    }),
    ...["indexOf", "includes"].map((name) =>
      watched(Array.prototype, name, (list: unknown[], _: unknown[], found: number | boolean) => {
        work += 1 + (typeof found === "number" && found >= 0 ? found : list.length);
      }),
    ),
    watched(String.prototype, "slice", (_: string, __: unknown[], found: string) => {
      work += 1 + found.length;
    }),
    watched(String.prototype, "startsWith", (_: string, [part]: [string]) => {
      work += part.length;
    }),
    // `test`, `search`, `replace`, `match` and `matchAll` call it as well.
    watchedExec((visited) => {
      work += 1 + visited;
    }),
  ];
  try {
    action();
  } finally {
    restore.forEach((each) => each());
  }
  return work;
}

function watched<T, A extends unknown[], R>(
  owner: object,
  name: string,
  count: (owner: T, args: A, result: R) => void,
): () => void {
  const original = Reflect.get(owner, name) as (...args: A) => R;
  Reflect.set(owner, name, function (this: T, ...args: A): R {
    const result = original.apply(this, args);
    count(this, args, result);
    return result;
  });
  return () => void Reflect.set(owner, name, original);
}

function watchedExec(count: (visited: number) => void): () => void {
  const original = RegExp.prototype.exec;
  RegExp.prototype.exec = function (text: string): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = original.call(this, text);
    const end = match ? match.index + match[0].length : this.sticky ? from : text.length;
    count(end - from);
    return match;
  };
  return () => void (RegExp.prototype.exec = original);
}
