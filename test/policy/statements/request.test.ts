import { PolicySection } from "../../../lib/policy/policy-statement";
import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { ExistsAction } from "../../../lib/policy/statements/exists-action";

const VALUE = PolicyValue.literal("eu");

describe("setHeader", () => {
  it("replaces a header of the request", () => {
    expect(PolicyStatement.setHeader("X-Region", VALUE).render()).toEqual({
      section: "inbound",
      slot: "user",
      kind: "set-header",
      xml: '<set-header name="X-Region" exists-action="override">\n  <value>eu</value>\n</set-header>',
    });
  });

  it("adds to a header of the response", () => {
    const options = { section: PolicySection.OUTBOUND, existsAction: ExistsAction.APPEND };
    expect(PolicyStatement.setHeader("Vary", PolicyValue.literal('a < "b" & c > d'), options).render()).toEqual({
      section: "outbound",
      slot: "user",
      kind: "set-header",
      xml: '<set-header name="Vary" exists-action="append">\n  <value>a &lt; "b" &amp; c &gt; d</value>\n</set-header>',
    });
  });

  it("takes code as element text, where its quotes need no escaping", () => {
    const value = PolicyValue.expression('context.Request.Headers.GetValueOrDefault("X-Id", "none")');
    expect(PolicyStatement.setHeader("X-Id", value).render().xml).toBe(
      '<set-header name="X-Id" exists-action="override">\n' +
        '  <value>@(context.Request.Headers.GetValueOrDefault("X-Id", "none"))</value>\n</set-header>',
    );
  });

  it("takes a named value", () => {
    expect(PolicyStatement.setHeader("X-Key", PolicyValue.namedValue("partner-key")).render().xml).toBe(
      '<set-header name="X-Key" exists-action="override">\n  <value>{{partner-key}}</value>\n</set-header>',
    );
  });

  it.each(["X-Caller-Object-Id", "x-caller-subject"])("leaves %s to a validated token", (name) => {
    expect(() => PolicyStatement.setHeader(name, VALUE)).toThrow(
      new Error(
        `PolicyStatement.setHeader: the header "${name}" tells the backend who calls, and is set from a validated token only. ` +
          `Write PolicyStatement.forwardCallerIdentity(), or another name.`,
      ),
    );
  });

  it("leaves Authorization to the gateway's token", () => {
    expect(() => PolicyStatement.setHeader("authorization", VALUE)).toThrow(
      new Error(
        'PolicyStatement.setHeader: the header "authorization" takes the gateway\'s own token to the backend, and what is set ' +
          "here would be lost. Write another name.",
      ),
    );
  });

  it("refuses a header of the connection", () => {
    expect(() => PolicyStatement.setHeader("Content-Length", VALUE)).toThrow(
      new Error(
        'PolicyStatement.setHeader: the header "Content-Length" belongs to the connection, and API Management does not ' +
          "change it. Write another name.",
      ),
    );
  });

  it("refuses a value that a header cannot carry", () => {
    expect(() => PolicyStatement.setHeader("X-City", PolicyValue.literal("Köln"))).toThrow(
      new Error(
        'PolicyStatement.setHeader: the value "Köln" of the header "X-City" has characters in it that HTTP headers do not ' +
          'carry. Write it in ASCII, for example percent-encoded: PolicyValue.literal("K%C3%B6ln").',
      ),
    );
  });

  it("refuses a name that is none", () => {
    expect(() => PolicyStatement.setHeader('X"><base />', VALUE)).toThrow(
      new Error(
        'PolicyStatement.setHeader: the header name "X"><base />" is refused by API Management. ' +
          "Write one of letters, digits, _ and - after a letter.",
      ),
    );
  });

  it("refuses the backend section, which holds one statement only", () => {
    expect(() => PolicyStatement.setHeader("X-Region", VALUE, { section: PolicySection.BACKEND })).toThrow(
      new Error(
        "PolicyStatement.setHeader: the backend section holds one statement, the one that forwards the request. " +
          "Write section: PolicySection.INBOUND, PolicySection.OUTBOUND or PolicySection.ON_ERROR.",
      ),
    );
  });
});

describe("removeHeader", () => {
  it("removes a header of the response", () => {
    expect(PolicyStatement.removeHeader("X-Powered-By", { section: PolicySection.OUTBOUND }).render()).toEqual({
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
      PolicyStatement.setQueryParameter("$filter", PolicyValue.literal("name eq 'Köln' & more"), options).render(),
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
    expect(PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("2024-01-01")).render().xml).toBe(
      '<set-query-parameter name="api-version" exists-action="override">\n  <value>2024-01-01</value>\n</set-query-parameter>',
    );
  });

  it("are removed", () => {
    expect(PolicyStatement.removeQueryParameter("debug").render()).toEqual({
      section: "inbound",
      slot: "user",
      kind: "remove-query-parameter",
      xml: '<set-query-parameter name="debug" exists-action="delete" />',
    });
  });

  it.each(["", "a b", "a&b", "{{name}}", "${name}"])("refuse the name %p", (name) => {
    expect(() => PolicyStatement.removeQueryParameter(name)).toThrow(
      new Error(
        `PolicyStatement.removeQueryParameter: the query parameter name "${name}" is refused by API Management. ` +
          `Write one of letters, digits and _ . $ - after a letter, _ or $.`,
      ),
    );
  });
});

describe("rewriteUri", () => {
  it("keeps the parameters of the operation and the consumer's query", () => {
    expect(PolicyStatement.rewriteUri(PolicyValue.literal("/v2/{id}?a=1&b=2")).render()).toEqual({
      section: "inbound",
      slot: "user",
      kind: "rewrite-uri",
      xml: '<rewrite-uri template="/v2/{id}?a=1&amp;b=2" copy-unmatched-params="true" />',
    });
  });

  it("may drop the consumer's query", () => {
    const template = PolicyValue.expression("context.Request.OriginalUrl.Path");
    expect(PolicyStatement.rewriteUri(template, { copyUnmatchedParams: false }).render().xml).toBe(
      '<rewrite-uri template="@(context.Request.OriginalUrl.Path)" copy-unmatched-params="false" />',
    );
  });

  it("refuses what is no path", () => {
    expect(() => PolicyStatement.rewriteUri(PolicyValue.literal("v2/orders"))).toThrow(
      new Error(
        'PolicyStatement.rewriteUri: the template "v2/orders" is no path. Write one that begins with a slash: "/v2/orders".',
      ),
    );
  });
});

describe("includeFragment", () => {
  it("includes it where the user says", () => {
    expect(PolicyStatement.includeFragment("audit-log", { section: PolicySection.ON_ERROR }).render()).toEqual({
      section: "on-error",
      slot: "user",
      kind: "include-fragment",
      xml: '<include-fragment fragment-id="audit-log" />',
    });
  });

  it("includes it before the backend is called unless said otherwise", () => {
    expect(PolicyStatement.includeFragment("audit-log").render().section).toBe("inbound");
  });

  it.each(["", "-log", "@(context.Api.Id)", "{{name}}"])("refuses the id %p", (id) => {
    expect(() => PolicyStatement.includeFragment(id)).toThrow(
      new Error(
        `PolicyStatement.includeFragment: the fragment id "${id}" is refused by API Management. ` +
          `Write one of 1 to 80 letters, digits and, not at either end, _ and -.`,
      ),
    );
  });
});

describe("raw", () => {
  it("keeps what the user wrote", () => {
    const xml = `<choose>\n  <when condition="@(context.Request.Method == "GET")">\n    <set-status code='418' />\n  </when>\n</choose>`;
    expect(PolicyStatement.raw(PolicySection.OUTBOUND, `\n${xml}\n`).render()).toEqual({
      section: "outbound",
      slot: "user",
      kind: "raw",
      xml,
    });
  });

  it.each(["policies", "fragment", "inbound", "on-error"])("refuses <%s>, which is no statement", (element) => {
    expect(() =>
      PolicyStatement.raw(PolicySection.INBOUND, `<${element}><set-status code="418" /></${element}>`),
    ).toThrow(
      new Error(
        `PolicyStatement.raw: <${element}> is not a statement but what statements stand in. ` +
          `Write its content alone, or PolicyDocument.fromXml("...") for a whole document.`,
      ),
    );
  });

  it("refuses what is no statement also where it stands behind one", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<trace/><outbound/>")).toThrow(
      new Error(
        "PolicyStatement.raw: <outbound> is not a statement but what statements stand in. " +
          'Write its content alone, or PolicyDocument.fromXml("...") for a whole document.',
      ),
    );
  });

  it("takes what is said in a text or a comment for what it is", () => {
    const xml = '<trace source="<base />"><!-- <base /> --></trace>'.replace("<base />", "&lt;base />");
    expect(PolicyStatement.raw(PolicySection.INBOUND, xml).render().xml).toBe(xml);
  });

  it("refuses a comment before its first element", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<!-- traces --><trace/>")).toThrow(
      new Error(
        "PolicyStatement.raw: a comment stands before the first element, and could not be found again to be removed. " +
          "Write it within an element.",
      ),
    );
  });

  it("says where it cannot be read", () => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, "<trace>")).toThrow(
      new Error(
        "[statement raw:1:1] The element <trace> is never closed. " +
          "Write </trace> where it ends, or <trace /> if it is empty.",
      ),
    );
  });

  it.each([
    '<set-status code="418" /><base/>',
    '<trace/><base foo="x"/>',
    "<choose><otherwise><base /></otherwise></choose>",
  ])("leaves <base /> to the document: %p", (xml) => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, xml)).toThrow(
      new Error("PolicyStatement.raw: <base /> is written by the document, once in each section. Leave it out."),
    );
  });

  it.each(["", "set-status", "@(context)"])("refuses %p, which is no element", (xml) => {
    expect(() => PolicyStatement.raw(PolicySection.INBOUND, xml)).toThrow(
      new Error(
        `PolicyStatement.raw: "${xml}" does not begin with an element. ` +
          `Write statements as they stand in a section: "<set-status code=\\"418\\" />".`,
      ),
    );
  });
});
