import { decodeReference } from "./references";

/** What no reader of XML accepts: outside of expressions, or, for a character, anywhere. */
export type Fault = "reference" | "comment" | "declaration" | "section-end" | "character";

/** A fault, and its offset in the text. */
export interface FaultAt {
  readonly fault: Fault;
  readonly offset: number;
}

/** What each fault is, in a sentence, and what to do about it. */
export const FAULTS: Record<Fault, readonly [text: string, remedy: string]> = {
  reference: [
    "This & begins no reference that XML knows.",
    "write &amp;, or a character by its number, such as &#160;",
  ],
  comment: ["This comment contains two hyphens in a row.", "write one hyphen, or another character"],
  declaration: ["This XML declaration is not at the beginning of the document.", "remove it, or what precedes it"],
  "section-end": ["This ]]> ends no CDATA section.", "write ]]&gt;"],
  character: ["This character cannot be in XML.", "remove it"],
};

/** What can begin a character that XML cannot contain: control characters, halves of characters, what is no character, and numbers of any. */
const CANDIDATES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]|&(?=#)/g;

/** The offsets of the characters that XML cannot contain, neither as they are nor as references. */
export function unwritable(text: string): number[] {
  const found: number[] = [];
  CANDIDATES.lastIndex = 0;
  while (CANDIDATES.test(text)) {
    const offset = CANDIDATES.lastIndex - 1;
    const code =
      text[offset] === "&" ? decodeReference(text, offset)?.character.codePointAt(0) : text.codePointAt(offset);
    if (code === undefined) continue;
    if (isUnwritable(code)) found.push(offset);
    else if (code > LAST_OF_ONE_UNIT && text[offset] !== "&") CANDIDATES.lastIndex++;
  }
  return found;
}

const LAST_OF_ONE_UNIT = 0xffff;

function isUnwritable(code: number): boolean {
  if (code < 0x20) return code !== 0x9 && code !== 0xa && code !== 0xd;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}
