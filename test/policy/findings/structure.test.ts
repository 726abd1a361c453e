import { PolicyDocument } from "../../../lib/policy/policy-document";
import { findingLine } from "../../../lib/policy/findings/rule";
import { refusal } from "../../helpers/refusal";
import { statement, TOKEN } from "../statements";

const lines = (document: PolicyDocument): string[] => document._analyze().findings.map(findingLine);

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

describe("text beside policies", () => {
  test.each([
    ["hello", "3:9"],
    ["<!-- a -->\n  {{snippet}}", "4:3"],
    ["<trace /> @(x)", "3:19"],
    ["<![CDATA[x]]>", "3:9"],
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

describe("an element that is no policy", () => {
  test.each([
    ["<set-heder />", "3:9", "<set-heder>", "Write <set-header>."],
    ["<choose><when><rate-limits /></when></choose>", "3:23", "<rate-limits>", "Write <rate-limit>."],
    ["<choose><otherwize /></choose>", "3:17", "<otherwize>", "Write <otherwise>."],
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

test("what is no XML in any format is a warning at its place", () => {
  expect(lines(inbound("\n<set-body>a&nbsp;b</set-body>"))).toEqual([
    "4:12 This & begins no reference that XML knows. No XML parser accepts this, so API Management will refuse the document. " +
      "Write &amp;, or a character by its number, such as &#160;. (not-xml)",
  ]);
});

test("a document that a merge makes too large is a conflict", () => {
  const document = inbound(`<!-- ${"x".repeat(256 * 1024 - 120)} -->`).merge(PolicyDocument._of(TOKEN));
  const [found] = lines(document);
  expect(found).toMatch(
    /^1:1 .* 256\.1 KiB, but API Management accepts at most 256\.0 KiB\. .*\(merged-policy-too-large\)$/,
  );
  expect(() => document.toXml()).toThrow(refusal("policy-conflicts"));
});
