import { ConflictResolution } from "../../../lib/policy/conflict-resolution";
import { findingLine } from "../../../lib/policy/findings/rule";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { refusal } from "../../helpers/refusal";
import { CORS, statement, TOKEN } from "../statements";
import { documentOf, merged, places, Sections } from "./found";

/* A validation of ours beside what the document does with tokens. */

const jwt = (place = "", content = ""): string => `<validate-jwt ${place}>${content}</validate-jwt>`;
const A = 'header-name="A"';
const B = 'header-name="B"';
const C = 'header-name="C"';
const validation = (...xml: string[]): StatementConfig =>
  statement("validation", xml.join("\n"), PolicySlot.VALIDATION);
const access = (...xml: string[]): StatementConfig => statement("callers", xml.join("\n"), PolicySlot.ACCESS);
const variable = (name: string): string => `output-token-variable-name="${name}"`;
const some = (policy: string): string => `<choose><when condition="@(true)">\n${policy}</when></choose>`;

const found = (sections: Sections, ...ours: StatementConfig[]): string[] =>
  places(
    merged(documentOf(sections), ...ours)
      ._analyze()
      .findings.all(),
  );

describe("the document validates the same token", () => {
  test.each<[string, string, StatementConfig[], boolean]>([
    ["in the same header", jwt(A), [validation(jwt(A))], true],
    ["in another header", jwt(A), [validation(jwt(B))], false],
    ["as the second one of a statement", jwt(B), [validation(jwt(A), jwt(B))], true],
    ["as the second statement", jwt(B), [validation(jwt(A)), { ...validation(jwt(B)), kind: "second" }], true],
    ["as none of a statement", jwt(C), [validation(jwt(A), jwt(B))], false],
    ["where only the gateway knows", jwt('token-value="@(x)"'), [validation(jwt(A))], true],
    ["where only the gateway knows of ours", jwt(A), [validation(jwt('token-value="@(x)"'))], true],
    ["into the same variable", jwt(`${A} ${variable("t")}`), [validation(jwt(`${B} ${variable("t")}`))], true],
    ["into another variable", jwt(`${A} ${variable("t")}`), [validation(jwt(`${B} ${variable("u")}`))], false],
    ["beside a check that reads no token", jwt(A), [validation('<check-header name="A" />')], false],
    ["that a check of the callers reads", jwt(A), [access(jwt(A))], false],
    [
      "that a check in another section reads",
      jwt(A),
      [{ ...validation(jwt(A)), section: PolicySection.OUTBOUND }],
      false,
    ],
  ])("%s", (_, theirs, ours, is) => {
    expect(found({ inbound: theirs }, ...ours)).toEqual(is ? ["4:1 second-token-validation"] : []);
    expect(found({ inbound: some(theirs) }, ...ours)).toEqual(is ? ["5:1 conditional-token-validation"] : []);
    expect(found({ outbound: theirs }, ...ours)).toEqual([]);
    expect(found({ outbound: some(theirs) }, ...ours)).toEqual([]);
  });

  test("but what is not a validation does not", () => {
    expect(found({ inbound: some('<check-header header-name="A" />') }, validation(jwt(A)))).toEqual([]);
  });

  test("and so does a statement of the user, but not the check of the callers", () => {
    const ours = (other: StatementConfig): string[] => found({}, validation(jwt(A)), other);
    expect(ours(statement("raw", jwt(A)))).toEqual(["statement raw:1:1 second-token-validation"]);
    expect(ours(access(jwt(A)))).toEqual([]);
  });
});

describe("claims that a removed validation required", () => {
  const requiring = (...names: string[]): string =>
    jwt(A, `<required-claims>${names.map((name) => `<claim name="${name}" />`).join("")}</required-claims>`);
  const lost = (theirs: Sections, ours: string, ...others: StatementConfig[]): string[] => {
    const document = merged(documentOf(theirs), validation(ours), ...others);
    const { REPLACE_TOKEN_VALIDATION, REPLACE_FORWARDING } = ConflictResolution;
    return document.resolve(REPLACE_TOKEN_VALIDATION, REPLACE_FORWARDING)._analyze().findings.all().map(findingLine);
  };

  test("are named, without those that ours requires", () => {
    expect(lost({ inbound: requiring("roles", "scp", "amr") }, requiring("scp"))).toEqual([
      refusal("required-claims-lost", "4:1 <validate-jwt> ", 'no statement requires: "roles", "amr".'),
    ]);
    expect(lost({ inbound: requiring("roles") }, requiring("scp", "roles"))).toEqual([]);
    expect(lost({ inbound: requiring() }, requiring())).toEqual([]);
    expect(lost({ inbound: jwt(A, "<required-claims><claim /></required-claims>") }, requiring("scp"))).toEqual([]);
    expect(lost({ inbound: jwt(A, '<other name="roles" />') }, requiring("scp"))).toEqual([]);
  });

  test("are those of validations", () => {
    const forward = statement("forward", "<forward-request />", PolicySlot.USER, PolicySection.BACKEND);
    const backend = '<other><claim name="roles" /></other>';
    expect(lost({ backend }, jwt(B), forward)).toEqual([]);
  });
});

describe("Authorization that the document sets", () => {
  const set = '<set-header name="Authorization"><value>x</value></set-header>';

  test.each<[string, string, StatementConfig[], string[]]>([
    ["after the validation", `<base />\n${set}`, [validation(jwt())], ["4:1"]],
    ["right after the validation", `<base />${set}`, [validation(jwt())], ["3:9"]],
    ["before the validation", `${set}<base />`, [validation(jwt())], []],
    [
      "in the line before the validation, further to the right",
      `<trace /><trace />${set}\n<base />`,
      [validation(jwt())],
      [],
    ],
    ["for some requests", `<base />\n<choose><otherwise>${set}</otherwise></choose>`, [validation(jwt())], ["4:20"]],
    ["for another request", `<base />\n<send-request mode="new">${set}</send-request>`, [validation(jwt())], []],
    ["after a validation of another header", `<base />\n${set}`, [validation(jwt(A))], []],
    ["after two validations, of which one reads it", `<base />\n${set}`, [validation(jwt(A), jwt())], ["4:1"]],
    ["after a validation that may read it", `<base />\n${set}`, [validation(jwt('token-value="@(x)"'))], ["4:1"]],
    ["after the check of the callers", `${set}<base />`, [access(jwt())], ["3:1"]],
    ["after what checks no token", `<base />\n${set}`, [validation('<check-header name="A" />')], []],
    ["after what is no check", `<base />\n${set}`, [statement("raw", jwt())], []],
  ])("%s", (_, inbound, ours, expected) => {
    const xml = `<policies>\n<inbound>\n${inbound}\n</inbound>\n</policies>`;
    expect(
      places(
        merged(xml, ...ours)
          ._analyze()
          .findings.all(),
      ),
    ).toEqual(expected.map((place) => `${place} token-set-after-validation`));
  });

  test("names the statement", () => {
    const [line] = merged(documentOf({ inbound: set }), validation(jwt(A)), access(jwt()))
      ._analyze()
      .findings.all();
    expect(findingLine(line)).toEqual(refusal("token-set-after-validation", "<set-header>", '"callers"'));
  });

  test("in a statement is the user's intent", () => {
    expect(found({}, validation(jwt()), statement("raw", set))).toEqual([]);
  });
});

describe("an answer that comes before a check", () => {
  const answered = (inbound: string, ...ours: StatementConfig[]): string[] =>
    places(
      merged(`<policies>\n<inbound>\n${inbound}\n</inbound>\n</policies>`, ...ours)
        ._analyze()
        .findings.all(),
    );
  const cache = "<cache-lookup />";

  test.each<[string, string, StatementConfig[], string[]]>([
    ["in the same line", `${cache}<base />`, [validation(jwt())], ["3:1"]],
    ["in the line before, further to the right", `<trace /><trace />${cache}\n<base />`, [validation(jwt())], ["3:19"]],
    ["is not one right after it", `<base />${cache}`, [validation(jwt())], []],
    ["is not one in the next line, further to the left", `<trace /><base />\n${cache}`, [validation(jwt())], []],
    ["whatever is checked", `${cache}<base />`, [validation('<check-header name="A" />')], ["3:1"]],
    ["is not one before what checks nothing", `${cache}<base />`, [statement("raw", "<trace />")], []],
    ["is not one after the check of the callers", `${cache}<base />`, [access(jwt())], []],
    [
      "is not one for another request",
      `<send-request mode="new">${cache}</send-request><base />`,
      [validation(jwt())],
      [],
    ],
  ])("%s", (_, inbound, ours, expected) => {
    expect(answered(inbound, ...ours)).toEqual(expected.map((place) => `${place} answered-before-check`));
  });

  test("names the check that comes later", () => {
    const document = merged(
      `<policies><inbound>${cache}<base /></inbound></policies>`,
      access(jwt()),
      validation(jwt(A)),
    );
    expect(document._analyze().findings.all().map(findingLine)).toEqual([
      refusal("answered-before-check", "1:20 <cache-lookup> ", '"validation"', "Move <cache-lookup> after <base />"),
    ]);
  });

  test("in a statement is the user's intent", () => {
    expect(found({}, statement("raw", cache), validation(jwt()), CORS)).toEqual([]);
  });
});

describe("Authorization that the document computed and the merge removes", () => {
  const set = (value: string): string => `<set-header name="Authorization"><value>${value}</value></set-header>`;
  const removed = (inbound: string, ...ours: StatementConfig[]): string[] =>
    places(
      merged(documentOf({ inbound }), TOKEN, ...ours)
        .resolve(ConflictResolution.REPLACE_AUTHORIZATION)
        ._analyze()
        .findings.all(),
    );
  const session = set('@((string)context.Variables["session"])');
  const identity = (name: string): string => `<authentication-managed-identity resource="a" ${variable(name)} />`;

  test.each<[string, string, StatementConfig[], string[]]>([
    ["from a variable", session, [validation(jwt())], ["4:1 token-not-set"]],
    ["in a block of code", set('@{ return ""; }'), [validation(jwt())], ["4:1 token-not-set"]],
    [
      "in code, of which a part may be read",
      set("Bearer @(context.RequestId)"),
      [validation(jwt())],
      ["4:1 token-not-set"],
    ],
    ["but not from a text", set("a@contoso.com"), [validation(jwt())], []],
    [
      "but not as a password",
      '<authentication-basic username="@(context.User.Id)" password="{{p}}" />',
      [validation(jwt())],
      [],
    ],
    ["while one of two validations reads it", session, [validation(jwt(A), jwt())], ["4:1 token-not-set"]],
    [
      "while one of two statements reads it",
      session,
      [validation(jwt(A)), { ...validation(jwt()), kind: "b" }],
      ["4:1 token-not-set"],
    ],
    ["while nothing of ours reads it", session, [validation(jwt(A))], []],
    ["while nothing of ours validates", session, [], []],
    [
      "from a variable of no identity",
      `${session}\n<cache-lookup-value key="k" ${variable("session")} />`,
      [validation(jwt())],
      ["4:1 token-not-set"],
    ],
    [
      "from a variable of another identity",
      `${session}\n${identity("other")}`,
      [validation(jwt())],
      ["4:1 token-not-set"],
    ],
    [
      "but not from the variable of an identity",
      `${session}\n${identity("session")}`,
      [validation(jwt())],
      ["5:1 identity-token-unused"],
    ],
    [
      "but not from the variable of one of two identities",
      `${session}\n${identity("session")}\n${identity("b")}`,
      [validation(jwt())],
      ["5:1 identity-token-unused"],
    ],
  ])("%s", (_, inbound, ours, expected) => {
    expect(removed(inbound, ...ours)).toEqual(expected);
  });
});

describe("the variable of what is removed", () => {
  const { REPLACE_TOKEN_VALIDATION, REPLACE_AUTHORIZATION } = ConflictResolution;
  const lost = (inbound: string, ...ours: StatementConfig[]): string[] =>
    places(
      merged(documentOf({ inbound }), ...ours)
        .resolve(REPLACE_TOKEN_VALIDATION)
        ._analyze()
        .findings.all(),
    );
  const read = (name: string): string => `<trace>@(context.Variables["${name}"])</trace>`;

  test.each<[string, string, string, string[]]>([
    ["is lost", jwt(variable("jwt")), read("jwt"), ["4:1 token-variable-lost"]],
    [
      "is lost, with a name of many characters",
      jwt(variable("my.jwt-1_a")),
      read("my.jwt-1_a"),
      ["4:1 token-variable-lost"],
    ],
    ["is not read if another one is", jwt(variable("jwt")), read("jwt2"), []],
    ["is not read if only a part of a name is the same", jwt(variable("jwt")), read("my-jwt"), []],
    ["is not there", jwt(), read("undefined"), []],
  ])("%s", (_, theirs, reader, expected) => {
    expect(lost(`${theirs}\n${reader}`, validation(jwt()))).toEqual(expected);
  });

  test("is not lost if any statement sets it", () => {
    const theirs = `${jwt(variable("jwt"))}\n${read("jwt")}`;
    const sets = statement("raw", `<trace />\n<authentication-managed-identity resource="a" ${variable("jwt")} />`);
    expect(lost(theirs, validation(jwt()), sets)).toEqual([]);
    const reads = statement("raw", read("jwt"));
    expect(lost(jwt(variable("jwt")), validation(jwt()), reads)).toEqual(["4:1 token-variable-lost"]);
  });

  test("of an identity is used where anything else reads it", () => {
    const unused = (identity: string, rest = "", ...ours: StatementConfig[]): string[] => {
      const set = '<set-header name="Authorization"><value>@((string)context.Variables["msi"])</value></set-header>';
      const document = merged(documentOf({ inbound: `${identity}\n${set}${rest}` }), TOKEN, ...ours);
      return places(document.resolve(REPLACE_AUTHORIZATION)._analyze().findings.all());
    };
    const identity = `<authentication-managed-identity resource="a" ${variable("msi")} />`;
    expect(unused(identity)).toEqual(["4:1 identity-token-unused"]);
    expect(unused(some(identity))).toEqual(["5:1 identity-token-unused"]);
    expect(unused(identity, read("msi"))).toEqual([]);
    expect(unused(identity, "", statement("raw", read("msi")))).toEqual([]);
    expect(unused(identity, read("msi2"))).toEqual(["4:1 identity-token-unused"]);
    expect(unused(`<cache-lookup-value key="k" ${variable("msi")} />`)).toEqual([]);
    expect(unused(`<authentication-managed-identity resource="a" ${variable("other")} />`)).toEqual([]);
    const outbound = merged(
      documentOf({
        inbound: '<set-header name="Authorization"><value>@("msi")</value></set-header>',
        outbound: identity,
      }),
      TOKEN,
    );
    expect(places(outbound.resolve(REPLACE_AUTHORIZATION)._analyze().findings.all())).toEqual([]);
  });
});
