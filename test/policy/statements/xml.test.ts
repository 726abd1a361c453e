import { escapeAttribute } from "../../../lib/policy/statements/writing/xml";

test("an attribute in double quotes holds any text", () => {
  expect(escapeAttribute(`a "b" <c> & 'd' &amp;`)).toBe("a &quot;b&quot; &lt;c&gt; &amp; 'd' &amp;amp;");
});
