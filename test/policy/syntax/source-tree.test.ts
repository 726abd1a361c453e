import { scan } from "../../../lib/policy/syntax/scanner";
import { allElements, textsOf } from "../../../lib/policy/syntax/source-tree";

test.each<[what: string, text: string, texts: string[]]>([
  ["one text", "<a>b c</a>", ["b c"]],
  ["nothing", "<a></a>", [""]],
  ["no end tag", "<a/>", [""]],
  ["texts around children", "<a>b<c/>d<e>f</e>g</a>", ["b", "d", "g"]],
  ["no text between children", "<a><c/><e/></a>", []],
  ["a text at the beginning", "<a>b<c/></a>", ["b"]],
  ["a text at the end", "<a><c/>d</a>", ["d"]],
  ["white space", "<a> <c/>\n</a>", [" ", "\n"]],
  ["code with what looks like a child", '<a> @("<b/>") c</a>', [' @("<b/>") c']],
])("the texts of an element with %s", (_, text, texts) => {
  const [root] = scan(text).roots;
  expect(textsOf(text, root).map(({ start, end }) => text.slice(start, end))).toEqual(texts);
});

test("a part of the elements is visited, in document order", () => {
  const { roots } = scan("<a><b><c/></b><d/></a>");
  const names = (entered: string): string[] =>
    allElements(roots, ({ name }) => entered.includes(name)).map(({ name }) => name);
  expect([names("abcd"), names("a"), names("")]).toEqual([["a", "b", "c", "d"], ["a", "b", "d"], ["a"]]);
});

test("a document with another name is the same in all else", () => {
  const tree = scan('\n<a b="@(x["a)" />\n<!-- -- -->', "orders.xml").named("stock.xml");
  expect([tree.source, tree.roots.length, tree.position(1)]).toEqual(["stock.xml", 1, { line: 2, column: 1 }]);
  expect(tree.doubts.map(({ source, line, column }) => [source, line, column])).toEqual([["stock.xml", 2, 7]]);
  expect(tree.faults.map(({ fault, source, line }) => [fault, source, line])).toEqual([["comment", "stock.xml", 3]]);
});
