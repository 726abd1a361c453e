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
      parts.push({ text: withoutMarkers(template.slice(at + 2, end)), isExpression: true });
      at = end + 1;
    } else {
      text += sign;
      at++;
    }
  }
  if (text !== "") parts.push({ text, isExpression: false });
  return parts;
}

/** References can repeat a text again and again. What is longer than any policy is not put together. */
const LONGEST_ADDED = 500_000;

/** A string in which what its expressions stand for is written. */
export interface FilledIn {
  readonly text: string;
  /** Whether every expression is known. */
  readonly isKnown: boolean;
}

/** Writes what expressions stand for, and a mark for those that are not known. */
export function filledIn(
  template: string,
  meant: (expression: string) => string | undefined,
  unknown = (expression: string): string => `\${${expression}}`,
): FilledIn {
  let [text, isKnown] = ["", true];
  for (const part of templateParts(template)) {
    const found = part.isExpression ? meant(part.text) : part.text;
    const isShort = text.length + (found?.length ?? 0) <= template.length + LONGEST_ADDED;
    text += found !== undefined && isShort ? found : unknown(part.text);
    isKnown &&= found !== undefined && isShort;
  }
  return { text, isKnown };
}

/** An expression without what removes the space around it. */
function withoutMarkers(expression: string): string {
  return expression.replace(/^~/, "").replace(/~$/, "").trim();
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

/** The two expressions that a condition chooses from, or the expression itself if it is none. */
export function branchesOf(expression: string): string[] {
  const inner = withoutParentheses(expression);
  const marks = outerMarks(inner);
  const question = marks.findIndex(({ sign }) => sign === "?");
  let open = 0;
  for (const { sign, at } of question === -1 ? [] : marks.slice(question + 1)) {
    if (sign === "?") open++;
    else if (sign === ":" && open-- === 0)
      return [inner.slice(marks[question].at + 1, at), inner.slice(at + 1)].map((branch) => branch.trim());
  }
  return [expression];
}

/** More choices are taken as one that is not known. */
export const MOST_CHOICES = 32;

/** Longer texts are no IDs. */
const LONGEST = 10_000;

/** All that conditions in each other choose from, or the expression itself if it is none. */
export function choicesOf(expression: string): string[] {
  if (expression.length > LONGEST) return [expression];
  const [chosen, open] = [new Set<string>(), new Set([expression])];
  for (const each of open) {
    const branches = branchesOf(each);
    for (const branch of branches) (branches.length > 1 ? open : chosen).add(branch);
    if (open.size > 2 * MOST_CHOICES) return [expression];
  }
  return [...chosen];
}

/** More parentheses around an expression than people write are kept. */
const MAXIMUM_PARENTHESES = 4;

export function withoutParentheses(expression: string): string {
  let inner = expression;
  for (let level = 0; level < MAXIMUM_PARENTHESES && inner.startsWith("(") && inner.endsWith(")"); level++) {
    if (outerMarks(inner).length > 1) return inner;
    inner = inner.slice(1, -1).trim();
  }
  return inner;
}

/** Where a condition or parentheses begin, outside of strings and of other parentheses. */
function outerMarks(expression: string): { readonly sign: string; readonly at: number }[] {
  const found: { sign: string; at: number }[] = [];
  let depth = 0;
  for (let at = 0; at < expression.length; at++) {
    const sign = expression[at];
    if (depth === 0 && "?:([{".includes(sign)) found.push({ sign, at });
    if (sign === '"') at = endOf(expression, at + 1, '"');
    else if ("([{".includes(sign)) depth++;
    else if (")]}".includes(sign)) depth--;
  }
  return found;
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
