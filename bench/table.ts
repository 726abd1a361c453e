/* What a benchmark found, and the table that shows it. */

/** One measurement. */
export interface Row {
  readonly what: string;
  readonly unit: "ms" | "s" | "MB" | "min" | "times";
  readonly library: number;
  /** What the same takes otherwise: by hand, or in another library. */
  readonly other?: number;
  /** The median of the ratios of pairs, which can differ from the ratio of the medians. */
  readonly ratio?: number;
  /** The lowest and the highest ratio of a pair. */
  readonly spread?: readonly [number, number];
  /** At most this much: the ratio, or what the library takes where there is no ratio. */
  readonly target?: number;
}

/** The rows that answer one question. */
export interface Part {
  readonly title: string;
  /** What `library` is in the rows: what the library takes, if left out. */
  readonly library?: string;
  /** What `other` is in the rows. Left out if nothing is compared. */
  readonly other?: string;
  readonly rows: readonly Row[];
  /** What the rows cannot say, such as why nothing was measured. */
  readonly notes?: readonly string[];
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A row of pairs: what the library took and what the other took, each time. */
export function rowOf(
  what: string,
  unit: Row["unit"],
  pairs: readonly (readonly [library: number, other: number])[],
  target?: number,
): Row {
  const ratios = pairs.map(([library, other]) => library / other);
  return {
    what,
    unit,
    library: median(pairs.map(([library]) => library)),
    other: median(pairs.map(([, other]) => other)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    target,
  };
}

/** Whether a row meets its target. */
export function isMet({ library, ratio, target }: Row): boolean {
  return target === undefined || (ratio ?? library) <= target;
}

/** The part as Markdown, with the columns in which a row has something. */
export function tableOf({ title, library = "library", other = "", rows, notes = [] }: Part): string {
  const cells = rows.map(cellsOf);
  const kept = (line: readonly string[]): string[] => line.filter((_, at) => cells.some((each) => each[at] !== ""));
  const head = kept(["", library, other, "ratio", "spread", "target"]);
  const table = [head, head.map(() => "---"), ...cells.map(kept)].map((line) => `| ${line.join(" | ")} |`);
  return [`## ${title}`, "", ...(rows.length === 0 ? [] : [...table, ""]), ...notes.flatMap((note) => [note, ""])].join(
    "\n",
  );
}

/** How many targets are met, and the rows whose target is not. Nothing if no row has a target. */
export function summaryOf(parts: readonly Part[]): string | undefined {
  const rows = parts.flatMap((part) => part.rows.map((row) => ({ row, title: part.title })));
  const aimed = rows.filter(({ row }) => row.target !== undefined);
  if (aimed.length === 0) return undefined;
  const missed = aimed.filter(({ row }) => !isMet(row));
  const count = `${aimed.length - missed.length} of ${aimed.length} targets are met.`;
  return [count, ...missed.map(({ row, title }) => `MISSED: ${title}: ${row.what}`)].join("\n");
}

function cellsOf(row: Row): string[] {
  const { what, unit, library, other, ratio, spread, target } = row;
  const shown = (value: number | undefined): string => (value === undefined ? "" : `${number(value, unit)} ${unit}`);
  return [
    what,
    shown(library),
    shown(other),
    ratio?.toFixed(2) ?? "",
    spread?.map((each) => each.toFixed(2)).join("–") ?? "",
    target === undefined ? "" : `at most ${target}: ${isMet(row) ? "met" : "MISSED"}`,
  ];
}

/** Minutes are sums of typical times: their fractions say nothing. */
function number(value: number, unit: Row["unit"]): string {
  if (unit === "min") return value.toFixed(0);
  if (value < 0.1) return value.toFixed(3);
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
