const NAMED: Record<string, string> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };
const REFERENCE = /&(?:(quot|apos|lt|gt|amp)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/;
const HERE = new RegExp(REFERENCE.source, "y");
const EVERY = new RegExp(REFERENCE.source, "g");

/** A `&` that does not begin an XML reference. */
export const BARE_AMPERSAND = new RegExp(`(?!${REFERENCE.source})&`);

/** The character of a reference such as `&quot;`, and the length of the reference. */
export function decodeReference(text: string, offset: number): { character: string; width: number } | undefined {
  HERE.lastIndex = offset;
  const match = HERE.exec(text);
  return match ? { character: characterOf(match), width: match[0].length } : undefined;
}

/** The text with all references decoded. */
export function decodeReferences(text: string): string {
  return text.includes("&") ? text.replace(EVERY, (...match: string[]) => characterOf(match)) : text;
}

function characterOf([reference, name, decimal, hexadecimal]: readonly string[]): string {
  if (name !== undefined) return NAMED[name];
  const code = decimal !== undefined ? parseInt(decimal, 10) : parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}
