import { Reader } from "../../../lib/policy/syntax/reader";
import { tryScan } from "../../../lib/policy/syntax/scanner";

const MANY = 1000;

/** How many tags are read of a document. */
function tagsOf(document: string): number {
  const tags = jest.spyOn(Reader.prototype as unknown as { startTag: () => void }, "startTag");
  tryScan(document, "orders.xml");
  const count = tags.mock.calls.length;
  tags.mockRestore();
  return count;
}

const FILLED = "<x/>".repeat(MANY);

test.each([
  ["code that is the same either way", "<x>@(1)</x>"],
  ["code with markup", '<x>@("<y/>")</x>'],
  ["code that is no XML", "<x>@(a && b)</x>"],
  ["code in an attribute", '<x y="@(a["b"])" />'],
  ["code that is XML, but broken", '<x y="@(" /><x y=")" />'],
  ["broken code", '<x>@(x < ["a)</x>'],
  ["broken code in an attribute", '<x y="@(x["a)" />'],
  ["broken code that mixes both ways of writing", '<x y="@(x["a &quot;)" />'],
  ["broken code after code with references", '<x>@("&quot;")</x><x>@(x < ["a)</x>'],
  ["an ampersand that is not escaped", "<x>&</x>"],
  ["what no reader accepts", "<x>&</y>"],
])("what is before %s is read once", (_, code) => {
  const count = tagsOf(`<r>${FILLED}${code}</r>`);
  expect(count).toBeGreaterThan(MANY);
  expect(count).toBeLessThan(MANY + 15);
});

test.each([
  ["in a text", "<x>@(1)</x>"],
  ["in a text with white space", "<x> @(1)\n</x>"],
  ["of statements", "<x>@{ return 1; }</x>"],
  ["in an attribute", '<x y="@(1)" z="2" />'],
  ["in an attribute with white space", '<x y=" @(1) " />'],
  ["that is escaped", '<x y="@(1 &lt; 2)">@(1 &lt; 2)</x>'],
])("what is between sound code %s and broken code is read once", (_, sound) => {
  const count = tagsOf(`<r>${sound}${FILLED}<x>@(x < ["a)</x></r>`);
  expect(count).toBeLessThan(MANY + 15);
});
