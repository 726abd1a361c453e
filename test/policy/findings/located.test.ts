import { findInValues, locatedInDocument, locatedInStatement, valuesOf } from "../../../lib/policy/findings/located";
import { scan } from "../../../lib/policy/syntax/scanner";
import { statement } from "../statements";

/* What rules look at in a policy: its attributes and its texts. */

const POLICY = `<trace a="1" b="&lt;2">&amp;3<c d="4">5</c> 6 <e />7</trace>`;
const VALUES = [
  { name: "a", value: "1" },
  { name: "b", value: "<2" },
  { name: "trace", value: "&3" },
  { name: "trace", value: " 6 " },
  { name: "trace", value: "7" },
];

describe("the values of a policy", () => {
  const tree = scan(`<policies><inbound>${POLICY}</inbound></policies>`);
  const [trace, c, e] = locatedInDocument(tree);

  test("are its attributes and its texts, decoded, without those of what is in it", () => {
    expect(valuesOf(tree, trace)).toEqual(VALUES);
    expect(valuesOf(tree, c)).toEqual([
      { name: "d", value: "4" },
      { name: "c", value: "5" },
    ]);
    expect(valuesOf(tree, e)).toEqual([]);
  });

  test("are the same in a statement", () => {
    const [located] = locatedInStatement(statement("raw", POLICY));
    expect(valuesOf(tree, located)).toEqual(VALUES);
  });

  test("are looked at until something is found", () => {
    const seen: string[] = [];
    const found = findInValues(tree, trace, (_, value) => {
      seen.push(value);
      return value === " 6 " ? value : undefined;
    });
    expect([found, seen]).toEqual([" 6 ", ["1", "<2", "&3", " 6 "]]);
  });
});

describe("what is in it is not about the request to the backend", () => {
  const asides = (content: string): string[] =>
    locatedInStatement(statement("raw", content))
      .filter(({ aside }) => aside)
      .map(({ name }) => name);

  test.each([
    "send-request",
    "send-one-way-request",
    "return-response",
    "mock-response",
    "set-body",
    "value",
    "message",
    "xsl-transform",
  ])("<%s>", (name) => {
    expect(asides(`<choose><${name}><a><b /></a></${name}></choose>`)).toEqual(["a", "b"]);
  });

  test.each(["choose", "when", "otherwise", "retry", "wait", "limit-concurrency", "set-header"])(
    "unlike in <%s>",
    (name) => {
      expect(asides(`<choose><${name}><a><b /></a></${name}></choose>`)).toEqual([]);
    },
  );
});
