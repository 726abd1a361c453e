// What stands in JSON, by its first character.
const WHITE = 1;
const STRING = 2;
const LITERAL = 3;
const OPENING = 4;
const CLOSING = 5;
const COLON = 6;
const COMMA = 7;

const KINDS = new Uint8Array(128);
for (const [kind, characters] of [
  [WHITE, " \t\r\n"],
  [STRING, '"'],
  [LITERAL, "0123456789+-.E" + "true" + "false" + "null"],
  [OPENING, "{["],
  [CLOSING, "}]"],
  [COLON, ":"],
  [COMMA, ","],
] as const)
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind;

/**
 * How many keys a text in JSON has: strings before a colon. `undefined` for most texts that are no JSON: those with another character outside
 * of strings, a comma too many, or a comma or a bracket too few. `JSON.parse` takes longer to see that, because it makes objects of what is
 * before.
 */
export function writtenKeys(text: string): number | undefined {
  let count = 0;
  let depth = 0;
  let last = COMMA;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)];
    switch (kind) {
      case WHITE:
        continue;
      case STRING:
      case OPENING:
        if (last === STRING || last === LITERAL || last === CLOSING) return undefined;
        if (kind === OPENING) depth++;
        else at = endOfString(text, at);
        break;
      case CLOSING:
        if (last === COMMA || --depth < 0) return undefined;
        break;
      case COLON:
        if (last === STRING) count++;
        break;
      case COMMA:
        if (last === COMMA || last === OPENING) return undefined;
        break;
      case LITERAL:
        break;
      default:
        return undefined;
    }
    last = kind;
  }
  return depth === 0 ? count : undefined;
}

const [QUOTE, BACKSLASH] = ['"', "\\"].map((character) => character.charCodeAt(0));

/** The offset of the quote that ends a string, or the length of the text. */
function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}
