/** The white space before an offset that nothing else stands before on its line; `undefined` where something does. */
export function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  const beginsLine = start === 0 || newlineBefore(text, start) > 0 || (start === 1 && text[0] === "\uFEFF");
  return beginsLine ? text.slice(start, offset) : undefined;
}

/** How many characters the newline before an offset has; 0 where there is none. */
export function newlineBefore(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return text[offset - 2] === "\r" ? 2 : 1;
  return text[offset - 1] === "\r" ? 1 : 0;
}
