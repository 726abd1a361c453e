/** A part of a string in Terraform's configuration: text, or an expression. */
export interface TemplatePart {
  readonly text: string;
  readonly isExpression: boolean;
}

/** The parts of a string. Text is unescaped, and an expression is without its `${` and `}`. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = "";
  let at = 0;
  while (at < template.length) {
    const sign = template[at];
    const isSign = sign === "$" || sign === "%";
    if (isSign && template.startsWith(`${sign}{`, at + 1)) {
      text += `${sign}{`;
      at += 3;
    } else if (isSign && template[at + 1] === "{") {
      const end = endOf(template, at + 2, "{");
      if (text !== "") parts.push({ text, isExpression: false });
      text = "";
      parts.push({ text: template.slice(at + 2, end).trim(), isExpression: true });
      at = end + 1;
    } else {
      text += sign;
      at++;
    }
  }
  if (text !== "") parts.push({ text, isExpression: false });
  return parts;
}

/** The only expression of a string that is nothing else. */
export function onlyExpression(template: string): string | undefined {
  if (!template.startsWith("${")) return undefined;
  const [first, second] = templateParts(template);
  return second === undefined && first?.isExpression ? first.text : undefined;
}

/** The template in a quoted string, if the expression is nothing else: the library writes long policies so. */
export function quotedTemplate(expression: string): string | undefined {
  if (!expression.startsWith('"') || endOf(expression, 1, '"') !== expression.length - 1) return undefined;
  const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
  return expression
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, character: string) =>
      code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
    );
}

/** The offset of the sign that closes a string or an expression, which can contain each other, or the end of a text that is broken. */
function endOf(text: string, start: number, opened: '"' | "{"): number {
  const open: string[] = [opened];
  for (let at = start; at < text.length; at++) {
    const sign = text[at];
    if (open[open.length - 1] === '"') {
      if (sign === "\\") at++;
      else if (sign === '"') open.pop();
      else if ((sign === "$" || sign === "%") && text[at + 1] === "{" && text[at - 1] !== sign) open.push(text[++at]);
    } else if (sign === '"' || sign === "{") open.push(sign);
    else if (sign === "}") open.pop();
    if (open.length === 0) return at;
  }
  return text.length;
}
