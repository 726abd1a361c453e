import { oneLine } from "./quoting";

/** A text of one line that is nothing but itself in Markdown, also in a table: no markup, no link, no mention. */
export function text(written: string): string {
  return oneLine(written)
    .replace(/[\\`*_[\]<>|~#$]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/@(?=[\p{L}\p{N}])/gu, "@<!-- -->")
    .replace(/:\/\//g, ":<!-- -->//");
}

/** The same as a sentence. */
export function sentence(written: string): string {
  return `${text(written.trim())}${/[.!?]$/.test(written.trim()) ? "" : "."}`;
}

/** A text as code in a table. */
export function code(written: string): string {
  return codeInLine(written).replace(/\|/g, "\\|");
}

/** A text as code outside of tables. */
export function codeInLine(written: string): string {
  const line = oneLine(written);
  const fence = "`".repeat(longestRun(line) + 1);
  const space = /^`|`$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** Several texts as a list in a sentence. */
export function listOf(all: readonly string[]): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}`;
}

/** Several lines of code. */
export function block(language: string, written: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(written) + 1));
  return `${fence}${language}\n${written}\n${fence}`;
}

/** A table. Its cells are Markdown. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}

function longestRun(written: string): number {
  return Math.max(0, ...(written.match(/`+/g) ?? []).map(({ length }) => length));
}
