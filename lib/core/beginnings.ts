/** What stands before each separator of a text, the shortest first. */
export function beginningsOf(text: string, separator: string): string[] {
  const parts = text.split(separator);
  let length = -separator.length;
  return parts.slice(0, -1).map((part) => text.slice(0, (length += separator.length + part.length)));
}
