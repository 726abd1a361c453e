import { findingsOf } from "../../../lib/policy/findings/findings";
import { examine, findingList, PolicyFinding } from "../../../lib/policy/findings/rule";
import {
  CONFLICT_RULES,
  MERGED_RULES,
  RESULT_RULES,
  ROOT_RULES,
  SECTION_RULES,
  UNREADABLE_RULES,
} from "../../../lib/policy/findings/rules";
import { scan } from "../../../lib/policy/syntax/scanner";
import { TOKEN } from "../statements";
import { places } from "./found";

/* Findings as a message lists them. */

const finding = (line: number, source = ""): PolicyFinding => ({
  source,
  line,
  column: 2,
  id: "some-id",
  severity: "warning",
  message: "It is so.",
  resolutions: ["write this", "write that"],
});
const line = (place: string): string => `- ${place} It is so. Write this; or write that. (some-id)\n`;

describe("a list of findings", () => {
  test("names what is in another document or in a statement", () => {
    expect(findingList([finding(1), finding(3, "statement raw")])).toBe(line("1:2") + line("statement raw:3:2"));
    expect(findingList([finding(1, "a.xml"), finding(3, "b.xml")], "a.xml")).toBe(line("1:2") + line("b.xml:3:2"));
  });

  test.each([
    [0, 0, ""],
    [19, 19, ""],
    [20, 20, ""],
    [21, 20, "- and 1 more\n"],
    [50, 20, "- and 30 more\n"],
  ])("of %i names %i, and says how many more there are", (many, shown, more) => {
    const list = findingList(Array.from({ length: many }, (_, index) => finding(index)));
    expect(list).toBe(Array.from({ length: shown }, (_, index) => line(`${index}:2`)).join("") + more);
  });
});

describe("why nothing can be merged into a document that would be read differently", () => {
  const BROKEN = '<a b="@(x["y="")" />';
  const document = (content: string): string => `\n<policies><inbound>${content}</inbound></policies>`;

  test.each([
    ["is code that is broken", document(BROKEN), ["2:26 broken-code-hides-ends"]],
    ["is the first code that is broken", document(BROKEN + BROKEN), ["2:26 broken-code-hides-ends"]],
    ["is the document itself, where no code is broken", document(""), ["2:1 read-differently"]],
    ["is a document without an element, too", "<!-- a -->", ["1:1 read-differently"]],
  ])("%s", (_, xml, expected) => {
    expect(places(findingsOf(UNREADABLE_RULES, examine(scan(xml), [])))).toEqual(expected);
  });

  test("is said at the first place where something is inserted", () => {
    const at = { line: 2, column: 20, statement: "token", section: "inbound", elements: [] };
    const insertions = new Map([
      [TOKEN, at],
      [{ ...TOKEN }, { ...at, column: 30 }],
    ]);
    const examined = examine(scan(document("")), [TOKEN], { insertions });
    expect(places(findingsOf(UNREADABLE_RULES, examined))).toEqual(["2:20 read-differently"]);
  });
});

test("of what is found beside contradictions in a merged document, only this prevents the merge", () => {
  const ofSeverity = (severity: string): string[] =>
    MERGED_RULES.filter((rule) => rule.severity === severity).map(({ id }) => id);
  expect(ofSeverity("conflict")).toEqual(["identity-error-ignored", "token-replaced-later", "limit-repeated"]);
  expect(ofSeverity("warning")).toHaveLength(MERGED_RULES.length - 3);
});

test("what is wrong in the structure, contradictory or unreadable always prevents it", () => {
  const all = [...ROOT_RULES, ...SECTION_RULES, ...CONFLICT_RULES, ...RESULT_RULES, ...UNREADABLE_RULES];
  expect(all.filter(({ severity }) => severity !== "conflict").map(({ id }) => id)).toEqual([]);
});
