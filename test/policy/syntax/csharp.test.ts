import { decodedText, endOfExpression, isEscapedExpression, isExpression } from "../../../lib/policy/syntax/csharp";

/** The text that an expression takes up, or what is not closed and from where on. */
function read(text: string, references = false): string {
  const end = endOfExpression(text, text.indexOf("@") + 1, references);
  return typeof end === "number" ? text.slice(0, end) : `${end.problem}: ${text.slice(end.at)}`;
}

describe("an expression ends with its bracket, and not with one", () => {
  const REST = '" other="@(x)" />';

  test.each([
    ["in nested brackets", "@(f(a[0], new[] { (1) }))"],
    ["in a string", '@(")" + "\\")" + "}")'],
    ["in a verbatim string", '@(@"\\" + @"a"")""b")'],
    ["in a string over several lines", '@{ return @"a\n)}"; }'],
    ["in an interpolated string", '@($"){{)" + $"{f(")")}}})")'],
    ["in a string within the hole of a string", '@($"{$"{(")")}"})")'],
    ["in a verbatim interpolated string", '@($@"\\""){a[")"]}" + @$"{b}")'],
    ["in an interpolated string with an escaped quote", '@($"\\")" + f(")"))'],
    ["in a string that ends with an escaped quote", '@(")\\"")'],
    ["in a verbatim interpolated string over several lines", '@($@"a\n)")'],
    ["in a verbatim string with an ampersand", '@(@"a & )")'],
    ["after two colons in a hole, where a quote is code", '@($"{global::A.F(\'"\')}")'],
    ["in the format of a hole, where a quote is text", '@($"{d:h\'}" + f(")"))'],
    ["in the format of a hole", '@($"{d:h\'(\'} {global::A.B:yyyy/*)} {(a ? b : ")")}")'],
    ["in a character after a division in a hole", '@($"{a / f(\'"\')}")'],
    ["in a character after a colon that is in no hole", "@(a ? b : '\"')"],
    ["in a character", "@(')' + '\\'' + '\"')"],
    ["in a comment to the end of the line", "@{ // don't ) } \"\nreturn 1; }"],
    ["in a comment", "@{ /* ) \" ' } */ return 1; }"],
    ["in a named value", "@({{name}} + 1)"],
    ["in a division", "@(a / b / (c))"],
    ["in a verbatim name", "@(@class.Length)"],
  ])("%s", (_, expression) => {
    expect(read(expression + REST)).toBe(expression);
  });
});

describe("what has no end", () => {
  test.each([
    ["a bracket", "@(f(1)", "bracket: (f(1)"],
    ["a bracket that another kind closes", "@(f(1]))", "bracket: (1]))"],
    ["a string that the line ends", '@("a\n")', 'string: "a\n")'],
    ["a verbatim string", '@(@"a"")', 'string: @"a"")'],
    ["an interpolated string", '@($"{a}', 'string: $"{a}'],
    ["the hole of an interpolated string", '@($"{a"', 'string: "'],
    ["a string whose line ends after a backslash", '@("a\\\n")', 'string: "a\\\n")'],
    ["an interpolated string that the line ends", '@($"a\n")', 'string: $"a\n")'],
    ["a verbatim interpolated string", '@($@"a\n', 'string: $@"a\n'],
    ["a character", "@('a)", "character: 'a)"],
    ["a comment", "@(/* a)", "comment: /* a)"],
    ["a bracket after a comment that the text ends", "@(a // b", "bracket: (a // b"],
    ["a bracket that was not opened", "@)", "bracket: )"],
    ["the innermost of some brackets", "@(f(a[1)", "bracket: [1)"],
    ["the innermost of some strings", '@($"{f($"{$"a', 'string: $"a'],
    ["nothing", "@", "bracket: "],
  ])("is named: %s", (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

test.each(["\n", "\r", "&#10;", "&#13;", "&#xA;", "&#xa;", "&#XD;", "&#x0d;", "&#x000A;"])(
  "a comment ends with its line: %j",
  (end) => expect(read(`@{ // ) }"${end} return 1; } }`)).toBe(`@{ // ) }"${end} return 1; }`),
);

test.each(["&#9;", "&#11;", "&#x1A;", "&#xB;", "&#0A;"])("a comment goes on after %s", (other) => {
  expect(read(`@{ // }${other} }\n}`)).toBe(`@{ // }${other} }\n}`);
});

test("references stand for their character only where both ways of writing are mixed", () => {
  const mixed = '@(a["x"] == &quot;)&quot; &amp;&amp; b &#x3c; c)';
  expect(read(mixed, true)).toBe(mixed);
  expect(read(mixed, false)).toBe('@(a["x"] == &quot;)');
  expect(read('@("&quot;)") c', false)).toBe('@("&quot;)")');
  expect(read('@(a & b && "&" + "&unknown;") c', true)).toBe('@(a & b && "&" + "&unknown;")');
});

test("an expression is the whole of its text, white space aside", () => {
  expect(["@(a)", " \n@{ return a; }\t"].map(isExpression)).toEqual([true, true]);
  expect(["", "a", "@", "@a", "@(a) b", "b @(a)", "@(a", '@(")', 'a"@("', "@(&quot;)&quot;)"].some(isExpression)).toBe(
    false,
  );
});

test.each([
  ["@(a &lt; b)", "@(a < b)", true],
  ["@(a == &quot;)&quot;)", '@(a == ")")', true],
  ["@(a)", "@(a)", false],
  ["@(&quot;)", '@(")', false],
  ["a &lt; b", "a < b", false],
])("an expression is escaped if decoding changes it and it is complete then: %s", (written, decoded, expected) => {
  expect(isEscapedExpression(written, decoded)).toBe(expected);
});

test.each([
  ["a text", "a &lt; b", "a < b"],
  ["a text without references", "a b", "a b"],
  ["escaped code", "@(a &lt; b)", "@(a < b)"],
  ["code that is complete either way", '@(a + "&lt;")', '@(a + "<")'],
  ["code with a reference in a string, which would end it", '@("&quot;")', '@("&quot;")'],
  ["code that is broken either way", "@(a &lt; b", "@(a < b"],
])("references are decoded, unless they are in unescaped code: %s", (_, written, expected) => {
  expect(decodedText(written)).toBe(expected);
});
