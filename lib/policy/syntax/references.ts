const NAMED: Record<string, string> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };
const REFERENCE = /&(?:(quot|apos|lt|gt|amp)|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/;
const HERE = new RegExp(REFERENCE.source, "y");
const EVERY = new RegExp(REFERENCE.source, "g");

/** A `&` that begins no reference of XML. */
export const BARE_AMPERSAND = new RegExp(`(?!${REFERENCE.source})&`);

/** The character that a reference such as `&quot;` stands for, and how long the reference is. */
export function decodeReference(text: string, offset: number): { character: string; width: number } | undefined {
  HERE.lastIndex = offset;
  const match = HERE.exec(text);
  return match ? { character: characterOf(match), width: match[0].length } : undefined;
}

/** The text with every reference replaced by its character. */
export function decodeReferences(text: string): string {
  return text.includes("&") ? text.replace(EVERY, (...match: string[]) => characterOf(match)) : text;
}

function characterOf([reference, name, decimal, hexadecimal]: readonly string[]): string {
  if (name !== undefined) return NAMED[name];
  const code = decimal !== undefined ? parseInt(decimal, 10) : parseInt(hexadecimal, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}
