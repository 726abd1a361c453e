import { Fn, Token } from "cdktf";
import { ConflictResolution, PolicyDocument, PolicySection, PolicyStatement } from "cdktf-secure-apim-backend";
import { findingLine } from "../../../lib/policy/findings/rule";
import { inSection } from "../../../lib/policy/statement";
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
