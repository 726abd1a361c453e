import { counted } from "../names";
import { Change, ReportDiff } from "../diff/report-diff";
import { table, text } from "./text";

/** The differences of two reports as a document in GitHub's Markdown: what opened comes first. */
export function diffMarkdown({ base, head, opened, closed, changed }: ReportDiff): string {
  const titles = base === head ? text(head) : `${text(base)} → ${text(head)}`;
  const sections: readonly (readonly string[])[] = [
    [`# Trust report, compared: ${titles}`],
    [verdict(opened, closed, changed)],
    ...section("Opened", opened),
    ...section("Closed", closed),
    ...section("Changed", changed),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function verdict(opened: readonly Change[], closed: readonly Change[], changed: readonly Change[]): string {
  const all = opened.length + closed.length + changed.length;
  if (all === 0) return "Nothing changed.";
  const others = `${closed.length} closed, ${changed.length} changed otherwise.`;
  return opened.length === 0 ? `Nothing opened. ${others}` : `**${counted(opened.length, "thing")} opened.** ${others}`;
}

function section(title: string, changes: readonly Change[]): string[][] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ section: of, about, before, after }) => [
    of,
    text(about),
    before === undefined ? "(new)" : text(before),
    after === undefined ? "(gone)" : text(after),
  ]);
  return [[`## ${title}`], table(["Part", "About", "Before", "After"], rows)];
}
