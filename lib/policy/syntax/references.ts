const NAMED: Record<string, string> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };
const REFERENCE = /&(?:quot|apos|lt|gt|amp|#\d{1,7}|#[xX][\da-fA-F]{1,6});/;
const HERE = new RegExp(REFERENCE.source, "y");
const EVERY = new RegExp(REFERENCE.source, "g");

/** A `&` that does not begin an XML reference. */
export const BARE_AMPERSAND = new RegExp(`(?!${REFERENCE.source})&`);

/** The character of a reference such as `&quot;`, and the length of the reference. */
export function decodeReference(text: string, offset: number): { character: string; width: number } | undefined {
  HERE.lastIndex = offset;
  if (!HERE.test(text)) return undefined;
  const reference = text.slice(offset, HERE.lastIndex);
  return { character: characterOf(reference), width: reference.length };
}

/** The text with all references decoded. */
export function decodeReferences(text: string): string {
  return text.includes("&") && text.includes(";") ? text.replace(EVERY, characterOf) : text;
}

function characterOf(reference: string): string {
  const name = reference.slice(1, -1);
  if (!name.startsWith("#")) return NAMED[name];
  // With 0x at its beginning, it is read as hexadecimal.
  const code = Number(`0${name.slice(1)}`);
  return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
}
