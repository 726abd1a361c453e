import { SaxesParser } from "saxes";
import { PolicyStatement } from "../../../lib/policy/policy-statement";

/** What a strict parser finds in a statement. */
export interface Found {
  readonly elements: string[];
  /** Decoded values of attributes, as `element@attribute` and value. */
  readonly attributes: [where: string, value: string][];
  /** Decoded texts that are more than indentation, with the element they stand in. */
  readonly texts: [where: string, value: string][];
}

/** Reads XML strictly: throws where it is not well-formed. */
export function read(xml: string): Found {
  const found: Found = { elements: [], attributes: [], texts: [] };
  const open: string[] = [];
  const parser = new SaxesParser({ fragment: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    open.push(tag.name);
    found.elements.push(tag.name);
    for (const [name, value] of Object.entries(tag.attributes))
      found.attributes.push([`${tag.name}@${name}`, String(value)]);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (text) => {
    if (!/^\n? *$/.test(text)) found.texts.push([open[open.length - 1], text]);
  });
  parser.write(xml).close();
  return found;
}

export function xmlOf(statement: PolicyStatement): string {
  return statement._config.xml;
}

export function valueOf(xml: string, where: string): string | undefined {
  const found = read(xml);
  return [...found.texts, ...found.attributes].find(([place]) => place === where)?.[1];
}
