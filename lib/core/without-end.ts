/** The text without the characters of one kind at its end. An expression such as `/-+$/` would look at each run of them again and again. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (text[end - 1] === character) end--;
  return text.slice(0, end);
}
