import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { read, valueOf } from "./read";

const asAttribute = (counterKey: PolicyValue) =>
  PolicyStatement.rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey }).render().xml;
const asText = (value: PolicyValue) => PolicyStatement.setHeader("X", value).render().xml;

describe("a literal", () => {
  it("keeps what looks like a template of Terraform, which the document escapes", () => {
    expect(asText(PolicyValue.literal("${var.a} %{ if b } $${c}"))).toContain(
      "<value>${var.a} %{ if b } $${c}</value>",
    );
  });

  it.each(["@(context.Api.Id)", "@{ return 1; }", "a @(b)"])("is refused where it would run as code: %p", (text) => {
    expect(() => PolicyValue.literal(text)).toThrow(
      new Error(
        `PolicyValue.literal: the text "${text}" has "@(" or "@{" in it, which API Management may run as code. ` +
          `If code is meant, write PolicyValue.expression("..."), without @( and ). Otherwise write another text.`,
      ),
    );
  });

  it.each(["{{key}}", "a{{", "b}}"])("is refused where it would become a named value: %p", (text) => {
    expect(() => PolicyValue.literal(text)).toThrow(
      new Error(
        `PolicyValue.literal: the text "${text}" has "{{" or "}}" in it, which API Management replaces by a named value. ` +
          `If a named value is meant, write PolicyValue.namedValue("name"). Otherwise write another text.`,
      ),
    );
  });

  it.each(["a\nb", "a\tb", "a\u0000b", "a\ud800b", "a\uffffb"])(
    "is refused where XML would lose a character: %j",
    (text) => {
      expect(() => PolicyValue.literal(text)).toThrow(
        new Error(
          `PolicyValue.literal: the text ${JSON.stringify(text)} has a line break or another character in it that a policy does ` +
            `not keep. Write it on one line, in printable characters.`,
        ),
      );
    },
  );

  it("is refused where it has space at its ends", () => {
    expect(() => PolicyValue.literal(" eu ")).toThrow(
      new Error(
        'PolicyValue.literal: the text " eu " begins or ends with white space, which is lost on its way. Write "eu".',
      ),
    );
  });

  it("is refused where it is empty", () => {
    expect(() => PolicyValue.literal("")).toThrow(
      new Error(
        "PolicyValue.literal: the text is empty, and API Management does not say what it does with an empty value. Write " +
          "another text. To remove a header or a query parameter, write PolicyStatement.removeHeader or .removeQueryParameter.",
      ),
    );
  });
});

describe("an expression", () => {
  it("is written without entities wherever its text allows", () => {
    expect(asText(PolicyValue.expression('"a" + b'))).toContain('<value>@("a" + b)</value>');
    expect(asAttribute(PolicyValue.expression("a > b ? c : d"))).toContain('counter-key="@(a > b ? c : d)"');
  });

  it("arrives as it was written where its text needs entities", () => {
    const code = 'a < b && c["x"] ? d[e[0]]>f : g';
    const attribute = asAttribute(PolicyValue.expression(code));
    expect(attribute).toContain('counter-key="@(a &lt; b &amp;&amp; c[&quot;x&quot;] ? d[e[0]]>f : g)"');
    expect(valueOf(attribute, "rate-limit-by-key@counter-key")).toBe(`@(${code})`);
    expect(valueOf(asText(PolicyValue.expression(code)), "value")).toBe(`@(${code})`);
  });

  it("may be a block of statements", () => {
    const code = "var id = context.RequestId; return id.ToString();";
    expect(asText(PolicyValue.codeBlock(code))).toContain(`<value>@{ ${code} }</value>`);
  });

  it("may name a named value", () => {
    expect(asText(PolicyValue.expression('"{{prefix}}" + context.Api.Id'))).toContain(
      '@("{{prefix}}" + context.Api.Id)',
    );
  });

  it.each(["@(context.Api.Id)", "@{ return 1; }"])("is written without its @: %p", (code) => {
    expect(() => PolicyValue.expression(code)).toThrow(
      new Error(
        `PolicyValue.expression: "${code}" begins with the @ that is added to it. ` +
          `Write the C# alone, without @( and ) or @{ and }.`,
      ),
    );
  });

  it.each([
    ["expression" as const, "1) + evil("],
    ["expression" as const, "a // comment"],
    ["expression" as const, "f(a"],
    ["expression" as const, 'a + "'],
    ["expression" as const, "a /* b"],
    ["codeBlock" as const, "// return"],
    ["codeBlock" as const, "return 1; } evil() {"],
  ])("is whole, so that it can end nowhere but at its end: %s of %p", (kind, code) => {
    expect(() => PolicyValue[kind](code)).toThrow(
      new Error(
        `PolicyValue.${kind}: "${code}" is not whole: the bracket that is added at its end would not be its end. ` +
          `Close every bracket, string and comment in it, none of them twice, and write /* */ in place of //.`,
      ),
    );
  });

  it("may hold brackets in its strings, and slashes in its addresses", () => {
    expect(asText(PolicyValue.expression('")" + "https://contoso.com" + $"{a:h\'}"'))).toContain(
      '@(")" + "https://contoso.com" + $"{a:h\'}")',
    );
  });

  it("stands on one line, since an attribute would turn what follows // into a comment", () => {
    expect(() => PolicyValue.codeBlock("var a = 1; // one\nreturn a;")).toThrow(
      new Error(
        'PolicyValue.codeBlock: "var a = 1; // one\\nreturn a;" has a line break or another control character in it, which an ' +
          "attribute does not keep. Write it on one line, with /* */ in place of //, or put it into a policy fragment: " +
          'PolicyStatement.includeFragment("...").',
      ),
    );
  });

  it("says something", () => {
    expect(() => PolicyValue.expression(" ")).toThrow(
      new Error(
        "PolicyValue.expression: the expression is empty. " +
          'Write C#, for example PolicyValue.expression("context.Request.IpAddress").',
      ),
    );
  });

  it("returns something", () => {
    expect(() => PolicyValue.codeBlock("context.Api.Id")).toThrow(
      new Error(
        'PolicyValue.codeBlock: "context.Api.Id" returns nothing. ' +
          'Write return ...; at its end, or PolicyValue.expression("...") for one expression.',
      ),
    );
  });
});

describe("a named value", () => {
  it("is written in double braces", () => {
    expect(asAttribute(PolicyValue.namedValue("tenant_1.key"))).toContain('counter-key="{{tenant_1.key}}"');
  });

  it.each(["", "a b", "a}}", "{{a}}"])("is refused where its name is none: %p", (name) => {
    expect(() => PolicyValue.namedValue(name)).toThrow(
      new Error(
        `PolicyValue.namedValue: the name of a named value "${name}" is refused by API Management. ` +
          `Write one of 1 to 256 letters, digits and _ . -.`,
      ),
    );
  });
});

it("a statement with an odd expression is well-formed all the same", () => {
  expect(read(asText(PolicyValue.expression('a[b[0]]>c + "<x>&amp;"')))).toEqual({
    elements: ["set-header", "value"],
    attributes: [
      ["set-header@name", "X"],
      ["set-header@exists-action", "override"],
    ],
    texts: [["value", '@(a[b[0]]>c + "<x>&amp;")']],
  });
});
