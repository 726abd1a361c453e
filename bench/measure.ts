/* How time is measured. */

/** The user CPU time of this process, in milliseconds. */
export function userTime(): number {
  return process.cpuUsage().user / 1000;
}

/** The user CPU time that an action takes, in milliseconds. It begins with an empty heap where Node.js lets us collect it. */
export function userTimeOf(action: () => void): number {
  global.gc?.();
  const start = userTime();
  action();
  return userTime() - start;
}

/** The same, but with the code that was compiled before: to collect everything drops that too. */
export function warmUserTimeOf(action: () => void): number {
  global.gc?.({ type: "minor" });
  const start = userTime();
  action();
  return userTime() - start;
}

/** The time on the clock that an action takes, in milliseconds. */
export function milliseconds(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/**
 * What two measurements give, round by round. They take turns at being first, so that other work on the machine slows both down. A harness
 * such as tinybench runs one action after the other, and reads the clock.
 */
export function takingTurns<T>(rounds: number, first: () => T, second: () => T): [T, T][] {
  return Array.from({ length: rounds }, (_, round): [T, T] => {
    if (round % 2 === 0) return [first(), second()];
    const other = second();
    return [first(), other];
  });
}

/** What two actions take, round by round. */
export function pairsOf(
  rounds: number,
  first: () => void,
  second: () => void,
  measure: (action: () => void) => number = userTimeOf,
): [number, number][] {
  return takingTurns(
    rounds,
    () => measure(first),
    () => measure(second),
  );
}
