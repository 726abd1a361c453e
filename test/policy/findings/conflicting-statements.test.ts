import { ConflictResolution } from "../../../lib/policy/conflict-resolution";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { CORS, IDENTITY, RETRY, ROUTE, statement, TOKEN, VALIDATION } from "../statements";
import { documentOf, found, merged, places } from "./found";

/* What is a conflict depends on both sides, and so does what can be done. */

const { KEEP_BACKEND, KEEP_FORWARDING, REPLACE_BACKEND, REPLACE_FORWARDING } = ConflictResolution;

const chooses = (backend: string): string => `<set-backend-service ${backend} />`;
const route = (backend: string, backendName?: string): StatementConfig => ({
  ...statement("route", chooses(backend), PolicySlot.ROUTING),
  backendName,
});

/** A choice between backends, each with its token. */
function branches(...backends: string[]): StatementConfig {
  const token = '<authentication-managed-identity resource="orders" />';
  const whens = backends.map((backend) => `<when condition="@(true)">${backend}${token}</when>`);
  return statement("branches", `<choose>${whens.join("")}</choose>`, PolicySlot.TOKEN);
}

/** The conflicts of a document's policy in inbound with statements. */
const conflicts = (inbound: string, ...ours: StatementConfig[]): string[] =>
  found(
    merged(documentOf({ inbound }), ...ours)
      ._analyze()
      .findings.all(),
  ).map((line) => line.replace(/^4:1, /, "").replace(/ at \d+:\d+/, ""));

describe("a backend that the document chooses", () => {
  const REPLACE = "REPLACE_BACKEND";
  const BOTH = "REPLACE_BACKEND, KEEP_BACKEND";

  test.each<[string, string, StatementConfig[], string[]]>([
    ["the same", 'backend-id="orders"', [ROUTE, TOKEN], []],
    ["another", 'backend-id="other"', [ROUTE, TOKEN], [`backend-already-chosen, route, ${BOTH}`]],
    ["an address", 'base-url="https://a"', [ROUTE, TOKEN], [`backend-already-chosen, route, ${BOTH}`]],
    [
      "an address beside an address",
      'base-url="https://a"',
      [route('base-url="https://a"')],
      [`backend-already-chosen, route, ${BOTH}`],
    ],
    ["the one of a reference", 'backend-id="orders"', [route('backend-id="${ref}"', "orders")], []],
    [
      "another than the one of a reference",
      'backend-id="${ref}"',
      [route('backend-id="${ref}"', "orders")],
      [`backend-already-chosen, route, ${BOTH}`],
    ],
    [
      "the only one of all branches",
      'backend-id="a"',
      [branches(chooses('backend-id="a"'), chooses('backend-id="a"'))],
      [],
    ],
    [
      "the one of one branch",
      'backend-id="a"',
      [branches(chooses('backend-id="a"'), chooses('backend-id="b"'))],
      [`backend-already-chosen, branches, ${REPLACE}`],
    ],
    [
      "one beside branches of which one has none",
      'backend-id="b"',
      [branches("", chooses('backend-id="a"'))],
      [`backend-already-chosen, branches, ${REPLACE}`],
    ],
    [
      "one beside tokens for the API's own address",
      'backend-id="a"',
      [branches("", "")],
      [`token-for-other-backend, branches, ${BOTH}`],
    ],
    ["one beside no token", 'backend-id="a"', [VALIDATION], []],
  ])("is %s", (_, theirs, ours, expected) => {
    expect(conflicts(chooses(theirs), ...ours)).toEqual(expected);
  });

  test("is kept with a warning where a token goes to it", () => {
    const kept = (inbound: string, ...ours: StatementConfig[]): string[] =>
      places(
        merged(documentOf({ inbound }), ...ours)
          .resolve(KEEP_BACKEND)
          ._analyze()
          .findings.all(),
      );
    const other = chooses('backend-id="other"');
    expect(kept(other, ROUTE, TOKEN)).toEqual(["4:1 backend-kept"]);
    expect(kept(other, TOKEN)).toEqual(["4:1 backend-kept"]);
    expect(kept(other, ROUTE)).toEqual([]);
    expect(kept("", statement("raw", other), ROUTE, TOKEN)).toEqual([]);
    expect(kept(`<send-request mode="new">${other}</send-request>`, ROUTE, TOKEN)).toEqual([]);
    expect(kept("<trace />", ROUTE, TOKEN)).toEqual([]);
    expect(conflicts(chooses('backend-id="orders"'), ROUTE, TOKEN)).toEqual([]);
  });

  test("replaces all that the library would choose, once it is kept", () => {
    const both = [ROUTE, { ...ROUTE, kind: "route-again" }];
    const kept = merged(documentOf({ inbound: chooses('backend-id="other"') }), ...both).resolve(KEEP_BACKEND);
    expect(kept.toXml()).toBe(documentOf({ inbound: chooses('backend-id="other"') }));
  });

  test("is not kept in the place of branches, which carry the tokens", () => {
    const ours = branches(chooses('backend-id="a"'), chooses('backend-id="b"'));
    const document = merged(documentOf({ inbound: chooses('backend-id="a"') }), ours).resolve(KEEP_BACKEND);
    expect(places(document._analyze().findings.all())).toEqual(["4:1 backend-already-chosen", "4:1 backend-kept"]);
  });
});

describe("of two statements that do the same, the later one is said to contradict the earlier one", () => {
  const own = (...statements: StatementConfig[]): string[] =>
    found(
      PolicyDocument._of(...statements)
        ._analyze()
        .findings.all(),
    );

  test.each<[string, StatementConfig[], string[]]>([
    [
      "ways of forwarding",
      [RETRY, { ...RETRY, kind: "again" }],
      ["statement again:1:1, backend-section-occupied, retry at 6:13"],
    ],
    ["cors", [CORS, { ...CORS, kind: "again" }], ["statement again:1:1, second-cors, cors at 2:12"]],
    [
      "validations",
      [VALIDATION, { ...VALIDATION, kind: "again" }],
      ["statement again:1:1, second-token-validation, require-entra-token at 3:13"],
    ],
    ["backends", [ROUTE, route('backend-id="b"')], ["statement route:1:1, backend-already-chosen, route at 3:13"]],
    ["the same backend", [ROUTE, route('backend-id="orders"')], []],
    [
      "tokens, and what sets one",
      [TOKEN, statement("raw", '<authentication-basic username="u" password="{{p}}" />')],
      ["statement raw:1:1, authorization-already-set, token at 3:13, KEEP_AUTHORIZATION"],
    ],
    [
      "tokens, and what sets one before",
      [statement("raw", '<authentication-basic username="u" password="{{p}}" />'), TOKEN],
      ["statement raw:1:1, authorization-already-set, token at 3:13, KEEP_AUTHORIZATION"],
    ],
    ["caller headers of the library's own", [IDENTITY, TOKEN], []],
    [
      "inherited caller headers of the library's own",
      [{ ...IDENTITY, kind: "forward-inherited-caller-identity" }, TOKEN],
      [],
    ],
    [
      "caller headers of another statement",
      [{ ...IDENTITY, kind: "raw" }, TOKEN],
      ["statement raw:1:1, caller-header-set, token at 3:13"],
    ],
  ])("%s", (_, statements, expected) => {
    expect(own(...statements)).toEqual(expected);
  });
});

describe("what the document forwards", () => {
  const backend = '<retry condition="@(true)" count="1" interval="1"><forward-request /></retry>';

  test.each<[string, StatementConfig[], string[]]>([
    ["nothing that forwards", [TOKEN], []],
    [
      "another way of forwarding",
      [RETRY],
      ["6:1, backend-section-occupied, retry at 6:78, REPLACE_FORWARDING, KEEP_FORWARDING"],
    ],
  ])("beside %s", (_, ours, expected) => {
    expect(
      found(
        merged(documentOf({ backend }), ...ours)
          ._analyze()
          .findings.all(),
      ),
    ).toEqual(expected);
  });

  test("is kept or replaced as a whole", () => {
    const document = merged(documentOf({ backend }), RETRY);
    expect(document.resolve(KEEP_FORWARDING).toXml()).toBe(documentOf({ backend }));
    expect(document.resolve(REPLACE_FORWARDING).toXml()).toBe(
      merged(documentOf({ backend: "%" }).replace("%\n", ""), RETRY).toXml(),
    );
  });

  test("is not what a statement of another section replaces", () => {
    const outbound = statement("raw", "<trace />", PolicySlot.ROUTING, PolicySection.OUTBOUND);
    const document = merged(documentOf({ inbound: chooses('backend-id="b"'), backend }), outbound);
    expect(places(document.resolve(REPLACE_BACKEND)._analyze().findings.all())).toEqual([]);
  });
});

describe("a validation of the document can be kept", () => {
  test.each<[string, StatementConfig[], string]>([
    ["instead of ours", [VALIDATION], ", KEEP_TOKEN_VALIDATION"],
    ["beside other headers", [VALIDATION, { ...IDENTITY, kind: "raw" }], ", KEEP_TOKEN_VALIDATION"],
    ["but not where the identity headers need ours", [VALIDATION, IDENTITY], ""],
  ])("%s", (_, ours, keep) => {
    expect(conflicts("<validate-jwt />", ...ours)).toEqual([
      `second-token-validation, require-entra-token, REPLACE_TOKEN_VALIDATION${keep}`,
    ]);
  });

  test("and the identity headers need no cors of ours", () => {
    const document = merged(documentOf({}).replace("<inbound>", "<inbound><cors />"), CORS, VALIDATION, IDENTITY);
    expect(found(document._analyze().findings.all())).toEqual([
      "2:10, second-cors, cors at 2:10, REPLACE_CORS, KEEP_CORS",
    ]);
  });
});
