/** Attributes whose values are already written for XML; those without a value are left out. */
export type Attributes = Record<string, string | undefined>;

/** An element on lines of its own, self-closed where it holds nothing. Children are indented by two spaces. */
export function node(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${writeAttributes(attributes)}`;
  if (children.length === 0) return `${start} />`;
  return [`${start}>`, ...children.map(indent), `</${name}>`].join("\n");
}

/** An element on one line that holds text, already written for XML. */
export function leaf(name: string, text: string): string {
  return `<${name}>${text}</${name}>`;
}

/** An element that holds one leaf for each text; nothing for no texts. */
export function leaves(
  name: string,
  leafName: string,
  texts: readonly string[] | undefined,
  attributes: Attributes = {},
): string[] {
  if (texts === undefined || texts.length === 0) return [];
  return [
    node(
      name,
      attributes,
      texts.map((text) => leaf(leafName, text)),
    ),
  ];
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

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands in an attribute in double quotes. References of Terraform hold none of these characters. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
}

/** A self-closed element with its attributes in the given order; those without a value are left out. */
export function element(name: string, attributes: Record<string, string | undefined>): string {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${escapeAttribute(value)}"`);
  return `<${name}${written.join("")} />`;
}
