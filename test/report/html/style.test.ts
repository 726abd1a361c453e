import { FONTS } from "../../../lib/report/graph/boxes";
import { STYLE } from "../../../lib/report/html/style";

const [light, dark] = [...STYLE.text.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, color]) => [name, color])),
);

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [brighter, darker] = [one, other].map(luminance).sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Each color of a text, with those that it stands on. */
const PAIRS: readonly (readonly [string, readonly string[]])[] = [
  ["ink", ["page", "paper", "accent-back", "bad-back"]],
  ["soft", ["page", "paper", "bad-back"]],
  ["accent", ["page", "paper"]],
  ["good", ["paper", "good-back"]],
  ["bad", ["paper", "bad-back"]],
  ["doubt", ["paper", "doubt-back"]],
  ["other", ["paper", "other-back"]],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("%s", (_, colors) => {
  test.each(PAIRS.flatMap(([text, backs]) => backs.map((back) => [text, back])))(
    "%s is legible on %s",
    (text, back) => {
      expect(contrast(colors[text], colors[back])).toBeGreaterThanOrEqual(4.5);
    },
  );
});

test("dark has each color that light has", () => expect(Object.keys(dark)).toEqual(Object.keys(light)));

test("texts of pictures have the sizes that they were measured with", () => {
  const size = (selector: string): string | undefined =>
    new RegExp(`${selector} \\{[^}]*?font-size: ([\\d.]+)px`).exec(STYLE.text)?.[1];
  expect(size("\\.picture text")).toBe(String(FONTS.detail.size));
  expect(size("\\.picture text")).toBe(String(FONTS.token.size));
  expect(size("\\.picture \\.kind")).toBe(String(FONTS.kind.size));
  expect(size("\\.picture \\.name")).toBe(String(FONTS.name.size));
  expect(size("\\.picture \\.heading")).toBe(String(FONTS.frame.size));
});
