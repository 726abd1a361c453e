import { PolicyDocument } from "../../../lib/policy/policy-document";
import { Reader } from "../../../lib/policy/syntax/reader";
import { scan, tryScan } from "../../../lib/policy/syntax/scanner";
import { allElements, attributeOf } from "../../../lib/policy/syntax/source-tree";
import { refusal } from "../../helpers/refusal";

function scanOrders(text: string): unknown {
  return scan(text, "orders.xml");
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

  test("nothing in an expression of a document that is XML", () => {
    expect(names('<a b="@(&quot;(&quot;)">@{ <c/> }</a>')).toEqual(["a"]);
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
  test.each<[string, string, string, ...string[]]>([
    ["<a>\n <b>\n</a>", "3:1", "end-tag-mismatch", "<b> at 2:2", "found </a>", "Write </b>."],
    ["<a>", "1:1", "element-not-closed", "<a> is not closed", "</a>", "<a />"],
    ["<a>@(&quot;(&quot;)", "1:1", "element-not-closed", "<a> is not closed"],
    ["</a>", "1:1", "end-tag-without-start", "</a>", "<a>"],
    ["<a", "1:1", "tag-not-closed", "<a>"],
    ["<a></a", "1:4", "tag-not-closed", "</a>"],
    ["< a>", "1:2", "name-missing", "&lt;"],
    ["<a><1/></a>", "1:5", "name-missing", "&lt;"],
    ["<a b>", "1:4", "attribute-without-value", 'b="..."'],
    ["<a b=1>", "1:4", "attribute-without-value", 'b="..."'],
    ['<a b="1" b="2"/>', "1:10", "attribute-repeated", "<a>", "attribute b"],
    ['<a b="1', "1:6", "attribute-not-closed", "attribute b"],
    ["<!DOCTYPE a><a/>", "1:1", "declaration-in-policy"],
    ["<a><!ELEMENT b>]]></a>", "1:4", "declaration-in-policy"],
    ["<a><!--</a>", "1:4", "markup-not-closed", "comment", "-->"],
    ["<a><![CDATA[</a>", "1:4", "markup-not-closed", "CDATA section", "]]>"],
    ["<?xml <a/>", "1:1", "markup-not-closed", "processing instruction", "?>"],
    ["<a/> b", "1:6", "text-outside-elements", "<policies>...</policies>"],
    ['<a b="@(x[)"]"/>', "1:10", "expression-not-closed", "bracket"],
    ['<a b="@("x"/>\n', "1:8", "expression-not-closed", "bracket"],
    ["<a>@{ < /* </a>", "1:9", "expression-not-closed", "comment"],
    ["<a>@('\n<</a>", "1:6", "expression-not-closed", "character"],
    ['<a b="1"c="2"/>', "1:9", "attributes-not-separated", "<a>", "found c", "&quot;"],
    ['<a b="1 < 2"/>', "1:9", "less-than-in-attribute", "attribute b", "&lt;"],
    [
      '<a><b>@("<!--")</b><c/><b>@("-->")</b></a>',
      "1:4",
      "read-in-two-ways",
      "quotes or markup",
      "&quot;, &lt; and &amp;",
    ],
    ['<a><b>@("<![CDATA[")</b><c/><b>@("]]>")</b></a>', "1:4", "read-in-two-ways"],
    ['<a><b>@("<?")</b><c/><b>@("?>")</b></a>', "1:4", "read-in-two-ways"],
    ['<a>@("<x>")<c/>@("</x>")</a>', "1:7", "read-in-two-ways"],
    ['<a><b>@("<![CDATA[")</b><!-- <b>]]></b><c/><!-- x --></a>', "1:4", "read-in-two-ways"],
    ['<a b="@(" c="1" d=")"/>', "1:1", "read-in-two-ways"],
    ['<a b="@("x") y"/>', "1:13", "text-after-expression", "attribute b", '@(... + "text")'],
  ])("%j", (text, place, id, ...values) => {
    expect(() => scanOrders(text)).toThrow(refusal(id, `[orders.xml:${place}] `, ...values));
  });
});

test.each([
  ["<![CDATA[x]]><policies />", "declaration-in-policy", "1:1"],
  ['@("<a>")<policies />', "text-outside-elements", "1:1"],
  ["<policies />\n x", "text-outside-elements", "2:2"],
])("outside of the root, %s is refused", (text, id, place) => {
  expect(() => scanOrders(text)).toThrow(refusal(id, place));
});

test("each reference that XML knows stands for its character", () => {
  expect(valueOf('<a b="&quot;&apos;&lt;&gt;&amp;&#39;&#x27;&#X2A;&#0042;" />')).toBe("\"'<>&''**");
});

test("a reference to a character that does not exist stays as it is", () => {
  expect(valueOf('<a b="&#x110000;&#x10FFFF;&#1114112;" />')).toBe("&#x110000;\u{10FFFF}&#1114112;");
});

describe("an ampersand that is not escaped", () => {
  const texts = ["<a>1 & 2</a>", '<a b="1 & 2"/>'];

  test.each(texts)("is no strict XML: %s", (text) => {
    const strictly = (): unknown => new Reader(text, { raw: false, references: false }).tree("orders.xml");
    const message = refusal("ampersand-not-escaped", "Write &amp; instead.");
    expect(strictly).toThrow(expect.objectContaining({ offset: text.indexOf("&"), message }));
  });

  test.each(texts)("is read as API Management does: %s", (text) => {
    expect(() => scanOrders(text)).not.toThrow();
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
    expect(scan(BROKEN).doubts).toMatchObject([
      { line: 2, column: 9 },
      { line: 3, column: 6 },
    ]);
  });

  test("is a warning of the document", () => {
    const document = PolicyDocument.fromXml(`<policies><inbound><b c="@(x["y="")" /></inbound></policies>`);
    const [warning] = document._analyze().findings.all();
    expect(warning).toMatchObject({ severity: "warning", id: "broken-code", line: 1, column: 26 });
  });
});

test("a colon that is written as a reference ends no hole of a string", () => {
  expect(tryScan('<a b="@($"{x&#58;y}" + x["a &quot;)"])"/>', "orders.xml")?.roots).toHaveLength(1);
});

describe("what no reader of XML accepts is known at its place", () => {
  test.each([
    ["a reference that XML does not know", "<a>x &nbsp; &amp; &#160;</a>", "reference 1:6"],
    ["an ampersand in an attribute", '<a>\n<b c="1 & 2"/></a>', "reference 2:9"],
    ["two hyphens in a comment", "<a><!-- b -- c --></a>", "comment 1:11"],
    ["a hyphen at the end of a comment", "<a><!-- b ---></a>", "comment 1:11"],
    ["a declaration after white space", '\n<?xml version="1.0"?><a/>', "declaration 2:1"],
    ["a control character", "<a>\n\u0007</a>", "character 2:1"],
    ["a control character as a reference", "<a>&#x1f;</a>", "character 1:4"],
    ["no character as a reference", "<a>&#xFFFE;</a>", "character 1:4"],
    ["half a character as a reference", "<a>&#55296;</a>", "character 1:4"],
    ["half a character", "<a>\ud800</a>", "character 1:4"],
    ["the second half of a character", "<a>\udc00</a>", "character 1:4"],
    ["half a character before a whole one", "<a>\ud83d\ud83d\ude00</a>", "character 1:4"],
    ["half a character after a whole one", "<a>\ud83d\ude00\ude00</a>", "character 1:6"],
    ["a control character after an emoji", "<a>&#x1F600;\ud83d\ude00\u0007</a>", "character 1:15"],
    ["what is no character", "<a>\uffff</a>", "character 1:4"],
    ["a reference without a number", "<a>\n&#;</a>", "reference 2:1"],
    ["a comment that begins with two hyphens", "<a><!---- b --></a>", "comment 1:8"],
  ])("%s", (_, text, expected) => {
    const [fault] = scan(text).faults;
    expect(`${fault.fault} ${fault.line}:${fault.column}`).toBe(expected);
  });

  test.each([
    ["in an expression", '<a b="@(x && y["--"])">@(a & b)</a>'],
    ["in an expression of XML", '<a>@("]]>")</a>'],
    ["in emojis", "<a>\ud83d\ude00\ud83d\ude00&#x1F600;&#128512;&#32;\ufffd</a>"],
    ["that it does accept", '\uFEFF<?xml version="1.0"?><!-- a - b --><a b="&lt;&#9;">\t\n\r&amp;</a>'],
  ])("nothing %s", (_, text) => {
    expect(scan(text).faults).toEqual([]);
  });

  test.each([
    [
      "&nbsp;",
      "This & begins no reference that XML knows.",
      "write &amp;, or a character by its number, such as &#160;",
    ],
    ["<!-- -- -->", "This comment contains two hyphens in a row.", "write one hyphen, or another character"],
    [
      ' <?xml version="1.0"?>',
      "This XML declaration is not at the beginning of the document.",
      "remove it, or what precedes it",
    ],
    ["]]>", "This ]]> ends no CDATA section.", "write ]]&gt;"],
    ["\u0007", "This character cannot be in XML.", "remove it"],
  ])("%j is a warning that says so", (text, says, remedy) => {
    const document = PolicyDocument.fromXml(`<policies><inbound><trace>${text}</trace></inbound></policies>`);
    const found = document
      ._analyze()
      .findings.all()
      .filter(({ id }) => id === "not-xml");
    expect(found.map(({ message, resolutions }) => [message, resolutions])).toEqual([
      [`${says} No XML parser accepts this, so API Management will refuse the document.`, [remedy]],
    ]);
  });

  test.each([
    ["<a>&#x9;&#xA;&#xD;</a>", 0],
    ["<a>&unknown;</a>", 1],
    ["<a>&#57343;</a>", 1],
    ["<a>\ue000\uffff\ufffe\u0001</a>", 3],
    ["<a>\ud83d\ude00\ud83d\ude00\u0001</a>", 1],
    ["<a>&#x1F600;\u0001</a>", 1],
    ["<a>a ]]> b ]]> c</a><!-- - --><?xml?><?xmlx a?>", 1],
  ])("%j has so many: %d", (text, count) => {
    expect(scan(text).faults).toHaveLength(count);
  });
});

describe("names", () => {
  test.each(["é", "éa-1.b:c·d", "aé", "a1_é", "_:a", "\u0430\u0301\u0967", "a\u0301b"])("%s is one", (name) => {
    const [element] = scan(`<${name} ${name}="1"><b/></${name}>`).roots;
    expect([element.name, element.attributes[0].name, element.children.length]).toEqual([name, name, 1]);
  });

  test.each(["1", "-a", "·", "\u0301"])("%s is none", (name) => {
    expect(() => scanOrders(`<${name}/>`)).toThrow(refusal("name-missing", "1:2"));
  });

  const attributes = (count: number): string =>
    Array.from({ length: count }, (_, index) => `a${index}="${index}"`).join(" ");

  test.each([8, 9, 20])("%d attributes are read, and a name of them twice is refused", (count) => {
    expect(scan(`<a ${attributes(count)}/>`).roots[0].attributes.map(({ value }) => Number(value))).toEqual([
      ...Array(count).keys(),
    ]);
    for (const again of [0, count - 1])
      expect(() => scanOrders(`<a ${attributes(count)} b="" a${again}=""/>`)).toThrow(
        refusal("attribute-repeated", `attribute a${again}`),
      );
  });

  test("white space of any kind separates attributes", () => {
    const [element] = scan('<a\tb="1"\n\u00a0c\r=\n"2"  d = \'3\'\u2003/>').roots;
    expect(element.attributes.map(({ name, value }) => name + value)).toEqual(["b1", "c2", "d3"]);
  });
});

describe("broken code ends where the XML around it goes on", () => {
  test.each<[text: string, values: string[]]>([
    ['<a b="@(x["a)"/>', ['@(x["a)']],
    ['<a b="@(x["a)">c</a>', ['@(x["a)']],
    ['<a b="@(x["a) "\n/>', ['@(x["a) ']],
    ['<a b="@(x["a)"  c="1"/>', ['@(x["a)', "1"]],
    ['<a b="@(x["a)" cd\n=\t\'1\'/>', ['@(x["a)', "1"]],
    ['<a b="@(x["a)" c-d:e= "1" />', ['@(x["a)', "1"]],
    ['<a b="@(x["a) + ")" c="1" />', ['@(x["a) + ")', "1"]],
    ['<a b="@{x["a}"/>', ['@{x["a}']],
    ['<a b="@{x["a}">c</a>', ['@{x["a}']],
    ['<a b="@{x["a} "\n/>', ['@{x["a} ']],
    ['<a b="@{x["a}"  c="1"/>', ['@{x["a}', "1"]],
    ['<a b="@{x["a}" cd\n=\t\'1\'/>', ['@{x["a}', "1"]],
    ['<a b="@{x["a}" c-d:e= "1" />', ['@{x["a}', "1"]],
    ['<a b="@{x["a} + "}" c="1" />', ['@{x["a} + "}', "1"]],
  ])("in an attribute: %j", (text, values) => {
    expect(scan(text).roots[0].attributes.map(({ value }) => value)).toEqual(values);
    expect(scan(text).doubts).toMatchObject([{ line: 1, column: 7 }]);
  });

  test.each(['@(x < ["a)', '@(x < ["a) \n', '@(x < ["a) + )', '@{ < x["a }', "@{ < x['a }\t", '@{ < x["a } + }'])(
    "in a text: %j",
    (code) => {
      const text = `<r><a>${code}</a><b/></r>`;
      expect(names(text)).toEqual(["r", "a", "b"]);
      expect(scan(text).doubts).toMatchObject([{ line: 1, column: 7 }]);
    },
  );

  test("an expression without such an end is refused", () => {
    expect(() => scanOrders('<a b="@(x["a')).toThrow(refusal("expression-not-closed", "1:11", "string"));
    expect(() => scanOrders('<r><a>@(x < ["a</r>')).toThrow(refusal("expression-not-closed", "1:14", "string"));
  });
});
