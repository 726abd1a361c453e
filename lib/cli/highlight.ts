import { WriteStream } from "tty";

const RED = 31;
const GREEN = 32;
const YELLOW = 33;

/** What a line of a report begins with, or a headline ends with, by the color of its kind. */
const COLORS: readonly (readonly [RegExp, number])[] = [
  [/^( *)(error|conflict)(?= at )/gm, RED],
  [/^( *)(failed|cannot read)(?= )/gm, RED],
  [/^( *)(warning)(?= at |:)/gm, YELLOW],
  [/^( *)(not judged(?= at )|not checked)/gm, YELLOW],
  [/^( *)(passed)(?= {2})/gm, GREEN],
  [/(: )(can be merged)$/gm, GREEN],
  [/(: )(has conflicts|cannot be read)$/gm, RED],
];

/** A report with the words in color that say how things are. */
export function highlighted(report: string): string {
  return COLORS.reduce(
    (text, [pattern, color]) =>
      text.replace(pattern, (_, before: string, word: string) => `${before}\u001b[${color}m${word}\u001b[0m`),
    report,
  );
}

/** Whether a stream is a terminal that shows colors, and whose user wants them. See https://no-color.org */
export function takesColor(stream: Pick<WriteStream, "isTTY">, { NO_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !NO_COLOR && TERM !== "dumb";
}
