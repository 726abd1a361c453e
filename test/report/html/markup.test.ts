import { css, markup, visible } from "../../../lib/report/html/markup";

test.each([
  ["an element", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
  ["the end of an attribute", `" onload="x' y`, "&quot; onload=&quot;x&#39; y"],
  ["an entity", "&lt;", "&amp;lt;"],
  ["the end of a comment or of a style", "--></style>", "--&gt;&lt;/style&gt;"],
  ["a turn of the direction of text", "exe.\u202egpj", "exe.\\u202egpj"],
  ["what is invisible", "or\u200bders\u0000", "or\\u200bders\\u0000"],
  ["half of a character", "\ud83d", "\\ud83d"],
  ["a character of its own", "Größe 😀 注文", "Größe 😀 注文"],
  ["lines and tabs", "one\n\ttwo", "one\n\ttwo"],
])("text with %s shows as text", (_, text, shown) => {
  expect(markup`<p title="${text}">${text}</p>`.text).toBe(`<p title="${shown}">${shown}</p>`);
});

test("markup in markup is not escaped again, lists are written in their order, and nothing writes nothing", () => {
  const items = ["a", "<b>"].map((text) => markup`<li>${text}</li>`);
  expect(markup`<ul>${items}${undefined}${[]}</ul>${7}`.text).toBe("<ul><li>a</li><li>&lt;b&gt;</li></ul>7");
});

test("what only looks like markup is text", () => {
  const forged = { text: "<b>" } as unknown as string;
  expect(markup`${forged}`.text).not.toContain("<b>");
});

test("a style sheet is written as it is", () => {
  expect(
    css`
      a > b {
        content: "x";
      }
    `.text.replace(/\s+/g, " "),
  ).toBe(' a > b { content: "x"; } ');
});

test("a long text takes time that grows with its length", () => {
  expect(visible("\u202e".repeat(200_000))).toHaveLength(1_200_000);
});
