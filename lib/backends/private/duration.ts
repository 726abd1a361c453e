const UNITS = [
  ["H", 3600],
  ["M", 60],
  ["S", 1],
] as const;

/** Seconds, up to a day, as API Management writes durations back: `PT1M30S` and not `PT90S`, or every plan would show a change. */
export function duration(seconds: number): string {
  if (seconds === 86_400) return "P1D";
  let rest = seconds;
  const parts = UNITS.map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count > 0 ? `${count}${unit}` : "";
  });
  return `PT${parts.join("")}`;
}
