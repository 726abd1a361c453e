/*
 * Nobody knows here which font a browser takes. So widths are those of DejaVu Sans, the widest font among those that systems use for
 * their texts: in any other one, a text is narrower and fits as well.
 */

/** Widths in thousandths of the font size. */
const WIDTHS: readonly (readonly [characters: string, width: number])[] = [
  ["'ijl|", 340],
  [" ,./:;I\\fr!()[]-", 420],
  ['"`tsJcz*', 560],
  ["?_xyvkaLegho0123456789bdnpqu$", 640],
  ["{}EFPSTYZ", 690],
  ["ABCDKRUVXGHNO", 790],
  ["Qw+<=>~^#&", 845],
  ["m%MW@…", 1010],
];

/** Of all others, such as those of Chinese. */
const WIDEST = 1100;
const BOLD = 1.13;

const widthByCharacter = new Map(WIDTHS.flatMap(([characters, width]) => [...characters].map((c) => [c, width])));

/** How a text is written. */
export interface Font {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** The width in pixels that a text takes at most. */
export function widthOf(text: string, { size, bold }: Font): number {
  let thousandths = 0;
  for (const character of text) thousandths += widthByCharacter.get(character) ?? WIDEST;
  return (thousandths / 1000) * size * (bold ? BOLD : 1);
}

/** A text that fits, without its middle if it is too long: names of Azure differ at both ends. */
export function shortened(text: string, width: number, font: Font): string {
  if (widthOf(text, font) <= width) return text;
  const characters = [...text];
  let start = "";
  let end = "";
  let left = width - widthOf("…", font);
  for (let taken = 0; ; taken++) {
    const fromStart = taken % 2 === 0;
    const character = fromStart ? characters[taken / 2] : characters[characters.length - (taken + 1) / 2];
    left -= widthOf(character, font);
    if (left < 0) return `${start}…${end}`;
    if (fromStart) start += character;
    else end = character + end;
  }
}

/** The lines of a text, at most as many as given. A line ends at a space or behind a sign that separates words. */
export function wrapped(text: string, width: number, font: Font, lines: number): readonly string[] {
  const [first = "", ...rest] = text.split(/(?<=[\s/\-._:,])/);
  let line = first;
  for (const [index, word] of rest.entries()) {
    if (widthOf((line + word).trim(), font) > width) {
      if (lines === 1) return [shortened((line + rest.slice(index).join("")).trim(), width, font)];
      const others = wrapped(rest.slice(index).join(""), width, font, lines - 1);
      return [shortened(line.trim(), width, font), ...others];
    }
    line += word;
  }
  return [shortened(line.trim(), width, font)];
}
