import { operationFindings } from "../../../lib/policy/findings/operation-policy";
import { findingLine, PolicyFinding } from "../../../lib/policy/findings/rule";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { StatementConfig } from "../../../lib/policy/statement";
import { scan } from "../../../lib/policy/syntax/scanner";
import { refusal } from "../../helpers/refusal";
import { ROUTE, statement, TOKEN, VALIDATION } from "../statements";
import { documentOf, found, merged, Sections } from "./found";

/* What a policy does depends on where it is. Each table says for every place what is found there: nothing where no place is named. */

const PLACES: Record<string, (policy: string) => Sections> = {
  inbound: (inbound) => ({ inbound }),
  "some-requests": (policy) => ({ inbound: `<choose><when condition="@(true)">${policy}</when></choose>` }),
  "another-request": (policy) => ({ inbound: `<send-request mode="new">${policy}</send-request>` }),
  backend: (policy) => ({ backend: `<retry condition="@(true)" count="1" interval="1">${policy}</retry>` }),
  outbound: (outbound) => ({ outbound }),
  "on-error": (onError) => ({ onError }),
};
const EVERYWHERE = Object.keys(PLACES).join(" ");
const OF_REQUEST = "inbound some-requests backend";
const AFTER_INBOUND = "backend outbound on-error";

/** The places of each finding of a policy, with the resolutions by name. */
function placesOf(policy: string, findings: (xml: string) => readonly PolicyFinding[]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [place, sections] of Object.entries(PLACES))
    for (const line of found(findings(documentOf(sections(policy))))) {
      const what = line
        .split(", ")
        .slice(1)
        .filter((part) => !part.includes(" at "));
      all[what.join(", ")] = `${all[what.join(", ")] ?? ""} ${place}`.trim();
    }
  return all;
}

const merging =
  (...statements: StatementConfig[]) =>
  (xml: string): readonly PolicyFinding[] =>
    merged(xml, ...statements)
      ._analyze()
      .findings.all();

const identity = (rest: string): string => `<authentication-managed-identity resource="r" ${rest} />`;
const header = (name: string, rest = ""): string =>
  `<set-header name="${name}"${rest}><value>{{a}}</value></set-header>`;
const DELETE = ' exists-action="delete"';

describe("beside the gateway's token", () => {
  test.each<[string, Record<string, string>]>([
    [
      '<set-backend-service backend-id="other" />',
      {
        "token-for-other-backend, REPLACE_BACKEND, KEEP_BACKEND": "inbound",
        "token-for-other-backend, KEEP_BACKEND": "some-requests backend",
      },
    ],
    [
      identity(""),
      {
        "managed-identity-already-used, REPLACE_MANAGED_IDENTITY": "inbound",
        "managed-identity-already-used, REPLACE_MANAGED_IDENTITY (overriding)": "some-requests",
        "token-replaced-later": "backend",
      },
    ],
    [
      identity('ignore-error="true"'),
      {
        "managed-identity-already-used, REPLACE_MANAGED_IDENTITY": "inbound",
        "managed-identity-already-used, REPLACE_MANAGED_IDENTITY (overriding)": "some-requests",
        "identity-error-ignored": "inbound some-requests",
        "token-replaced-later": "backend",
      },
    ],
    [
      identity('ignore-error=" false "'),
      {
        "managed-identity-already-used, REPLACE_MANAGED_IDENTITY": "inbound",
        "managed-identity-already-used, REPLACE_MANAGED_IDENTITY (overriding)": "some-requests",
        "token-replaced-later": "backend",
      },
    ],
    [identity('output-token-variable-name="t" ignore-error="true"'), {}],
    [
      '<authentication-basic username="u" password="{{p}}" />',
      {
        "authorization-already-set, REPLACE_AUTHORIZATION, KEEP_AUTHORIZATION": "inbound",
        "authorization-already-set, REPLACE_AUTHORIZATION (overriding), KEEP_AUTHORIZATION": "some-requests",
        "token-replaced-later": "backend",
      },
    ],
    [
      '<authentication-certificate thumbprint="a" />',
      {
        "certificate-already-used, REPLACE_CREDENTIALS, KEEP_CREDENTIALS": "inbound",
        "certificate-already-used, KEEP_CREDENTIALS": "some-requests backend",
      },
    ],
    [
      header("Authorization"),
      {
        "authorization-already-set, REPLACE_AUTHORIZATION, KEEP_AUTHORIZATION": "inbound",
        "authorization-already-set, REPLACE_AUTHORIZATION (overriding), KEEP_AUTHORIZATION": "some-requests",
        "token-replaced-later": "backend",
      },
    ],
    [header("Authorization", DELETE), { "token-replaced-later": "backend" }],
    ['<set-query-parameter name="Authorization"><value>{{a}}</value></set-query-parameter>', {}],
    [
      header("X-Caller-Subject"),
      {
        "caller-header-set, REPLACE_CALLER_HEADERS": "inbound",
        "caller-header-set": "some-requests backend",
      },
    ],
    [header("X-Caller-Subject", DELETE), {}],
    [header("My-X-Caller-Subject"), {}],
    [
      header(" X-Caller-Subject "),
      { "caller-header-set, REPLACE_CALLER_HEADERS": "inbound", "caller-header-set": "some-requests backend" },
    ],
    ["<set-header><value>{{a}}</value></set-header>", {}],
    ["<set-header />", {}],
    [header("{{name}}"), { "header-name-unknown": OF_REQUEST }],
    [header("@(context.Api.Name)"), { "header-name-unknown": OF_REQUEST }],
    [header("name@contoso"), {}],
    ["<return-response />", { "early-response, REPLACE_EARLY_RESPONSE, KEEP_EARLY_RESPONSE": "inbound" }],
    ["<mock-response />", { "early-response, REPLACE_EARLY_RESPONSE, KEEP_EARLY_RESPONSE": "inbound" }],
    ["<cache-lookup />", {}],
    [
      '<include-fragment fragment-id="f" />',
      { "fragment-not-visible": "inbound some-requests backend outbound on-error" },
    ],
    ['<proxy url="http://p" />', { "sent-through-proxy": OF_REQUEST }],
    ['<send-request mode="copy" />', { "token-copied": AFTER_INBOUND }],
    ['<send-one-way-request mode="copy" />', { "token-copied": AFTER_INBOUND }],
    ['<send-request mode="new" ignore-error="true" />', {}],
    ['<set-variable name="mode" value="1" mode="copy" />', {}],
    ['<forward-request follow-redirects="true" />', { "redirects-followed": AFTER_INBOUND }],
    ['<send-request mode="new" follow-redirects="true" />', {}],
    ['<forward-request follow-redirects="false" />', {}],
    ['<set-variable name="a" value="@(context.Request.Headers)" />', { "token-read": AFTER_INBOUND }],
  ])("%s", (policy, expected) => {
    expect(placesOf(policy, merging(TOKEN))).toEqual(expected);
  });
});

describe("beside a validation and a chosen backend", () => {
  test.each<[string, Record<string, string>]>([
    [
      '<set-backend-service backend-id="other" />',
      {
        "backend-already-chosen, REPLACE_BACKEND, KEEP_BACKEND": "inbound",
        "backend-already-chosen, REPLACE_BACKEND (overriding), KEEP_BACKEND": "some-requests",
        "backend-already-chosen, KEEP_BACKEND": "backend",
      },
    ],
    [header("Authorization"), { "token-set-after-validation": "inbound some-requests" }],
    [header("Authorization", DELETE), {}],
    ['<authentication-basic username="u" password="{{p}}" />', {}],
    [header("X-Caller-Subject"), {}],
    ["<return-response />", { "early-response, REPLACE_EARLY_RESPONSE, KEEP_EARLY_RESPONSE": "inbound" }],
    ["<mock-response />", { "early-response, REPLACE_EARLY_RESPONSE, KEEP_EARLY_RESPONSE": "inbound" }],
    [
      "<validate-jwt />",
      {
        "second-token-validation, REPLACE_TOKEN_VALIDATION, KEEP_TOKEN_VALIDATION": "inbound",
        "conditional-token-validation": "some-requests",
      },
    ],
    ['<validate-jwt header-name="X" />', {}],
  ])("%s", (policy, expected) => {
    expect(placesOf(policy, merging(VALIDATION, ROUTE))).toEqual(expected);
  });
});

/** Each does something where the gateway's token is. */
const POLICIES = [
  '<set-backend-service backend-id="other" />',
  identity('ignore-error="true"'),
  '<authentication-basic username="u" password="{{p}}" />',
  '<authentication-certificate thumbprint="a" />',
  header("Authorization"),
  header("X-Caller-Subject"),
  header("{{name}}"),
  "<return-response />",
  '<proxy url="http://p" />',
  '<send-request mode="copy" />',
  '<forward-request follow-redirects="true" />',
  "<validate-jwt />",
  '<set-variable name="a" value="@(context.Request.Headers)" />',
];

test.each(POLICIES)("without statements, nothing is said of %s", (policy) => {
  expect(placesOf(policy, (xml) => PolicyDocument.fromXml(xml)._analyze().findings.all())).toEqual({});
});

test("without statements, a fragment of the request is not visible either", () => {
  const fragment = '<include-fragment fragment-id="f" />';
  const findings = (xml: string): readonly PolicyFinding[] => PolicyDocument.fromXml(xml)._analyze().findings.all();
  expect(placesOf(fragment, findings)).toEqual({ "fragment-not-visible": OF_REQUEST });
});

test("a fragment is named by its id, and one that a statement includes is known", () => {
  const fragment = '<include-fragment fragment-id="common" />';
  const document = merged(documentOf({ inbound: `${fragment}\n<include-fragment />` }), statement("raw", fragment));
  expect(document._analyze().findings.all().map(findingLine)).toEqual([
    refusal("fragment-not-visible", "4:1 ", 'the fragment "common".'),
    refusal("fragment-not-visible", "5:1 ", 'the fragment "".'),
  ]);
});

describe("in the policy of an operation, after <base />", () => {
  test.each<[string, Record<string, string>]>([
    ['<set-backend-service backend-id="other" />', { "operation-changes-backend": OF_REQUEST }],
    [identity(""), { "token-replaced-later": OF_REQUEST }],
    [identity('output-token-variable-name="t"'), {}],
    ['<authentication-basic username="u" password="{{p}}" />', { "token-replaced-later": OF_REQUEST }],
    ['<authentication-certificate thumbprint="a" />', { "operation-sends-certificate": OF_REQUEST }],
    [header("Authorization"), { "token-replaced-later": OF_REQUEST }],
    [header("Authorization", DELETE), { "token-replaced-later": OF_REQUEST }],
    [header("X-Caller-Subject"), { "operation-sets-caller-header": OF_REQUEST }],
    [header("X-Caller-Subject", DELETE), {}],
    [header("{{name}}"), { "header-name-unknown": OF_REQUEST }],
    ["<return-response />", {}],
    ["<cache-lookup />", {}],
    ['<include-fragment fragment-id="f" />', { "fragment-not-visible": "another-request outbound on-error" }],
    ['<proxy url="http://p" />', { "sent-through-proxy": OF_REQUEST }],
    ['<send-request mode="copy" />', { "token-copied": EVERYWHERE }],
    ['<send-request mode="new" />', {}],
    ['<forward-request follow-redirects="true" />', { "redirects-followed": EVERYWHERE }],
    ["<validate-jwt />", { "operation-validates-gateway-token": OF_REQUEST }],
    ['<validate-azure-ad-token tenant-id="t" />', { "operation-validates-gateway-token": OF_REQUEST }],
    ['<validate-jwt header-name="X" />', {}],
    ['<validate-jwt token-value="@(x)" />', {}],
    ['<set-variable name="a" value="@(context.Request.Headers)" />', { "token-read": EVERYWHERE }],
  ])("%s", (policy, expected) => {
    expect(placesOf(policy, (xml) => operationFindings(scan(xml), [ROUTE, TOKEN]))).toEqual(expected);
    expect(placesOf(policy, (xml) => operationFindings(scan(xml)))).toEqual(expected);
  });

  test.each(["<proxy />", header("Authorization"), '<set-backend-service backend-id="other" />'])(
    "%s, also right after it",
    (policy) => {
      const tree = scan(`<policies><inbound><base />${policy}</inbound></policies>`);
      expect(found(operationFindings(tree, [ROUTE, TOKEN]))).toEqual([expect.stringMatching(/^1:28, /)]);
    },
  );
});

describe("in the policy of an operation, before <base />", () => {
  const findings =
    (...ofApi: StatementConfig[]) =>
    (xml: string): readonly PolicyFinding[] =>
      operationFindings(scan(xml.replace(/<base \/>([^]*?)(?=<\/inbound>)/, "$1<base />")), ofApi);
  /** Before <base /> is where a document of these sections has its inbound policies. */
  const BEFORE = "inbound some-requests";

  test.each<[string, Record<string, string>]>([
    [
      '<set-backend-service backend-id="other" />',
      { "operation-overridden-at-base": BEFORE, "operation-changes-backend": "backend" },
    ],
    [identity(""), { "operation-overridden-at-base": BEFORE, "token-replaced-later": "backend" }],
    [identity('output-token-variable-name="t"'), {}],
    [header("Authorization"), { "operation-overridden-at-base": BEFORE, "token-replaced-later": "backend" }],
    [header("Authorization", DELETE), { "token-replaced-later": "backend" }],
    [header("X-Caller-Subject"), { "operation-sets-caller-header": "backend" }],
    [header("{{name}}"), { "header-name-unknown": "backend" }],
    ['<authentication-certificate thumbprint="a" />', { "operation-sends-certificate": "backend" }],
    ["<return-response />", { "operation-answers-before-base": BEFORE }],
    ['<return-response><set-status code="403" /></return-response>', {}],
    ["<mock-response />", { "operation-answers-before-base": BEFORE }],
    ["<cache-lookup />", { "operation-answers-before-base": BEFORE }],
    ['<include-fragment fragment-id="f" />', { "fragment-not-visible": "outbound on-error" }],
    ['<proxy url="http://p" />', { "sent-through-proxy": "backend" }],
    ['<send-request mode="copy" />', { "token-copied": AFTER_INBOUND }],
    ["<validate-jwt />", { "operation-validates-gateway-token": "backend" }],
    ['<set-variable name="a" value="@(context.Request.Headers)" />', { "token-read": AFTER_INBOUND }],
  ])("%s", (policy, expected) => {
    expect(placesOf(policy, findings(ROUTE, TOKEN))).toEqual(expected);
  });

  test("another backend, if the token is for the API's own address", () => {
    const policy = '<set-backend-service backend-id="other" />';
    expect(placesOf(policy, findings(TOKEN))).toEqual({
      "operation-chooses-backend": BEFORE,
      "operation-changes-backend": "backend",
    });
    expect(placesOf("<set-method>GET</set-method>", findings(TOKEN))).toEqual({});
    expect(placesOf(policy, findings(ROUTE, VALIDATION))).toEqual({ "operation-changes-backend": "backend" });
    expect(placesOf(policy, findings())).toEqual({ "operation-changes-backend": "backend" });
  });

  test.each([identity(""), header("Authorization"), '<authentication-basic username="u" password="{{p}}" />'])(
    "%s, which only a token overrides",
    (policy) => {
      expect(placesOf(policy, findings(TOKEN))["operation-overridden-at-base"]).toBe(BEFORE);
      expect(placesOf(policy, findings(ROUTE, VALIDATION))).toEqual({ "token-replaced-later": "backend" });
    },
  );
});

test.each<[string, string, Record<string, string>]>([
  [
    "after",
    `<base /><set-backend-service backend-id="a" />${header("X-Caller-A")}<validate-jwt />${header("Authorization")}` +
      '<authentication-certificate thumbprint="a" />',
    {
      "operation-changes-backend": "conflict",
      "operation-sets-caller-header": "conflict",
      "operation-validates-gateway-token": "conflict",
      "token-replaced-later": "conflict",
      "operation-sends-certificate": "warning",
    },
  ],
  [
    "before",
    `<cache-lookup />${header("Authorization")}<base />`,
    { "operation-answers-before-base": "warning", "operation-overridden-at-base": "warning" },
  ],
  ["without", "<trace />", { "operation-without-base": "conflict" }],
])("what prevents the policy of an operation %s <base />, and what is only worth knowing", (_, inbound, expected) => {
  const findings = operationFindings(scan(`<policies><inbound>${inbound}</inbound></policies>`), [ROUTE, TOKEN]);
  expect(Object.fromEntries(findings.map(({ id, severity }) => [id, severity]))).toEqual(expected);
});

describe("the policy of an operation", () => {
  const lines = (xml: string): string[] => found(operationFindings(scan(xml), [ROUTE, TOKEN]));

  test.each<[string, string]>([
    ["<policies><inbound><proxy /></inbound></policies>", "1:11"],
    ['<policies><inbound><choose><when condition="@(true)"><base /></when></choose></inbound></policies>', "1:11"],
    ["<policies><outbound><base /></outbound></policies>", "1:1"],
    ["\n <policies />", "2:2"],
    ["<!-- nothing -->", "1:1"],
  ])("needs <base /> in inbound, unlike %j, and nothing else is said without it", (xml, place) => {
    expect(lines(xml)).toEqual([`${place}, operation-without-base`]);
  });

  test("is said to be wrong in the order of the document", () => {
    const xml = [
      '<policies><outbound><send-request mode="copy" /></outbound><inbound>',
      `<cache-lookup /><proxy /><base /><proxy />${header("Authorization")}`,
      "<proxy /></inbound><backend>",
      "<proxy />",
      "</backend></policies>",
    ].join("\n");
    expect(lines(xml)).toEqual([
      "1:21, token-copied",
      "2:1, operation-answers-before-base",
      "2:34, sent-through-proxy",
      "2:43, token-replaced-later",
      "3:1, sent-through-proxy",
      "4:1, sent-through-proxy",
    ]);
  });
});
