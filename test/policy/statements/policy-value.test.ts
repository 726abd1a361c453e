import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { read, valueOf } from "./read";
import { refusal } from "../../helpers/refusal";

const asAttribute = (counterKey: PolicyValue) =>
  PolicyStatement.rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey })._config.xml;
const asText = (value: PolicyValue) => PolicyStatement.setHeader("X", value)._config.xml;

describe("a literal", () => {
  it("keeps what looks like a template of Terraform, which the document escapes", () => {
    expect(asText(PolicyValue.literal("${var.a} %{ if b } $${c}"))).toContain(
      "<value>${var.a} %{ if b } $${c}</value>",
    );
  });

  it.each(["@(context.Api.Id)", "@{ return 1; }", "a @(b)"])("is refused where it would run as code: %p", (text) => {
    expect(() => PolicyValue.literal(text)).toThrow(
      refusal("code-in-literal", "[PolicyValue.literal]", `"${text}"`, "PolicyValue.expression("),
    );
  });

  it.each(["{{key}}", "a{{", "b}}"])("is refused where it would become a named value: %p", (text) => {
    expect(() => PolicyValue.literal(text)).toThrow(
      refusal("named-value-in-literal", "[PolicyValue.literal]", `"${text}"`, "PolicyValue.namedValue("),
    );
  });

  it.each(["a\nb", "a\tb", "a\u0000b", "a\ud800b", "a\u2028b", "a\u2029b", "a\ufffeb", "a\uffffb"])(
    "is refused where XML would lose a character: %j",
    (text) => {
      expect(() => PolicyValue.literal(text)).toThrow(
        refusal("unprintable-literal", "[PolicyValue.literal]", JSON.stringify(text)),
      );
    },
  );

  it("is refused where it has space at its ends", () => {
    expect(() => PolicyValue.literal(" eu ")).toThrow(
      refusal("literal-with-outer-space", "[PolicyValue.literal]", '" eu "', 'Write "eu".'),
    );
  });

  it("is refused where it is empty", () => {
    expect(() => PolicyValue.literal("")).toThrow(
      refusal("blank-literal", "[PolicyValue.literal]", '""', "PolicyStatement.removeHeader"),
    );
  });

  it.each([" ", "\n"])("is refused where it is blank: %j", (text) => {
    expect(() => PolicyValue.literal(text)).toThrow(
      refusal("blank-literal", "[PolicyValue.literal]", JSON.stringify(text), "PolicyStatement.removeHeader"),
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

  it("may hold in a string what code begins with", () => {
    expect(asText(PolicyValue.expression('"a@(b)" + "@{"'))).toContain('@("a@(b)" + "@{")');
  });

  it("may name a named value", () => {
    expect(asText(PolicyValue.expression('"{{prefix}}" + context.Api.Id'))).toContain(
      '@("{{prefix}}" + context.Api.Id)',
    );
  });

  it.each(["@(context.Api.Id)", "@{ return 1; }"])("is written without its @: %p", (code) => {
    expect(() => PolicyValue.expression(code)).toThrow(
      refusal("wrapped-expression", "[PolicyValue.expression]", `"${code}"`),
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
      refusal("incomplete-expression", `[PolicyValue.${kind}]`, `"${code}"`),
    );
  });

  it("may hold brackets in its strings, and slashes in its addresses", () => {
    expect(asText(PolicyValue.expression('")" + "https://contoso.com" + $"{a:h\'}"'))).toContain(
      '@(")" + "https://contoso.com" + $"{a:h\'}")',
    );
  });

  it("stands on one line, since an attribute would turn what follows // into a comment", () => {
    expect(() => PolicyValue.codeBlock("var a = 1; // one\nreturn a;")).toThrow(
      refusal(
        "unprintable-expression",
        "[PolicyValue.codeBlock]",
        '"var a = 1; // one\\nreturn a;"',
        "PolicyStatement.includeFragment(",
      ),
    );
  });

  it("says something", () => {
    expect(() => PolicyValue.expression(" ")).toThrow(refusal("blank-expression", "[PolicyValue.expression]"));
  });

  it("returns something", () => {
    expect(() => PolicyValue.codeBlock("context.Api.Id")).toThrow(
      refusal("code-block-without-return", "[PolicyValue.codeBlock]", '"context.Api.Id"', "PolicyValue.expression("),
    );
  });
});

describe("a named value", () => {
  it("is written in double braces", () => {
    expect(asAttribute(PolicyValue.namedValue("tenant_1.key"))).toContain('counter-key="{{tenant_1.key}}"');
  });

  it.each(["", "a b", "a}}", "{{a}}"])("is refused where its name is none: %p", (name) => {
    expect(() => PolicyValue.namedValue(name)).toThrow(
      refusal("invalid-policy-name", "[PolicyValue.namedValue]", `name of the named value "${name}"`),
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
