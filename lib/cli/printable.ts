/** Controls, separators of lines, and what is invisible or turns the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const UNPRINTABLE_IN_TEXT = new RegExp(`(?!\\t|\\r?\\n)${UNPRINTABLE.source}`, "gu");

/** A line that a name or a document can neither end nor overwrite: it holds `\u001b` for such a character. */
export function printable(line: string): string {
  return line.replace(UNPRINTABLE, escaped);
}

/** A text of several lines that can write nothing to a terminal but itself. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE_IN_TEXT, escaped);
}

/** A JSON object as text. In JSON, an escaped character is the same as the character. */
export function jsonText(json: object): string {
  return `${printableText(JSON.stringify(json, undefined, 2))}\n`;
}

function escaped(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}
