import { markup, Markup, MarkupValue } from "./markup";

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** What a row has here. */
  readonly cell: (row: Row, index: number) => MarkupValue;
  /** `narrow` is as wide as its text, and `number` is one at the right. */
  readonly style?: "narrow" | "number";
}

/**
 * A table. Its first column names the row, and a column in which no row has anything is left out. On a narrow screen, each row is a block.
 * The roles say again what the elements are, because a browser forgets it for elements that are shown as blocks.
 */
export function table<Row>(
  label: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  idOf?: (row: Row, index: number) => string,
): Markup {
  const filled = columns
    .map(({ title, cell, style }) => ({
      title,
      look: style === undefined ? undefined : markup` class="${style}"`,
      cells: rows.map((row, index) => markup`${cell(row, index)}`),
    }))
    .filter(({ cells }) => cells.some(({ text }) => text !== ""));
  const [head, ...others] = filled;
  const heads = filled.map(({ title, look }) => markup`<th scope="col" role="columnheader"${look}>${title}</th>`);
  const body = rows.map((row, index) => {
    const id = idOf === undefined ? undefined : markup` id="${idOf(row, index)}"`;
    const cells = others.map(
      ({ title, look, cells }) => markup`<td role="cell" data-label="${title}"${look}>${cells[index]}</td>`,
    );
    return markup`<tr role="row"${id}><th scope="row" role="rowheader"${head.look}>${head.cells[index]}</th>${cells}</tr>
`;
  });
  return markup`<table class="blocks" role="table" aria-label="${label}">
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${body}</tbody>
</table>`;
}
