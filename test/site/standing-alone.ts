import { picturesOf } from "../../lib/report/graph/pictures";
import { drawingsOf } from "../../lib/report/graph/svg";
import { STYLE } from "../../lib/report/html/style";
import { TrustReport } from "../../lib/report/trust-report";

/** The column of text of a document, in pixels. */
const COLUMN = { width: 688, height: 1440 };

/** The picture of the report as a file: with its own style for light and dark, its own background, and no numbers of a table. */
export async function pictureFile(report: TrustReport): Promise<string> {
  const [picture, ...more] = picturesOf(report);
  if (more.length > 0) throw new Error("More than one picture: take a smaller example.");
  const arrows = picture.arrows.map((arrow) => ({
    ...arrow,
    title: arrow.title.replace(/^Call \d+: /, ""),
    lines: arrow.lines.map((line, index) => (index === 0 ? line.replace(/^\d+ +/, "") : line)),
  }));
  const [{ svg }] = await drawingsOf([{ ...picture, arrows }], COLUMN);
  const [x, y, width, height] = /viewBox="([^"]+)"/.exec(svg.text)![1].split(" ");
  const background = `<rect class="background" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/>`;
  return svg.text
    .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace(/<desc .*?<\/desc>/, `<style>\n${style()}\n</style>${background}`)
    .replace(/ aria-labelledby="[^"]*"/, "")
    .replaceAll("><", ">\n<")
    .concat("\n");
}

/** The rules of the report's style sheet that are about pictures. */
function style(): string {
  const { text } = STYLE;
  const dark = /^ {2}@media screen and \(prefers-color-scheme: dark\) \{\n[\s\S]*?\n {2}\}/m.exec(text)![0];
  const rules = (text.match(/^ {2}[.:][^{}]+\{[^{}]*\}/gm) ?? []).filter((rule) =>
    /^ {2}(?::root|\.picture |\.line|\.by-)/.test(rule),
  );
  const own = [
    "  .background {\n    fill: var(--paper);\n  }",
    '  text {\n    font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;\n  }',
  ];
  const [root, ...others] = rules;
  return [root, dark, ...own, ...others].join("\n");
}
