/** A text as one word of a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** A text in a string of OData, in which an apostrophe is written twice. */
export function odataString(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}

/** A text in one line, without what is invisible or turns the direction of text. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ");
}
