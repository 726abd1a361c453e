/** Attributes whose values are already escaped; those without a value are left out. */
export type Attributes = Record<string, string | undefined>;

/**
 * An element on lines of its own, self-closed if it is empty. Children are indented by two spaces.
 *
 * @see docs/design/decisions.md#written-as-azure-writes
 */
export function node(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${writeAttributes(attributes)}`;
  if (children.length === 0) return `${start} />`;
  return [`${start}>`, ...children.map(indent), `</${name}>`].join("\n");
}

/** An element on one line that holds text, which is already escaped. */
export function leaf(name: string, text: string): string {
  return `<${name}>${text}</${name}>`;
}

/** An element that holds one leaf for each text; nothing if there are no texts. */
export function leaves(
  name: string,
  leafName: string,
  texts: readonly string[] = [],
  attributes: Attributes = {},
): string[] {
  const children = texts.map((text) => leaf(leafName, text));
  return children.length === 0 ? [] : [node(name, attributes, children)];
}

/** Which characters to escape, and how. */
export type Entities = readonly (readonly [character: string, entity: string])[];

/** For text between tags. The ampersand comes first, since the other entities contain one. */
export const TEXT_ENTITIES: Entities = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
];

/** For attributes in double quotes. */
export const ATTRIBUTE_ENTITIES: Entities = [...TEXT_ENTITIES, ['"', "&quot;"]];

/** The escaped text. Terraform references contain none of these characters. */
export function escapeXml(text: string, entities: Entities): string {
  return entities.reduce((escaped, [character, entity]) => escaped.split(character).join(entity), text);
}

/** The value of an attribute, escaped. */
export function escapeAttribute(text: string): string {
  return escapeXml(text, ATTRIBUTE_ENTITIES);
}

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}

function indent(xml: string): string {
  return xml
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
