import { PolicyDocument } from "../../../lib/policy/policy-document";
import { scan } from "../../../lib/policy/syntax/scanner";
import { allElements, attributeOf } from "../../../lib/policy/syntax/source-tree";

function messageOf(text: string): string {
  try {
    scan(text, "orders.xml");
  } catch (error) {
    return (error as Error).message;
  }
  return "it was read";
}

const names = (text: string): string[] => allElements(scan(text).roots).map(({ name }) => name);
const valueOf = (text: string): string | undefined => attributeOf(scan(text).roots[0], "b");

describe("the scanner knows where things are", () => {
  test("by line and column, whatever ends a line", () => {
    const tree = scan("\uFEFF<a>\r\n  <b/>\r\t<c/>\n<d x='1'/></a>");
    const found = allElements(tree.roots).map(({ name, start }) => [name, tree.position(start)]);
    expect(found).toEqual([
      ["a", { line: 1, column: 1 }],
      ["b", { line: 2, column: 3 }],
      ["c", { line: 3, column: 2 }],
      ["d", { line: 4, column: 1 }],
    ]);
  });

  test("by the offsets of tags and attributes", () => {
    const text = '<a  b = "1" ><c/>text</a >';
    const [element] = scan(text).roots;
    expect(text.slice(element.attributes[0].start, element.attributes[0].end)).toBe('b = "1"');
    expect(text.slice(element.startTagEnd, element.endTagStart)).toBe("<c/>text");
    expect(text.slice(element.start, element.end)).toBe(text);
  });
});

describe("the scanner takes for an element", () => {
  test("nothing in comments, CDATA sections and processing instructions", () => {
    expect(names("<?x <a/> ?><!-- <b/> --><c><![CDATA[<d/>]]><!--<e>--></c>")).toEqual(["c"]);
  });

  test("nothing in raw expressions, in attributes of either quote and in texts", () => {
    expect(names(`<a b="@("<x/>")" c='@("<y/>" + '"')'><d> @{ return "</a>"; } </d></a>`)).toEqual(["a", "d"]);
  });

  test("what stands in an expression of a document that is XML", () => {
    expect(names('<a b="@(&quot;(&quot;)">@{ <c/> }</a>')).toEqual(["a", "c"]);
  });

  test("nothing in an expression after other text, which API Management takes for text", () => {
    expect(names("<a>Bearer @(x)<b/></a>")).toEqual(["a", "b"]);
  });
});

describe("an attribute has the value", () => {
  test("of its characters, with references decoded", () => {
    expect(valueOf('<a b="&lt;&#x41;&#66;&quot;&amp;lt;"/>')).toBe('<AB"&lt;');
  });

  test("that stands there, where it is a raw expression", () => {
    expect(valueOf('<a b="@(x["&amp;"])"/>')).toBe('@(x["&amp;"])');
  });

  test("of its characters also where another expression of the document is raw", () => {
    expect(valueOf('<a b="@(&quot;)&quot;)" c="@(x["y"])"/>')).toBe('@(")")');
  });

  test("to its end where an expression mixes both ways of writing", () => {
    expect(valueOf('<a b="@(x["y"] == &quot;)&quot;)"/>')).toBe('@(x["y"] == &quot;)&quot;)');
  });
});

describe("a document that cannot be read is refused at the place, with what to write", () => {
  const NAME = "A name is missing here. Write &lt; for a < that begins no element.";
  const closed = (what: string): string =>
    `A ${what} within a policy expression begins here and has no end before that of the expression. Close it.`;

  test.each([
    ["<a>\n <b>\n</a>", "3:1", "</a> stands where </b> is due, which closes the <b> at 2:2. Write </b>."],
    ["<a>", "1:1", "The element <a> is never closed. Write </a> where it ends, or <a /> if it is empty."],
    ["</a>", "1:1", "</a> closes nothing. Remove it, or write <a> where the element begins."],
    ["<a", "1:1", "The tag <a> is never closed. Write > at its end."],
    ["<a></a", "1:4", "The tag </a> is never closed. Write > at its end."],
    ["< a>", "1:2", NAME],
    ["<a><1/></a>", "1:5", NAME],
    ["<a b>", "1:4", 'The attribute b has no value in quotes. Write b="...".'],
    ["<a b=1>", "1:4", 'The attribute b has no value in quotes. Write b="...".'],
    ['<a b="1" b="2"/>', "1:10", "The element <a> has the attribute b twice. Remove one of them."],
    ['<a b="1', "1:6", "The value of the attribute b is never closed. Write the quote at its end."],
    ["<!DOCTYPE a><a/>", "1:1", "API Management accepts no <!DOCTYPE ...> or other declaration. Remove it."],
    ["<a><!--</a>", "1:4", "The comment that begins here is never closed. Close it."],
    ["<a><![CDATA[</a>", "1:4", "The CDATA section that begins here is never closed. Close it."],
    ["<?xml <a/>", "1:1", "The processing instruction that begins here is never closed. Close it."],
    ["<a/> b", "1:6", "There is text outside of any element. Write policies within <policies>...</policies>."],
    ['<a b="@(x[)"]"/>', "1:10", closed("bracket")],
    ['<a b="@("x"/>\n', "1:8", closed("bracket")],
    ["<a>@{ < /* </a>", "1:9", closed("comment")],
    ["<a>@('\n<</a>", "1:6", closed("character")],
    [
      '<a b="1"c="2"/>',
      "1:9",
      "There is a c in the tag <a> where a space or its end is due. Write a space between two attributes, and a quote " +
        "within an attribute as &quot;, unless it is part of an expression that fills the attribute.",
    ],
    [
      '<a b="1 < 2"/>',
      "1:9",
      "There is a < in the value of the attribute b. Write &lt; instead, or close the value before it; only an expression, " +
        "@(...) or @{...}, that fills the whole attribute may hold it as it is.",
    ],
    [
      '<a b="@("x") y"/>',
      "1:13",
      "The expression in the attribute b ends here, and the attribute goes on. " +
        'Write one expression for the whole value: @(... + "text").',
    ],
  ])("%j", (text, place, problem) => {
    expect(messageOf(text)).toBe(`[orders.xml:${place}] ${problem}`);
  });
});

describe("code that is broken in itself", () => {
  const BROKEN = '<a>\n  <b c="@(x["y="")" d="1" />\n  <e>@(\'\n<)</e>\n  <f g="@(x["y"])" />\n</a>';

  test("ends where the XML around it goes on", () => {
    const [root] = scan(BROKEN).roots;
    const values = root.children.map(({ name, attributes }) => [name, ...attributes.map(({ value }) => value)]);
    expect(values).toEqual([["b", '@(x["y="")', "1"], ["e"], ["f", '@(x["y"])']]);
  });

  test("is noted at its place, and sound code beside it is not", () => {
    expect(scan(BROKEN).doubts).toEqual([
      { line: 2, column: 9 },
      { line: 3, column: 6 },
    ]);
  });

  test("is a warning of the document", () => {
    const document = PolicyDocument.fromXml(`<policies><inbound><b c="@(x["y="")" /></inbound></policies>`);
    const [warning] = document._analyze().findings;
    expect(warning).toMatchObject({
      severity: "warning",
      kind: "BROKEN_CODE",
      line: 1,
      column: 26,
      message:
        "The code of this expression is broken: a string or a bracket in it is never closed. API Management will refuse it.",
    });
  });
});

describe("no document takes long", () => {
  const LENGTH = 1_000_000;
  const filled = (text: string): string => text.repeat(Math.ceil(LENGTH / text.length)).slice(0, LENGTH);

  test.each(["<a>", '<a b="', '<a b="@("', "<a>@{<b>", "<a>&#", '@("a")<b/>', "</a>", "<!--", "&", '"', "$"])(
    "a megabyte of %s",
    (text) => {
      const started = performance.now();
      messageOf(filled(text));
      messageOf(`<a>${filled(text)}`);
      messageOf(`<a b="@(${filled(text)}`);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );

  test.each([
    ["an attribute", '<a b="@(x["a)" />\n'],
    ["a text", '<a>@(x < ["a)</a>\n'],
    ["a block", "<a>@{ < x(' }</a>\n"],
    ["a text before a named value", '<a>@{ < z" }{{nv}}</a>\n'],
    ["an attribute that mixes both ways of writing", '<a b="@(x["a &quot;)" />\n'],
  ])("a megabyte of code that is broken in itself, in %s", (_, broken) => {
    const count = Math.ceil(LENGTH / broken.length);
    const started = performance.now();
    const { doubts } = scan(`<r>\n${broken.repeat(count)}</r>`);
    expect([doubts.length, doubts.at(-1)?.line]).toEqual([count, count + 1]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("a large real one", () => {
    const policy = '\n    <set-variable name="v" value="@(x["a"] < 3 ? $"{y}" : "z")" />\n    <trace>@(a && b)</trace>';
    const text = `<policies><inbound>${policy.repeat(LENGTH / policy.length)}</inbound></policies>`;
    scan(text);
    const started = performance.now();
    scan(text);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
