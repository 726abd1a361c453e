import { findingLine } from "../../../lib/policy/findings/rule";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { refusal } from "../../helpers/refusal";
import { statement } from "../statements";
import { documentOf, places } from "./found";

/* A secret that stands in a policy is found by the name of what it is given to, or by what it looks like. */

const NAME = "its name suggests one";
const RANDOM = "it looks like random characters";
const KEY = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5";
const TOKEN = "sk-live_51HqLyjWDarjtT1zdp7dc";

const lines = (inbound: string): string[] =>
  PolicyDocument.fromXml(documentOf({ inbound }))._analyze().findings.all().map(findingLine);

const header = (name: string, value: string): string =>
  `<set-header name="${name}"><value>${value}</value></set-header>`;
const variable = (name: string, value: string): string => `<set-variable name="${name}" value="${value}" />`;

describe("a secret is", () => {
  test.each<[string, string, string]>([
    ["the value of a header with such a name", header("X-Api-Key", "abc"), NAME],
    ["the value of a variable with such a name", variable("api-key", "abc"), NAME],
    ["an attribute with such a name", '<authentication-basic username="u" password="abc" />', NAME],
    ["an element with such a name", "<set-body><client-secret>abc</client-secret></set-body>", NAME],
    [
      "a key that signs tokens",
      "<validate-jwt><issuer-signing-keys><key>abc</key></issuer-signing-keys></validate-jwt>",
      NAME,
    ],
    [
      "the second value of a header",
      '<set-header name="X-Api-Key"><value>{{a}}</value><value>abc</value></set-header>',
      NAME,
    ],
    ["a value after a comment", header("X-Api-Key", "<!-- a -->abc"), NAME],
    ["text that only looks like code", header("X-Api-Key", "abc@(x)"), NAME],
    ["text that begins like code", header("X-Api-Key", "@abc"), NAME],
    ["text with one brace", header("X-Api-Key", "a{b}TfToken"), NAME],
    ["a header called like a public one", header("X-Secret-Thumbprint", "abc"), NAME],
    ["a header that begins like a public one", header("thumbprint-secret", "abc"), NAME],
    ["what looks random, in any attribute", `<cache-store-value key="a" value="${KEY}" />`, RANDOM],
    ["what looks random, with white space around", header("X", `\n  ${KEY}\n`), RANDOM],
    ["a string in code", header("X", `@("Bearer ${TOKEN}")`), "it looks like a service key"],
    ["the second string in code", header("X", `@("a" + "${TOKEN}")`), "it looks like a service key"],
    ["a string in a block of code", header("X", `@{ return "${TOKEN}"; }`), "it looks like a service key"],
    ["a string in code with white space around", header("X", `\n @("${TOKEN}") \n`), "it looks like a service key"],
  ])("%s", (_, policy, signs) => {
    expect(lines(policy)).toEqual([refusal("literal-secret", `seems to contain a secret: ${signs}. `)]);
  });

  test.each<[string, string]>([
    ["nothing", variable("api-key", "")],
    ["white space", variable("api-key", "  ")],
    ["a named value", header("X-Api-Key", "{{key}}")],
    ["a part of which is a named value", header("X-Api-Key", "Basic {{key}}")],
    ["code", header("X-Api-Key", "@(context.RequestId)")],
    ["code with white space before", header("X-Api-Key", " @(context.RequestId)")],
    ["a block of code", header("X-Api-Key", '@{ return "abc"; }')],
    ["random only in code", header("X", `@("${KEY}")`)],
    ["a key in code between two strings", header("X", `@("a" + ${TOKEN.replace(/-/g, "_")} + "b")`)],
    ["a thumbprint", `<authentication-certificate Thumbprint="${KEY}" />`],
    ["what a challenge says", header("WWW-Authenticate", KEY)],
    ["a value of another name", header("X-Other", "abc")],
    [
      "a value whose header is named by its own name",
      '<set-header name="X-Other"><value name="a">abc</value></set-header>',
    ],
    [
      "an identifier of a key",
      "<validate-jwt><issuer-signing-keys-of><key>abc</key></issuer-signing-keys-of></validate-jwt>",
    ],
  ])("none is %s", (_, policy) => {
    expect(lines(policy)).toEqual([]);
  });

  test("said once of a policy, at its place", () => {
    const twice = '<set-header name="X-Api-Key"><value>abc</value><value>abc</value></set-header>';
    expect(lines(`<trace />\n<set-variable name="password" value="a" secret="b" />\n${twice}`)).toEqual([
      refusal("literal-secret", "5:1 <set-variable> "),
      refusal("literal-secret", "6:30 <value> "),
      refusal("literal-secret", "6:48 <value> "),
    ]);
  });
});

describe("a statement", () => {
  const found = (...ours: StatementConfig[]): string[] =>
    places(
      PolicyDocument._of(...ours)
        ._analyze()
        .findings.all(),
    );

  test.each<[string, PolicySlot, boolean]>([
    ["of the user", PolicySlot.USER, true],
    ["that validates", PolicySlot.VALIDATION, true],
    ["that hides keys", PolicySlot.CLEANUP, false],
    ["that checks callers", PolicySlot.ACCESS, false],
  ])("%s is looked at: %s", (_, slot, is) => {
    expect(found(statement("raw", variable("api-key", "abc"), slot))).toEqual(
      is ? ["statement raw:1:1 literal-secret"] : [],
    );
  });

  test("has no secret where Terraform fills in a value", () => {
    expect(found(statement("raw", header("X-Api-Key", "${TfToken[TOKEN.0]}")))).toEqual([]);
    expect(found(statement("raw", header("X-Api-Key", "TfToken")))).toEqual(["statement raw:1:30 literal-secret"]);
  });

  test("is looked at where nothing surrounds a value", () => {
    const store = `<cache-store-value key="a" value="${KEY}" />`;
    expect(found(statement("raw", store))).toEqual(["statement raw:1:1 literal-secret"]);
    expect(found(statement("raw", "<cache-store-value value='abc' />"))).toEqual([]);
    expect(found(statement("raw", `<set-body>${KEY}</set-body>`))).toEqual(["statement raw:1:1 literal-secret"]);
  });
});
