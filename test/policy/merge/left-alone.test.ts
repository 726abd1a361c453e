import { ConflictResolution } from "../../../lib/policy/conflict-resolution";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { CORS, ROUTE, statement, TOKEN, VALIDATION } from "../statements";

const { REPLACE_BACKEND, KEEP_BACKEND, KEEP_CORS, REPLACE_TOKEN_VALIDATION } = ConflictResolution;

const analyzed = (xml: string, statements: StatementConfig[], ...resolutions: ConflictResolution[]) =>
  PolicyDocument.fromXml(xml)
    .merge(PolicyDocument._of(...statements))
    .resolve(...resolutions)
    ._analyze();

const inbound = (content: string): string => `<policies>\n<inbound>${content}</inbound>\n</policies>`;
const OLD_BACKEND = '<set-backend-service base-url="https://old" />';
const OLD_ROUTE = '<set-backend-service id="secure-apim-backend-route-12345678" />';

describe("a document that cannot be merged into is left as it is, and nothing is inserted", () => {
  test.each<[string, string, StatementConfig[], string[]]>([
    ["without a root", "<!-- nothing -->", [ROUTE], ["root-missing"]],
    ["whose root is a fragment", "<fragment />", [ROUTE], ["root-is-fragment"]],
    ["without the section", "<policies />", [ROUTE], ["section-missing"]],
    [
      "whose text would become code without what an earlier merge inserted",
      inbound(`a${OLD_ROUTE}@(b < c)`),
      [ROUTE],
      ["read-differently"],
    ],
    [
      "whose text would become code without what a resolution removes",
      inbound(`a${OLD_BACKEND}@(b < c)`),
      [ROUTE],
      ["read-differently"],
    ],
    [
      "in whose code the inserted text would be",
      inbound('<trace source="@(" />'),
      [statement("raw", '<trace source="@("x")" />')],
      ["read-differently"],
    ],
  ])("%s", (_, xml, statements, ids) => {
    const { insertions, edits, merged, inserted, findings } = analyzed(xml, statements, REPLACE_BACKEND);
    expect({ insertions, edits, text: merged.text, inserted, ids: findings.all().map(({ id }) => id) }).toEqual({
      insertions: [],
      edits: [],
      text: xml,
      inserted: statements,
      ids,
    });
  });

  test("and what else contradicts in it is said, too", () => {
    const xml = inbound(`${OLD_BACKEND}<trace source="@(" />`);
    const { findings } = analyzed(xml, [statement("raw", '<trace source="@("x")" />'), ROUTE]);
    expect(findings.all().map(({ id, line, column }) => `${id} ${line}:${column}`)).toEqual([
      "read-differently 2:77",
      "backend-already-chosen 2:10",
    ]);
  });
});

describe("the policies of a document are those that the merge leaves in it", () => {
  const namesIn = (document: PolicyDocument): string[] => document._elements().map(({ name }) => name);
  const merged = (xml: string, ...statements: StatementConfig[]): PolicyDocument =>
    PolicyDocument.fromXml(xml).merge(PolicyDocument._of(...statements));

  test("without what a resolution removes", () => {
    const document = merged(inbound(`<base />${OLD_BACKEND}`), ROUTE).resolve(REPLACE_BACKEND);
    expect(document._elements().map(({ name, statement: of }) => [name, of?.kind])).toEqual([
      ["base", undefined],
      ["set-backend-service", "route"],
    ]);
  });

  test("without a statement that a resolution omits", () => {
    const document = merged(inbound("<cors /><base />"), CORS).resolve(KEEP_CORS);
    expect(namesIn(document)).toEqual(["cors", "base"]);
    expect(document._analyze().inserted).toEqual([]);
  });

  test("without what an earlier merge inserted and this one replaces", () => {
    const document = merged(inbound(`<base />${OLD_ROUTE}`), ROUTE);
    expect(namesIn(document)).toEqual(["base", "set-backend-service"]);
  });

  test("with what is kept, beside the token that it receives", () => {
    const document = merged(inbound(`<base />${OLD_BACKEND}`), ROUTE, TOKEN).resolve(KEEP_BACKEND);
    expect(namesIn(document)).toEqual(["base", "set-backend-service", "authentication-managed-identity"]);
  });
});

test("what is lost with a removed policy is said at its place in the document", () => {
  const validation =
    '<validate-jwt header-name="Authorization"><required-claims><claim name="roles" /></required-claims></validate-jwt>';
  const { findings } = analyzed(inbound(`\n<base />\n  ${validation}\n`), [VALIDATION], REPLACE_TOKEN_VALIDATION);
  expect(findings.all().map(({ id, source, line, column }) => ({ id, source, line, column }))).toEqual([
    { id: "required-claims-lost", source: "policy document", line: 4, column: 3 },
  ]);
});

test("what computes a header that a statement validates is looked for in the text that is removed", () => {
  const computed = (value: string): string =>
    inbound(`\n<set-header name="Authorization"><value>${value}</value></set-header>\n<base />\n`);
  const idsIn = (value: string): string[] =>
    analyzed(computed(value), [VALIDATION, TOKEN], ConflictResolution.REPLACE_AUTHORIZATION)
      .findings.all()
      .map(({ id }) => id);
  expect(idsIn('@(context.Request.Headers["Cookie"])')).toEqual(["token-not-set"]);
  expect(idsIn("abc")).toEqual([]);
  // The code is in the header that stays.
  const beside = inbound(
    '\n<set-header name="Authorization"><value>abc</value></set-header>\n<set-header name="X-A"><value>@(1)</value></set-header>\n<base />\n',
  );
  expect(
    analyzed(beside, [VALIDATION, TOKEN], ConflictResolution.REPLACE_AUTHORIZATION)
      .findings.all()
      .map(({ id }) => id),
  ).toEqual([]);
});

test("each insertion is told with its section, its elements and its place, and a section that is missing takes none", () => {
  const outbound = statement("raw", "<trace />\n<trace />", PolicySlot.USER, PolicySection.OUTBOUND);
  const xml = "<policies>\n<inbound />\n<outbound>\n<base />\n</outbound>\n</policies>";
  expect(analyzed(xml, [ROUTE, outbound, TOKEN]).insertions).toEqual([
    { statement: "route", elements: ["set-backend-service"], section: "inbound", line: 2, column: 12 },
    { statement: "token", elements: ["authentication-managed-identity"], section: "inbound", line: 2, column: 12 },
    { statement: "raw", elements: ["trace", "trace"], section: "outbound", line: 4, column: 9 },
  ]);
});
