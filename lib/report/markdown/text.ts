/** A longer text is neither a name nor a sentence. The JSON has all of it. */
const MAXIMUM_LENGTH = 600;

const CONTROLS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

/** A text of one line, which is nothing but itself in GitHub's Markdown, also in a table: no markup, no link, no mention. */
export function text(written: string): string {
  return short(written)
    .replace(/[\\`*[\]<>|~#$]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^([-+]|\d+[.)]) /, "\\$&")
    .replace(/@(?=[\p{L}\p{N}])/gu, "@<!-- -->")
    .replace(/:\/\//g, ":<!-- -->//")
    .replace(/\bwww\./gi, "www<!-- -->.");
}

/** A text as code in a table. */
export function code(written: string): string {
  return codeInLine(written).replace(/\|/g, "\\|");
}

/** A text as code outside of tables. */
export function codeInLine(written: string): string {
  const line = short(written);
  if (line === "") return "";
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A table. Its cells are Markdown. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)];
}

function short(written: string): string {
  const line = written.replace(CONTROLS, " ").trim();
  const characters = [...line];
  return characters.length > MAXIMUM_LENGTH ? `${characters.slice(0, MAXIMUM_LENGTH).join("")}…` : line;
}
