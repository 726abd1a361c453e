import { bufferingIn } from "../../../lib/policy/findings/streaming";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { scan } from "../../../lib/policy/syntax/scanner";
import { RETRY, statement } from "../statements";
import { documentOf, places, Sections } from "./found";

/* What collects the answer of a model, which comes in parts. */

const STREAMS = '<forward-request buffer-response="false" />';

const forwarding = (xml: string): StatementConfig => statement("forward", xml, PolicySlot.USER, PolicySection.BACKEND);

const found = (sections: Sections, ...ours: StatementConfig[]): string[] =>
  places(bufferingIn(scan(documentOf(sections)), ours).all());

describe("a backend section", () => {
  test.each<[string, string, string[]]>([
    ["that streams", STREAMS, []],
    ["that collects on purpose", '<forward-request buffer-response="true" />', []],
    ["that does not say", "<forward-request />", ["6:1 response-buffered"]],
    ["that does not say within a policy", "<retry>\n<forward-request /></retry>", ["7:1 response-buffered"]],
    ["that streams within a policy", `<retry>${STREAMS}</retry>`, []],
    [
      "with what looks like forwarding in a text",
      `<retry><set-body><forward-request /></set-body>${STREAMS}</retry>`,
      [],
    ],
    ["that inherits", "<base />", ["5:1 forwarding-inherited"]],
    ["with more than what it inherits", "<trace />\n<base />", ["5:1 forwarding-inherited"]],
    ["that forwards nothing", "<!-- nothing -->", []],
  ])("%s", (_, backend, expected) => {
    expect(found({ backend })).toEqual(expected);
  });

  test("that a statement is in inherits nothing", () => {
    const trace = statement("raw", "<trace />", PolicySlot.USER, PolicySection.OUTBOUND);
    expect(found({}, RETRY)).toEqual(["statement retry:2:3 response-buffered"]);
    expect(found({}, forwarding(`<retry>${STREAMS}</retry>`))).toEqual([]);
    expect(found({}, trace)).toEqual(["5:1 forwarding-inherited"]);
    expect(found({}, trace, forwarding(STREAMS))).toEqual([]);
  });

  test("that is not there inherits nothing that can be said", () => {
    expect(places(bufferingIn(scan("<policies><inbound><base /></inbound></policies>"), []).all())).toEqual([]);
  });

  test("of an operation inherits what the API does", () => {
    expect(places(bufferingIn(scan(documentOf({})), [], true).all())).toEqual([]);
    expect(places(bufferingIn(scan(documentOf({ backend: "<forward-request />" })), [], true).all())).toEqual([
      "6:1 response-buffered",
    ]);
  });

  test("is the only one that forwards", () => {
    expect(found({ backend: STREAMS, inbound: "<forward-request />", outbound: "<forward-request />" })).toEqual([]);
  });
});

describe("the response is read", () => {
  const code = (text: string): string => `<trace>@(${text})</trace>`;

  test.each<[string, boolean]>([
    ["<validate-content />", true],
    ["<find-and-replace />", true],
    ["<json-to-xml />", true],
    ["<xml-to-json />", true],
    ["<xsl-transform />", true],
    ["<cache-store />", true],
    ["<set-header />", false],
    [code("context.Response.Body.As<string>()"), true],
    [code("context.Response ? . Body"), true],
    [code("context.Response?.Body"), true],
    ['<set-variable name="a" value="@(context.Response.Body)" />', true],
    [code("context.Response.BodySize"), false],
    [code("context.MyResponse.Body"), false],
    [code("context.Response.Headers"), false],
    [code("context.Request.Body"), false],
  ])("by %s: %s", (policy, is) => {
    expect(found({ backend: STREAMS, outbound: policy })).toEqual(is ? ["10:1 response-read"] : []);
    expect(found({ backend: STREAMS, onError: policy })).toEqual(is ? ["13:1 response-read"] : []);
  });

  test("not by what transforms the request", () => {
    const inbound = "<validate-content /><find-and-replace /><json-to-xml /><xml-to-json /><xsl-transform />";
    expect(found({ backend: STREAMS, inbound })).toEqual([]);
  });

  test("by code anywhere, also in a retry", () => {
    const condition = '<retry condition="@(context.Response.Body == null)">';
    expect(found({ backend: `${condition}${STREAMS}</retry>` })).toEqual(["6:1 response-read"]);
  });

  test("by a statement", () => {
    const reads = statement("raw", "<trace />\n<cache-store />", PolicySlot.USER, PolicySection.OUTBOUND);
    expect(found({ backend: STREAMS }, reads)).toEqual(["statement raw:2:1 response-read"]);
  });
});
