import { decodeReferences } from "./references";

/** What no reader of XML accepts: outside of expressions, or, for a character, anywhere. */
export type Fault = "reference" | "comment" | "declaration" | "section-end" | "character";

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

/** What XML cannot contain, neither as a character nor as a reference: control characters, and half a character, for example. */
const UNWRITABLE =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const CHARACTERS = new RegExp(`${UNWRITABLE.source}|&#[xX]?[0-9a-fA-F]+;`, "g");

/** The characters of a text that XML cannot contain, with their offsets. */
export function unwritable(text: string): [Fault, number][] {
  return Array.from(text.matchAll(CHARACTERS))
    .filter(([written]) => UNWRITABLE.test(decodeReferences(written)))
    .map(({ index }) => ["character", index]);
}
