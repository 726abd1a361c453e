import { PolicyDocument } from "../../../lib/policy/policy-document";
import { scan, tryScan } from "../../../lib/policy/syntax/scanner";
import { refusal } from "../../helpers/refusal";
import { workOf } from "../../helpers/work";

describe("the work grows with the length of the document, whatever is in it", () => {
  const SMALL = 16 * 1024;
  const LARGE = 16 * SMALL;
  const filled = (text: string, length: number): string =>
    text.repeat(Math.ceil(length / text.length)).slice(0, length);

  /** The work for each character. */
  const rate = (document: string): number => workOf(() => tryScan(document, "orders.xml")) / document.length;

  test.each([
    ...[
      "<a>",
      '<a b="',
      '<a b="@(',
      "<a>@{<b>",
      "<a>&#",
      '@("a")<b/>',
      "</a>",
      "<!--",
      "&",
      '"',
      "$",
      " ",
      "\n",
      "@(",
      "(",
    ],
    ...[
      "&nbsp;",
      "<!-- - -->",
      "<?xml ?>",
      "&#1;",
      '$"{a:',
      "//",
      "/*",
      "'",
      '@"',
      "a=",
      "{",
      ")",
      "<a/>",
      "<![CDATA[",
    ],
  ])("%j", (text) => {
    for (const start of ["", "<a>", '<a b="@(', "<a>@{"]) {
      const [few, many] = [SMALL, LARGE].map((length) => rate(start + filled(text, length)));
      expect(many).toBeLessThan(few * 1.1 + 1);
      expect(many).toBeLessThan(100);
    }
  });

  test.each([
    ["an attribute", '<a b="@(x["a)" />\n'],
    ["a text", '<a>@(x < ["a)</a>\n'],
    ["a block", "<a>@{ < x(' }</a>\n"],
    ["a text before a named value", '<a>@{ < z" }{{nv}}</a>\n'],
    ["an attribute that mixes both ways of writing", '<a b="@(x["a &quot;)" />\n'],
  ])("code that is broken in itself, in %s", (_, broken) => {
    const document = (length: number): string => `<r>\n${broken.repeat(Math.ceil(length / broken.length))}</r>`;
    const { doubts } = scan(document(LARGE));
    const count = Math.ceil(LARGE / broken.length);
    expect([doubts.length, doubts.at(-1)?.line]).toEqual([count, count + 1]);
    expect(rate(document(LARGE))).toBeLessThan(rate(document(SMALL)) * 1.1);
  });

  test("a real one", () => {
    const policy = '\n    <set-variable name="v" value="@(x["y"] < 3 ? $"{y}" : "z")" />\n    <trace>@(a && b)</trace>';
    const text = `<policies><inbound>${policy.repeat(LARGE / policy.length)}</inbound></policies>`;
    expect(rate(text)).toBeLessThan(10);
  });

  test("one larger than API Management accepts is not read at all", () => {
    const document = `<policies>${" ".repeat(4 * 1024 * 1024)}</policies>`;
    expect(workOf(() => expect(() => PolicyDocument.fromXml(document)).toThrow())).toBeLessThan(100_000);
    expect(() => PolicyDocument.fromXml(document)).toThrow(refusal("policy-too-large", "4096.1 KiB", "256.0 KiB"));
  });
});
