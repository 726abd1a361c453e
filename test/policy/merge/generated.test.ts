import { Fn, Token } from "cdktf";
import { ConflictResolution, PolicyDocument, PolicySection, PolicyStatement } from "cdktf-secure-apim-backend";
import { findingLine } from "../../../lib/policy/findings/rule";
import { inSection, PolicySlot } from "../../../lib/policy/statement";
import { MergePlan, planMerge } from "../../../lib/policy/merge/merge";
import * as merge from "../../../lib/policy/merge/merge";

const reference = (): string => Token.asString(Fn.upper("a"));

const plans = jest.spyOn(merge, "planMerge");

beforeEach(() => void plans.mockClear());

function headers(...values: string[]): PolicyDocument {
  const xml = values.map((value) => `<set-header name="X-A">\n  <value>${value}</value>\n</set-header>`).join("\n");
  return PolicyDocument._of(inSection(PolicySection.INBOUND, "raw", xml));
}

test("a document that differs from an earlier one in tokens alone is not examined again, and merged as if it were", () => {
  headers(reference())._analyze();
  expect(plans).toHaveBeenCalledTimes(1);
  const again = headers(reference())._analyze();
  expect(plans).toHaveBeenCalledTimes(1);
  const plan = planMerge(again.target, again.inserted, examined());
  const comparable = ({ findings, merged, elements: _, ...others }: MergePlan): unknown => [
    findings.all(),
    merged.text,
    others,
  ];
  expect(comparable(again)).toEqual(comparable(plan));
  expect(again.elements).toBeUndefined();
});

/** The resolutions with which the last document was examined. */
function examined() {
  return plans.mock.calls[0][2];
}

test("which tokens are the same is part of the shape", () => {
  const [a, b] = [reference(), reference()];
  [headers(a, a), headers(a, b), headers(b, b), headers(b, a)].forEach((document) => document._analyze());
  expect(plans).toHaveBeenCalledTimes(2);
});

test("a literal that looks like what stands for a token is another document", () => {
  const document = headers(`${reference()}`);
  document._analyze();
  headers("${0}")._analyze();
  headers("0")._analyze();
  expect(plans.mock.calls.length).toBeGreaterThanOrEqual(2);
});

test("a document with other resolutions is examined", () => {
  headers("b").resolve(ConflictResolution.KEEP_BACKEND)._analyze();
  headers("b").resolve(ConflictResolution.REPLACE_BACKEND)._analyze();
  headers("b").resolve(ConflictResolution.KEEP_BACKEND)._analyze();
  expect(plans).toHaveBeenCalledTimes(2);
});

test("a document with findings is examined each time, and its findings name its own places", () => {
  const document = (): PolicyDocument =>
    PolicyDocument.of(
      PolicyStatement.raw(PolicySection.INBOUND, '<set-header name="X-Api-Key"><value>abc</value></set-header>'),
    );
  const [first, second] = [document()._analyze(), document()._analyze()];
  expect(first.findings.count).toBeGreaterThan(0);
  expect(second.findings.all().map(findingLine)).toEqual(first.findings.all().map(findingLine));
  expect(plans).toHaveBeenCalledTimes(2);
});

describe("a document whose statements are not all in it is examined each time", () => {
  test("because one takes the place of <base /> in the backend section", () => {
    const retry = (): PolicyDocument => PolicyDocument.of(PolicyStatement.forwardRequest({ timeoutSeconds: 7 }));
    expect(retry().toXml()).toContain("<backend>\n    <forward-request");
    expect(retry().toXml()).toBe(retry().toXml());
    expect(plans).toHaveBeenCalledTimes(3);
  });

  test("because a resolution omits one", () => {
    const cors = PolicyStatement.cors({ allowedOrigins: ["https://contoso.com"] });
    const theirs = PolicyStatement.raw(
      PolicySection.INBOUND,
      "<cors><allowed-origins><origin>*</origin></allowed-origins></cors>",
    );
    const document = (): PolicyDocument => PolicyDocument.of(theirs, cors).resolve(ConflictResolution.KEEP_CORS);
    expect(document()._analyze().findings.all()).toEqual([]);
    expect(document().toXml()).toBe(document().toXml());
    expect(document().toXml()).not.toContain("https://contoso.com");
  });
});

describe("the name of a backend whose reference is a token", () => {
  const TOKEN = reference();
  const routed = (theirs: string, backendName?: string, id = TOKEN): string[] =>
    PolicyDocument._of(
      {
        section: PolicySection.INBOUND,
        slot: PolicySlot.ROUTING,
        kind: "route",
        xml: `<set-backend-service backend-id="${id}" />`,
        backendName,
      },
      inSection(
        PolicySection.INBOUND,
        "raw",
        `<choose><when condition="@(true)"><set-backend-service backend-id="${theirs}" /></when></choose>`,
      ),
    )
      ._analyze()
      .findings.all()
      .map(({ id: found }) => found);

  test("is part of the shape where another statement has it, too", () => {
    expect(routed("orders", "orders")).toEqual([]);
    expect(routed("orders", "stock")).toEqual(["backend-already-chosen"]);
    expect(routed("orders", "orders")).toEqual([]);
    expect(plans).toHaveBeenCalledTimes(2);
  });

  test("is no part of it where none has it", () => {
    const route = (backendName: string): PolicyDocument =>
      PolicyDocument._of({
        section: PolicySection.INBOUND,
        slot: PolicySlot.ROUTING,
        kind: "route",
        xml: `<set-backend-service backend-id="${reference()}" />`,
        backendName,
      });
    ["orders", "stock", "parts"].forEach((name) => route(name)._analyze());
    expect(plans).toHaveBeenCalledTimes(1);
  });

  test("is known, or not", () => {
    expect(routed(TOKEN)).toEqual([]);
    expect(routed(TOKEN, "orders")).toEqual(["backend-already-chosen"]);
  });
});

test("a hundred shapes are remembered, and no more", () => {
  const analyze = (text: string): unknown => headers(text)._analyze();
  analyze("first");
  analyze("first");
  expect(plans).toHaveBeenCalledTimes(1);
  for (let index = 0; index < 100; index++) analyze(`text ${index}`);
  analyze("first");
  expect(plans).toHaveBeenCalledTimes(102);
});
