import { PolicyDocument } from "../../../lib/policy/policy-document";
import { findingLine } from "../../../lib/policy/findings/rule";
import { refusal } from "../../helpers/refusal";
import { PolicySection, PolicySlot } from "../../../lib/policy/statement";
import { CORS, statement, TOKEN } from "../statements";
import { merged, places } from "./found";

const lines = (document: PolicyDocument): string[] => document._analyze().findings.all().map(findingLine);

function inbound(content: string): PolicyDocument {
  return PolicyDocument.fromXml(`<policies>\n<inbound>\n<base />${content}</inbound>\n</policies>`);
}

describe("an element that is no section", () => {
  const trace = PolicyDocument._of(statement("raw", "<trace />"));

  test.each([
    ["<inbond><base /></inbond>", "<inbond> is not a section", "Write <inbound>."],
    ["<Inbound><base /></Inbound>", "<Inbound> is not a section", "Write <inbound>."],
  ])("is named at its place, with the section that is meant: %s", (section, ...values) => {
    const document = PolicyDocument.fromXml(`<policies>\n  ${section}\n</policies>`).merge(trace);
    expect(lines(document)).toEqual([expect.stringMatching(/^2:3 /)]);
    expect(() => document.toXml()).toThrow(refusal("unknown-section", ...values));
  });

  test("is to be moved into one if it is a policy", () => {
    const document = PolicyDocument.fromXml("<policies>\n<inbound /><set-header /></policies>").merge(trace);
    expect(() => document.toXml()).toThrow(
      refusal("unknown-section", "- 2:12 ", "Move <set-header> into <inbound>, <backend>, <outbound> or <on-error>."),
    );
  });
});

test.each([
  ["<fragment><trace /></fragment>", "1:1", "root-is-fragment"],
  ["<policy />", "1:1", "other-root"],
  ["<policies />\n<policies />", "2:1", "second-root"],
  ["<policies><inbound /><inbound /></policies>", "1:22", "section-repeated"],
  ["<policies><inbound><base /><base /></inbound></policies>", "1:28", "base-repeated"],
  [
    "<policies><inbound><base /></inbound><outbound><base /><trace /><base /></outbound></policies>",
    "1:65",
    "base-repeated",
  ],
  ["<!-- to do -->\n", "1:1", "root-missing"],
  ["<policies><inbound /><backend><base />\n<trace /></backend></policies>", "2:1", "several-forwardings"],
])("nothing can be merged into %s", (xml, place, id) => {
  const document = PolicyDocument.fromXml(xml).merge(PolicyDocument._of(TOKEN));
  expect(lines(document)).toContainEqual(expect.stringMatching(new RegExp(`^${place} .*\\(${id}\\)$`)));
  expect(() => document.toXml()).toThrow(refusal(id));
});

/** What each document says about a merge into its inbound section, and nothing else. */
describe("a merge says", () => {
  const trace = (section: PolicySection) => statement("raw", "<trace />", PolicySlot.USER, section);
  const { INBOUND, BACKEND, OUTBOUND, ON_ERROR } = PolicySection;

  test.each<[string, PolicySection[], string[]]>([
    ["<a /><b /><c />", [INBOUND], ["1:6 second-root"]],
    ["<fragment /><policies />", [INBOUND], ["1:13 second-root"]],
    ["<other />", [INBOUND], ["1:1 other-root"]],
    ["<fragment />", [INBOUND], ["1:1 root-is-fragment"]],
    ["<policies />", [INBOUND, OUTBOUND, OUTBOUND], ["1:1 section-missing", "1:1 section-missing"]],
    ["<policies><outbound /></policies>", [INBOUND, OUTBOUND], ["1:1 section-missing"]],
    ["<policies><inbond /></policies>", [INBOUND], ["1:11 unknown-section"]],
    ["<policies><inbond /></policies>", [INBOUND, OUTBOUND], ["1:11 unknown-section", "1:1 section-missing"]],
    ["<policies><trace /></policies>", [INBOUND], ["1:11 unknown-section", "1:1 section-missing"]],
    [
      "<policies><inbound /><inbound /><inbound /></policies>",
      [INBOUND],
      ["1:22 section-repeated", "1:33 section-repeated"],
    ],
    ["<policies><on-error><base /><base /><base /></on-error></policies>", [ON_ERROR], ["1:29 base-repeated"]],
    [
      "<policies><inbound /><inbound><base /><base /></inbound></policies>",
      [INBOUND],
      ["1:22 section-repeated", "1:39 base-repeated"],
    ],
    ["<policies><inbound><trace /></inbound></policies>", [INBOUND], ["1:11 inbound-without-base"]],
    [
      "<policies><inbound><choose><otherwise><base /></otherwise></choose></inbound></policies>",
      [INBOUND],
      ["1:39 unknown-policy", "1:11 inbound-without-base"],
    ],
    ["<policies><inbound><trace /></inbound><outbound /></policies>", [OUTBOUND], []],
    [
      "<policies><inbound><trace /><cors /></inbound><outbound /></policies>",
      [OUTBOUND, INBOUND],
      ["1:11 inbound-without-base", "1:29 late-cors"],
    ],
    ["<policies><inbound><base /></inbound></policies>", [INBOUND], []],
    ["<policies><inbound><base /></inbound><backend /></policies>", [INBOUND], ["1:38 backend-section-empty"]],
    [
      "<policies><inbound><base /></inbound><backend>\n<!-- a --></backend></policies>",
      [INBOUND],
      ["1:38 backend-section-empty"],
    ],
    ["<policies><inbound><base /></inbound><backend /></policies>", [BACKEND], []],
    ["<policies><inbound><base /></inbound><backend /></policies>", [INBOUND, BACKEND], []],
    ["<policies><inbound><base /></inbound><backend><base /></backend></policies>", [INBOUND], []],
    ["<policies><backend><base /><trace /><trace /></backend></policies>", [BACKEND], ["1:28 several-forwardings"]],
  ])("%s, %j: %j", (xml, sections, expected) => {
    const statements = sections.map((section, index) => ({ ...trace(section), kind: `raw-${index}` }));
    expect(
      places(
        merged(xml, ...statements)
          ._analyze()
          .findings.all(),
      ),
    ).toEqual(expected);
  });

  test.each<[string, PolicySection, string, ...string[]]>([
    ["<policies><inbound /></policies>", OUTBOUND, "section-missing", "no <outbound>", "<outbound><base /></outbound>"],
    [
      "<policies><backend><trace />\n<retry /></backend></policies>",
      BACKEND,
      "several-forwardings",
      "<retry> and <trace> at 1:20",
    ],
    ["<policies><on-error><base /><base /></on-error></policies>", ON_ERROR, "base-repeated", "The <on-error> section"],
  ])("what is wrong in %s, by name", (xml, section, id, ...values) => {
    const [first] = merged(xml, trace(section))._analyze().findings.all();
    expect(findingLine(first)).toEqual(refusal(id, ...values));
  });
});

test.each([
  ["<cors />", true],
  ['<choose><when condition="@(true)"><cors /></when></choose>', false],
])("%s is a second cors: %s", (content, is) => {
  const found = lines(inbound(content).merge(PolicyDocument._of(CORS)));
  expect(found.some((line) => line.includes("(second-cors)"))).toBe(is);
});

describe("text beside policies", () => {
  test.each([
    ["hello", "3:9"],
    ["<!-- a -->\n  {{snippet}}", "4:3"],
    ["<trace /> @(x)", "3:19"],
    ["<![CDATA[x]]>", "3:9"],
    ["<?a?><!-- b --> c", "3:25"],
    ["<!-- a --> b <!-- c --> d", "3:20"],
    ["<trace>a</trace>b", "3:25"],
    ["a<trace /><trace />", "3:9"],
    ["<!--\n--> b", "4:5"],
    ["<?a\n?> b", "4:4"],
  ])("is a warning at its place: %j", (content, place) => {
    expect(lines(inbound(content))).toEqual([expect.stringMatching(`^${place} .* <inbound>.*text-beside-policies`)]);
  });

  test.each(["", "<!-- hello -->", "<?hello?>", "<trace><message>hello</message></trace>"])("but not %j", (content) => {
    expect(lines(inbound(content))).toEqual([]);
  });

  test("is one in the root, too", () => {
    const document = PolicyDocument.fromXml("<policies>text<inbound><base /></inbound></policies>");
    expect(lines(document)).toEqual([expect.stringMatching(/^1:11 .* <policies>.*text-beside-policies/)]);
  });
});

describe("an element that an earlier merge has inserted", () => {
  const earlier = '<trace id="secure-apim-backend-log-0123abcd" />';

  test("stays, and is named with its statement", () => {
    expect(lines(inbound(earlier))).toEqual([
      refusal("earlier-statement-stays", "3:9 ", 'inserted <trace> for a statement "log"'),
    ]);
  });

  test("is lost with its changes where its statement is merged again, and that is said", () => {
    const statements = PolicyDocument._of(statement("raw", "<trace><message>a</message></trace>"));
    const edited = inbound("").merge(statements).toXml().replace(">a<", ">b<");
    expect(lines(PolicyDocument.fromXml(edited).merge(statements))).toEqual([
      refusal("earlier-statement-edited", "4:1 ", "<trace> was changed"),
    ]);
  });

  test.each([
    `<choose><when condition="@(true)">${earlier}</when></choose>`,
    '<trace id="mine" />',
    '<trace id="secure-apim-backend-log" />',
  ])("is none in %s", (content) => {
    expect(lines(inbound(content))).toEqual([]);
  });
});

describe("an element that is no policy", () => {
  test.each([
    ["<set-heder />", "3:9", "<set-heder>", "Write <set-header>."],
    ["<choose><when><rate-limits /></when></choose>", "3:23", "<rate-limits>", "Write <rate-limit>."],
    ["<choose><otherwize /></choose>", "3:17", "<otherwize>", "Write <otherwise>."],
    ["<retry><set-heder /></retry>", "3:16", "<set-heder>", "Write <set-header>."],
    ["<limit-concurrency><set-heder /></limit-concurrency>", "3:28", "<set-heder>", "Write <set-header>."],
    ["<wait><set-heder /></wait>", "3:15", "<set-heder>", "Write <set-header>."],
    ["<choose><otherwise><set-heder /></otherwise></choose>", "3:28", "<set-heder>", "Write <set-header>."],
    ["<choose><trace /></choose>", "3:17", "<trace>", "Compare the name with the policy reference"],
    ["<choose><when><base /></when></choose>", "3:23", "<base>", "Compare the name with the policy reference"],
    ["<whatever-this-is />", "3:9", "<whatever-this-is>", "Compare the name with the policy reference"],
  ])("is a warning with the nearest name: %s", (content, place, name, remedy) => {
    const found = lines(inbound(content).merge(PolicyDocument._of(TOKEN)));
    expect(found).toEqual([expect.stringMatching(new RegExp(`^${place} .*${name}.*${remedy}.*\\(unknown-policy\\)$`))]);
  });

  test.each([
    "<send-request><anything /></send-request>",
    "<set-body><html><body /></html></set-body>",
    "<choose><when><wait><choose><otherwise><trace /></otherwise></choose></wait></when></choose>",
    "<cors><allowed-origins><origin>*</origin></allowed-origins></cors>",
  ])("is none inside a policy: %s", (content) => {
    expect(lines(inbound(content)).filter((line) => line.includes("unknown-policy"))).toEqual([]);
  });
});

test("code that is broken is a warning at its place", () => {
  expect(lines(inbound('\n<trace source="@(x["y="")" />'))).toEqual([
    refusal("broken-code", "4:16 ", "Close the string"),
  ]);
});

test("what is no XML in any format is a warning at its place", () => {
  expect(lines(inbound("\n<set-body>a&nbsp;b</set-body>"))).toEqual([
    "4:12 This & begins no reference that XML knows. No XML parser accepts this, so API Management will refuse the document. " +
      "Write &amp;, or a character by its number, such as &#160;. (not-xml)",
  ]);
});

test("]]> in a text is no XML, but may end a section, and be in code", () => {
  expect(lines(inbound("\n<set-body>a]]>b</set-body>"))).toEqual([
    "4:12 This ]]> ends no CDATA section. No XML parser accepts this, so API Management will refuse the document. " +
      "Write ]]&gt;. (not-xml)",
  ]);
  expect(lines(inbound("<set-body><![CDATA[a]]></set-body>"))).toEqual([]);
  expect(lines(inbound('<set-variable name="a" value="@(1>b[c[0]]>2)" />'))).toEqual([]);
});

test("a document can be as large as API Management accepts, and not a byte larger", () => {
  const sized = (size: number): PolicyDocument =>
    inbound(`<!-- ${"x".repeat(size)} -->`).merge(PolicyDocument._of(TOKEN));
  const most = 256 * 1024 - Buffer.byteLength(sized(0).toXml());
  expect(lines(sized(most))).toEqual([]);
  expect(Buffer.byteLength(sized(most).toXml())).toBe(256 * 1024);
  expect(
    places(
      sized(most + 1)
        ._analyze()
        .findings.all(),
    ),
  ).toEqual(["1:1 merged-policy-too-large"]);
});

test("a document that a merge makes too large is a conflict", () => {
  const document = inbound(`<!-- ${"x".repeat(256 * 1024 - 120)} -->`).merge(PolicyDocument._of(TOKEN));
  const [found] = lines(document);
  expect(found).toMatch(
    /^1:1 .* 256\.1 KiB, but API Management accepts at most 256\.0 KiB\. .*\(merged-policy-too-large\)$/,
  );
  expect(() => document.toXml()).toThrow(refusal("policy-conflicts"));
});
