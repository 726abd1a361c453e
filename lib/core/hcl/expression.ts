import { escapeTemplates, quotedContent } from "../terraform-template";

/** Writes a text as an expression. */
type Text = (text: string) => string;

/** A value of Terraform's JSON syntax as an expression of HCL that has the same value. */
export function hclExpression(value: unknown): string {
  return expressionOf(value, ofText);
}

/**
 * A value that JSON gives as it is, such as the default of a variable. HCL reads templates there, and allows no function, which a text of
 * several lines needs elsewhere.
 */
export function hclConstant(value: unknown): string {
  return expressionOf(value, (text) => quoted(escapeTemplates(text)));
}

function expressionOf(value: unknown, ofString: Text): string {
  if (typeof value === "string") return ofString(value);
  if (Array.isArray(value)) return listOf(value.map((each) => expressionOf(each, ofString)));
  if (typeof value === "object" && value !== null) return ofObject(value, ofString);
  return String(value);
}

/** An address, such as an element of `depends_on`, without quotes and `${}`. */
export function bareReference(text: string): string {
  return text.replace(/^\$\{([^]*)\}$/, "$1");
}

export function listOf(expressions: readonly string[]): string {
  return expressions.length === 0 ? "[]" : `[\n${expressions.join(",\n")}\n]`;
}

/** The content of a string between quotes: templates stay, and what stands around them is escaped. */
export function templateContent(text: string): string {
  return partsOf(text)
    .map((part) => (isTemplate(part) ? part : quotedContent(part)))
    .join("");
}

function quoted(text: string): string {
  return `"${templateContent(text)}"`;
}

function ofObject(value: object, ofString: Text): string {
  const entries = Object.entries(value).map(([key, each]) => `${quoted(key)} = ${expressionOf(each, ofString)}`);
  return entries.length === 0 ? "{}" : `{\n${entries.join("\n")}\n}`;
}

function ofText(text: string): string {
  const parts = partsOf(text);
  const [only] = parts;
  // A text that is nothing but one expression has the value of it.
  if (parts.length === 1 && /^\$\{[^~]/.test(only) && !only.endsWith("~}")) {
    const expression = only.slice(2, -1).trim();
    // A heredoc and a comment end with their line.
    return expression.includes("\n") ? `(${expression}\n)` : expression;
  }
  return text.includes("\n") && !text.includes("\r") ? heredoc(text) : quoted(text);
}

/** Templates in a heredoc are those of a string. Nothing else is escaped there, and its last line always has an end. */
function heredoc(text: string): string {
  const lines = new Set(text.split("\n").map((line) => line.trim()));
  let mark = "EOF";
  while (lines.has(mark)) mark += "_";
  return text.endsWith("\n") ? `(<<${mark}\n${text}${mark}\n)` : `chomp(<<${mark}\n${text}\n${mark}\n)`;
}

/** Whether a part of a text is a template. */
export function isTemplate(part: string): boolean {
  return /^[$%]\{/.test(part);
}

/** A text in parts: templates (`${...}`, `%{...}`), and what stands around them. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let begin = 0;
  let at = 0;
  while (at < text.length) {
    if (/^(?:\$\$|%%)\{/.test(text.slice(at, at + 3))) at += 3;
    else if (isTemplate(text.slice(at, at + 2))) {
      const end = endOfTemplate(text, at + 2);
      parts.push(text.slice(begin, at), text.slice(at, end));
      begin = at = end;
    } else at++;
  }
  parts.push(text.slice(begin));
  return parts.filter((part) => part !== "");
}

/** The index after a template, whose content begins at an index. Strings in it can have templates as well. */
function endOfTemplate(text: string, begin: number): number {
  const open = ["{"];
  for (let at = begin; at < text.length; at++) {
    const character = text[at];
    const isInString = open[open.length - 1] === '"';
    if (character === "\\" && isInString) at++;
    else if (character === '"') {
      if (isInString) open.pop();
      else open.push('"');
    } else if (/^(?:\$\$|%%)\{/.test(text.slice(at, at + 3)) && isInString) at += 2;
    else if (character === "{" && (!isInString || /[$%]/.test(text[at - 1]))) open.push("{");
    else if (character === "}" && !isInString) {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  return text.length;
}
