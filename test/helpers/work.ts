/** Methods of lists that call a function for each element, or until it has said enough. */
const CALLING = [
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "flatMap",
  "forEach",
  "map",
  "reduce",
  "reduceRight",
  "some",
  "sort",
];

/**
 * The work of a call: how many characters and elements its functions of strings and lists, its loops over lists, sets and maps, and its
 * regular expressions go through, plus one for each call of them. Unlike time, this is the same on every machine. Backtracking does not
 * count: ESLint refuses expressions that may backtrack too often.
 */
export function workOf(action: () => unknown): number {
  let work = 0;
  const restore = [
    watched(String.prototype, "indexOf", (text: string, args: [string, number?], found: number) => {
      work += 1 + (found < 0 ? text.length : found + args[0].length) - (args[1] ?? 0);
    }),
    watched(String.prototype, "lastIndexOf", (text: string, args: [string, number?], found: number) => {
      work += 1 + Math.max(0, (args[1] ?? text.length) - Math.max(found, 0));
    }),
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
    watched(String.prototype, "startsWith", (_: string, args: [string]) => {
      work += args[0].length;
    }),
    watched(Array.prototype, "slice", (_: unknown[], __: unknown[], found: unknown[]) => {
      work += 1 + found.length;
    }),
    watched(Array.prototype, "concat", (_: unknown[], __: unknown[], all: unknown[]) => {
      work += 1 + all.length;
    }),
    ...["shift", "unshift", "splice", "join", "reverse"].map((name) =>
      watched(Array.prototype, name, (list: unknown[]) => {
        work += 1 + list.length;
      }),
    ),
    ...CALLING.map((name) => watchedCalls(Array.prototype, name, () => work++)),
    ...[Set.prototype, Map.prototype].map((owner) => watchedCalls(owner, "forEach", () => work++)),
    ...[Array.prototype, Set.prototype, Map.prototype].flatMap((owner) => [
      // A loop, a spread and a destructuring call it.
      watchedSteps(owner, Symbol.iterator, () => work++),
      ...["entries", "keys", "values"].map((name) => watchedSteps(owner, name, () => work++)),
    ]),
    // `test`, `search`, `replace`, `match` and `matchAll` call it as well.
    watchedExec((visited) => {
      work += 1 + visited;
    }),
  ];
  work = 0; // To watch is work, too.
  try {
    action();
    return work;
  } finally {
    restore.forEach((each) => each());
  }
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

/** Counts the calls of the function that a method gets. */
function watchedCalls(owner: object, name: string, count: () => void): () => void {
  const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
    const call = args[0];
    if (typeof call === "function")
      args[0] = function (this: unknown, ...values: unknown[]): unknown {
        count();
        return Reflect.apply(call, this, values);
      };
    return original.apply(this, args);
  });
  return () => void Reflect.set(owner, name, original);
}

/** Counts the steps of the iterators that a method returns. */
function watchedSteps(owner: object, name: string | symbol, count: () => void): () => void {
  const original = Reflect.get(owner, name) as () => IterableIterator<unknown>;
  Reflect.set(owner, name, function (this: unknown): IterableIterator<unknown> {
    const steps = original.call(this);
    const next = Reflect.get(steps, "next") as () => IteratorResult<unknown>;
    steps.next = () => {
      count();
      return next.call(steps);
    };
    return steps;
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
