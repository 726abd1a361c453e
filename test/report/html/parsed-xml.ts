import { SaxesParser } from "saxes";

/** An element as it begins. */
export interface ParsedElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a text in their order, and its text. Throws if it is not well-formed. */
export function parsedXml(xml: string): { elements: ParsedElement[]; text: string } {
  const elements: ParsedElement[] = [];
  let text = "";
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) =>
    elements.push({ name, attributes: attributes as Record<string, string> }),
  );
  parser.on("text", (part) => (text += part));
  parser.write(xml).close();
  return { elements, text };
}
