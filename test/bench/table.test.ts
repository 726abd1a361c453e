import { isMet, median, rowOf, summaryOf, tableOf } from "../../bench/table";

test("a row of pairs has the medians, the median of the ratios and the spread of the ratios", () => {
  const row = rowOf("synth", "ms", [
    [10, 20],
    [30, 20],
    [24, 20],
  ]);
  expect(row).toEqual({ what: "synth", unit: "ms", library: 24, other: 20, ratio: 1.2, spread: [0.5, 1.5] });
  expect(median([3, 1, 2])).toBe(2);
});

test.each([
  [{ ratio: 1, library: 500 }, true],
  [{ ratio: 1.01, library: 500 }, false],
  [{ library: 1 }, true],
  [{ library: 1.2 }, false],
])(
  "a target is held against the ratio, or against what the library takes where nothing is compared: %j",
  (row, met) => {
    expect(isMet({ what: "synth", unit: "ms", target: 1, ...row })).toBe(met);
  },
);

const PARTS = [
  {
    title: "Synth",
    other: "by hand",
    rows: [
      { what: "1 backend", unit: "ms", library: 12.4, other: 10, ratio: 1.24, spread: [1.1, 1.3], target: 1 },
      { what: "memory", unit: "MB", library: 5, other: 10, ratio: 0.5, target: 1 },
      { what: "validate", unit: "ms", library: 0.05 },
    ],
    notes: ["Measured once."],
  },
] as const;

test("the table shows each target and who meets it", () => {
  expect(tableOf({ ...PARTS[0], rows: [...PARTS[0].rows] })).toBe(`## Synth

|  | library | by hand | ratio | spread | target |
| --- | --- | --- | --- | --- | --- |
| 1 backend | 12 ms | 10 ms | 1.24 | 1.10–1.30 | at most 1: MISSED |
| memory | 5.0 MB | 10 MB | 0.50 |  | at most 1: met |
| validate | 0.050 ms |  |  |  |  |

Measured once.
`);
});

test("the table has no column in which no row has anything", () => {
  const rows = [{ what: "quickstart", unit: "min", library: 3.8 }] as const;
  expect(tableOf({ title: "Chains", library: "about", rows })).toBe(`## Chains

|  | about |
| --- | --- |
| quickstart | 4 min |
`);
});

test("there is no summary where nothing has a target", () => {
  expect(summaryOf([{ title: "Chains", rows: [{ what: "quickstart", unit: "min", library: 3.8 }] }])).toBeUndefined();
});

test("the summary names what misses its target, and counts nothing that has none", () => {
  expect(summaryOf(PARTS.map((part) => ({ ...part, rows: [...part.rows] })))).toBe(
    "1 of 2 targets are met.\nMISSED: Synth: 1 backend",
  );
});
