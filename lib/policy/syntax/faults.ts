/** What no reader of XML accepts: outside of expressions, or, for a character, anywhere. */
export type Fault = "reference" | "comment" | "declaration" | "character";

/** What each fault is, in a sentence, and what to do about it. */
export const FAULTS: Record<Fault, readonly [text: string, remedy: string]> = {
  reference: [
    "This & begins no reference that XML knows.",
    "write &amp;, or a character by its number, such as &#160;",
  ],
  comment: ["This comment contains two hyphens in a row.", "write one hyphen, or another character"],
  declaration: ["This XML declaration is not at the beginning of the document.", "remove it, or what precedes it"],
  character: ["This character cannot be in XML.", "remove it"],
};
