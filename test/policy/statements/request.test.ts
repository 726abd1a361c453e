import { App, TerraformStack, TerraformVariable, Token } from "cdktf";
import { PolicySection, StatementConfig, treeOf } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { ExistsAction } from "../../../lib/policy/statements/set-header";
import { readingsOf } from "../../helpers/readings";
import { refusal } from "../../helpers/refusal";

const VALUE = PolicyValue.literal("eu");

describe("setHeader", () => {
  it("replaces a header of the request", () => {
    expect(PolicyStatement.setHeader("X-Region", VALUE)._config).toEqual({
      section: "inbound",
      slot: "user",
      kind: "set-header",
      xml: '<set-header name="X-Region" exists-action="override">\n  <value>eu</value>\n</set-header>',
    });
  });

  it("adds to a header of the response", () => {
    const options = { section: PolicySection.OUTBOUND, existsAction: ExistsAction.APPEND };
    expect(PolicyStatement.setHeader("Vary", PolicyValue.literal('a < "b" & c > d'), options)._config).toEqual({
      section: "outbound",
      slot: "user",
      kind: "set-header",
      xml: '<set-header name="Vary" exists-action="append">\n  <value>a &lt; "b" &amp; c &gt; d</value>\n</set-header>',
    });
  });

  it("takes code as element text, where its quotes need no escaping", () => {
    const value = PolicyValue.expression('context.Request.Headers.GetValueOrDefault("X-Id", "none")');
    expect(PolicyStatement.setHeader("X-Id", value)._config.xml).toBe(
      '<set-header name="X-Id" exists-action="override">\n' +
        '  <value>@(context.Request.Headers.GetValueOrDefault("X-Id", "none"))</value>\n</set-header>',
    );
  });

  it("takes a named value", () => {
    expect(PolicyStatement.setHeader("X-Key", PolicyValue.namedValue("partner-key"))._config.xml).toBe(
      '<set-header name="X-Key" exists-action="override">\n  <value>{{partner-key}}</value>\n</set-header>',
    );
  });

  it.each(["X-Caller-Object-Id", "x-caller-subject"])("leaves %s to a validated token", (name) => {
    expect(() => PolicyStatement.setHeader(name, VALUE)).toThrow(
      refusal(
        "caller-header-by-hand",
        "[PolicyStatement.setHeader]",
        `"${name}"`,
        "PolicyStatement.forwardCallerIdentity()",
      ),
    );
  });

  it("leaves Authorization to the gateway's token", () => {
    expect(() => PolicyStatement.setHeader("authorization", VALUE)).toThrow(
      refusal("authorization-header-of-gateway", "[PolicyStatement.setHeader]", '"authorization"'),
    );
  });

  it("may set Authorization and X-Caller-* in a response, which the gateway does not", () => {
    for (const name of ["Authorization", "X-Caller-Subject"])
      expect(PolicyStatement.setHeader(name, VALUE, { section: PolicySection.OUTBOUND })._config.xml).toContain(name);
  });

  it.each(["Connection", "Content-Length", "Keep-Alive", "transfer-encoding"])(
    "refuses %s, which belongs to the connection",
    (name) => {
      expect(() => PolicyStatement.setHeader(name, VALUE)).toThrow(
        refusal("connection-header", "[PolicyStatement.setHeader]", `"${name}"`),
      );
      expect(() => PolicyStatement.removeHeader(name)).toThrow(
        refusal("connection-header", "[PolicyStatement.removeHeader]", `"${name}"`),
      );
    },
  );

  it("refuses a value that a header cannot carry", () => {
    expect(() => PolicyStatement.setHeader("X-City", PolicyValue.literal("Köln"))).toThrow(
      refusal(
        "header-value-not-ascii",
        "[PolicyStatement.setHeader]",
        '"Köln"',
        '"X-City"',
        'PolicyValue.literal("K%C3%B6ln")',
      ),
    );
  });

  it("refuses a name that is none", () => {
    expect(() => PolicyStatement.setHeader('X"><base />', VALUE)).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.setHeader]", 'header name "X"><base />"'),
    );
  });

  it("refuses the backend section, which holds one statement only", () => {
    expect(() => PolicyStatement.setHeader("X-Region", VALUE, { section: PolicySection.BACKEND })).toThrow(
      refusal(
        "header-in-backend-section",
        "[PolicyStatement.setHeader]",
        "PolicySection.INBOUND, PolicySection.OUTBOUND or PolicySection.ON_ERROR",
      ),
    );
  });
});

describe("removeHeader", () => {
  it("removes a header of the request unless said otherwise", () => {
    expect(PolicyStatement.removeHeader("X-Debug")._config).toMatchObject({
      section: "inbound",
      xml: '<set-header name="X-Debug" exists-action="delete" />',
    });
  });

  it("refuses the backend section, which holds one statement only", () => {
    expect(() => PolicyStatement.removeHeader("X-Debug", { section: PolicySection.BACKEND })).toThrow(
      refusal("header-in-backend-section", "[PolicyStatement.removeHeader]"),
    );
  });

  it("removes a header of the response", () => {
    expect(PolicyStatement.removeHeader("X-Powered-By", { section: PolicySection.OUTBOUND })._config).toEqual({
      section: "outbound",
      slot: "user",
      kind: "remove-header",
      xml: '<set-header name="X-Powered-By" exists-action="delete" />',
    });
  });
});

describe("query parameters", () => {
  it("are set", () => {
    const options = { existsAction: ExistsAction.SKIP };
    expect(
      PolicyStatement.setQueryParameter("$filter", PolicyValue.literal("name eq 'Köln' & more"), options)._config,
    ).toEqual({
      section: "inbound",
      slot: "user",
      kind: "set-query-parameter",
      xml:
        '<set-query-parameter name="$filter" exists-action="skip">\n' +
        "  <value>name eq 'Köln' &amp; more</value>\n</set-query-parameter>",
    });
  });

  it("are replaced unless said otherwise", () => {
    expect(PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("2024-01-01"))._config.xml).toBe(
      '<set-query-parameter name="api-version" exists-action="override">\n  <value>2024-01-01</value>\n</set-query-parameter>',
    );
  });

  it("are removed", () => {
    expect(PolicyStatement.removeQueryParameter("debug")._config).toEqual({
      section: "inbound",
      slot: "user",
      kind: "remove-query-parameter",
      xml: '<set-query-parameter name="debug" exists-action="delete" />',
    });
  });

  it.each(["", "a b", "a&b", "{{name}}", "${name}"])("refuse the name %p", (name) => {
    expect(() => PolicyStatement.removeQueryParameter(name)).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.removeQueryParameter]", `query parameter name "${name}"`),
    );
  });
});

describe("rewriteUri", () => {
  it("keeps the parameters of the operation and the consumer's query", () => {
    expect(PolicyStatement.rewriteUri(PolicyValue.literal("/v2/{id}?a=1&b=2"))._config).toEqual({
      section: "inbound",
      slot: "user",
      kind: "rewrite-uri",
      xml: '<rewrite-uri template="/v2/{id}?a=1&amp;b=2" copy-unmatched-params="true" />',
    });
  });

  it("may drop the consumer's query", () => {
    const template = PolicyValue.expression("context.Request.OriginalUrl.Path");
    expect(PolicyStatement.rewriteUri(template, { copyUnmatchedParams: false })._config.xml).toBe(
      '<rewrite-uri template="@(context.Request.OriginalUrl.Path)" copy-unmatched-params="false" />',
    );
  });

  it("may begin with a value that only Terraform knows", () => {
    const token = Token.asString({ resolve: () => "/orders", creationStack: [], toString: () => "" });
    expect(PolicyStatement.rewriteUri(PolicyValue.literal(`${token}-x`))._config.xml).toContain('-x" copy-');
  });

  it("refuses what is no path", () => {
    expect(() => PolicyStatement.rewriteUri(PolicyValue.literal("v2/orders"))).toThrow(
      refusal("template-without-slash", "[PolicyStatement.rewriteUri]", '"v2/orders"', '"/v2/orders"'),
    );
  });
});

describe("includeFragment", () => {
  it("includes it where the user says", () => {
    expect(PolicyStatement.includeFragment("audit-log", { section: PolicySection.ON_ERROR })._config).toEqual({
      section: "on-error",
      slot: "user",
      kind: "include-fragment",
      xml: '<include-fragment fragment-id="audit-log" />',
    });
  });

  it("includes it before the backend is called unless said otherwise", () => {
    expect(PolicyStatement.includeFragment("audit-log")._config.section).toBe("inbound");
  });

  it.each(["", "-log", "@(context.Api.Id)", "{{name}}"])("refuses the id %p", (id) => {
    expect(() => PolicyStatement.includeFragment(id)).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.includeFragment]", `fragment id "${id}"`, "1 to 80 letters"),
    );
  });
});

describe("raw", () => {
  it("keeps what the user wrote", () => {
    const xml = `<choose>\n  <when condition="@(context.Request.Method == "GET")">\n    <set-status code='418' />\n  </when>\n</choose>`;
    expect(PolicyStatement.raw(PolicySection.OUTBOUND, `\n${xml}\n`)._config).toMatchObject({
      section: "outbound",
      slot: "user",
      kind: "raw",
      xml,
    });
  });

  it.each(["policies", "fragment", "inbound", "backend", "outbound", "on-error"])(
    "refuses <%s>, which is no statement",
    (element) => {
      expect(() =>
        PolicyStatement.raw(PolicySection.INBOUND, `<${element}><set-status code="418" /></${element}>`),
      ).toThrow(refusal("raw-is-document", "[PolicyStatement.raw]", `<${element}>`, "PolicyDocument.fromXml("));
    },
  );

  it("refuses what is no statement also where it stands behind one", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<trace/><outbound/>")).toThrow(
      refusal("raw-is-document", "[PolicyStatement.raw]", "<outbound>"),
    );
  });

  it("takes what is said in a text or a comment for what it is", () => {
    const xml = '<trace source="<base />"><!-- <base /> --></trace>'.replace("<base />", "&lt;base />");
    expect(PolicyStatement.raw(PolicySection.INBOUND, xml)._config.xml).toBe(xml);
  });

  it("refuses a comment before its first element", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<!-- traces --><trace/>")).toThrow(
      refusal("raw-begins-with-comment", "[PolicyStatement.raw]"),
    );
  });

  it("says where it cannot be read", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<trace>")).toThrow(
      refusal("element-not-closed", "[PolicyStatement.raw:1:1]", "<trace>", "</trace>"),
    );
  });

  it.each([
    '<set-status code="418" /><base/>',
    '<trace/><base foo="x"/>',
    "<choose><otherwise><base /></otherwise></choose>",
  ])("leaves <base /> to the document: %p", (xml) => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, xml)).toThrow(
      refusal("raw-has-base", "[PolicyStatement.raw]"),
    );
  });

  it.each(["", "set-status", "@(context)", "a <trace />", "< trace />", "</trace>"])(
    "refuses %p, which does not begin with an element",
    (xml) => {
      expect(() => PolicyStatement.raw(PolicySection.INBOUND, xml)).toThrow(
        refusal("raw-without-element", "[PolicyStatement.raw]", `"${xml}"`),
      );
    },
  );

  it("shows the beginning of a long text that is no element", () => {
    const text = "0123456789".repeat(5);
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, text)).toThrow(
      refusal("raw-without-element", `"${text.slice(0, 40)}" `),
    );
  });

  it("says what no parser of XML accepts, and where", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<trace>\n  a&nbsp;b</trace>")).toThrow(
      refusal("raw-not-xml", "[PolicyStatement.raw]", "at 2:4.", " Write &amp;, or"),
    );
  });

  it("is read once, unless Terraform writes a part of it", () => {
    const { stringValue } = new TerraformVariable(new TerraformStack(new App(), "stack"), "v", {});
    for (const [text, readings] of [
      ["<trace>a</trace>", 1],
      [`<trace>${stringValue}</trace>`, 2],
    ] as const) {
      let config: StatementConfig | undefined;
      const all = readingsOf(() => treeOf((config = PolicyStatement.raw(PolicySection.INBOUND, text)._config)));
      expect(all).toHaveLength(readings);
      expect(config?.tree?.text).toBe(config?.xml);
    }
  });

  const JWT = '<validate-jwt header-name="Authorization" />';
  const ENTRA = '<validate-azure-ad-token tenant-id="contoso.com" />';

  it.each([
    ["where requireJwt is if it validates tokens only", JWT + ENTRA, "validation"],
    ["among the user's statements if it does more", `${JWT}<trace source="a" />`, "user"],
    [
      "among the user's statements if it reads what another one has set",
      '<validate-jwt token-value="@((string)context.Variables["a"])" />',
      "user",
    ],
    [
      "among the user's statements if it reads what others set",
      '<validate-jwt token-value="@((string)context . Variables["a"])" />',
      "user",
    ],
    [
      "where requireJwt is if it reads no variable",
      '<validate-jwt token-value="@(context.VariablesOf(mycontext))" />',
      "validation",
    ],
  ])("stands %s", (_, xml, slot) => {
    expect(PolicyStatement.raw(PolicySection.INBOUND, xml)._config).toMatchObject({ slot, kind: "raw", xml });
  });
});
