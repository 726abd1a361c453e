import { ConflictResolution } from "../../../lib/policy/conflict-resolution";
import { findingLine } from "../../../lib/policy/findings/rule";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection, PolicySlot } from "../../../lib/policy/statement";
import { refusal } from "../../helpers/refusal";
import { CORS, IDENTITY, RETRY, ROUTE, statement, TOKEN, VALIDATION } from "../statements";
import { found, merged } from "./found";

function documentWith(inbound: string, backend = "<base />"): string {
  return [
    "<policies>",
    "  <inbound>",
    "    <base />",
    ...(inbound === "" ? [] : [`    ${inbound}`]),
    "  </inbound>",
    "  <backend>",
    `    ${backend}`,
    "  </backend>",
    "</policies>",
  ].join("\n");
}

const CHOSEN = '<choose><when condition="@(true)">%</when></choose>';
const RETRIED = '<retry condition="@(true)" count="1" interval="1">%<forward-request /></retry>';

describe("a conflict names both sides and what to write", () => {
  test.each<[string, PolicyDocument, string, string[]]>([
    [
      "another backend",
      merged(documentWith('<set-backend-service base-url="https://old" />'), ROUTE),
      "4:5, backend-already-chosen, route at 4:51, REPLACE_BACKEND, KEEP_BACKEND",
      ["<set-backend-service>", '"route" (inserted at 4:51)', "; or remove <set-backend-service> from the document."],
    ],
    [
      "another backend for some requests",
      merged(documentWith(CHOSEN.replace("%", '<set-backend-service backend-id="old" />')), ROUTE),
      "4:39, backend-already-chosen, route at 4:95, REPLACE_BACKEND (overriding), KEEP_BACKEND",
      ["inside another policy"],
    ],
    [
      "a limit beside the one that is there, of which a document can have one",
      merged(
        documentWith(CHOSEN.replace("%", '<rate-limit calls="5" renewal-period="60" />')),
        statement("rate-limit", '<rate-limit calls="9" renewal-period="60" />'),
      ),
      "statement rate-limit:1:1, limit-repeated",
      ["Remove one <rate-limit>"],
    ],
    [
      "the parent policies twice",
      merged(documentWith("<base />"), ROUTE),
      "4:5, base-repeated",
      ["<inbound>", "Remove one <base />"],
    ],
    [
      "another backend after ours, which nothing overrides",
      merged(documentWith("", RETRIED.replace("%", '<set-backend-service backend-id="old" />')), ROUTE),
      "6:55, backend-already-chosen, route at 3:13, KEEP_BACKEND",
      ["inside another policy"],
    ],
    [
      "a token of an identity in Authorization",
      merged(documentWith('<authentication-managed-identity resource="old" />'), TOKEN),
      "4:5, managed-identity-already-used, token at 4:55, REPLACE_MANAGED_IDENTITY",
      ["<authentication-managed-identity>", "output-token-variable-name"],
    ],
    [
      "an identity whose failure is ignored",
      merged(
        documentWith(
          '<choose><when condition="@(true)"><authentication-managed-identity resource="r" ignore-error="true" /></when></choose>',
        ),
        TOKEN,
      ).resolve(ConflictResolution.REPLACE_MANAGED_IDENTITY),
      "4:39, identity-error-ignored",
      ['ignore-error other than "false"', "Remove the attribute ignore-error"],
    ],
    [
      "the header Authorization, in any case",
      merged(documentWith('<set-header name="authorization"><value>x</value></set-header>'), TOKEN),
      "4:5, authorization-already-set, token at 4:67, REPLACE_AUTHORIZATION, KEEP_AUTHORIZATION",
      ["<set-header>"],
    ],
    [
      "the header Authorization after the gateway's token",
      merged(
        documentWith("", RETRIED.replace("%", '<set-header name="Authorization" exists-action="delete" />')),
        TOKEN,
      ),
      "6:55, token-replaced-later",
      ["Move <set-header> to <inbound>, before the policy that adds the gateway's token; or remove <set-header>"],
    ],
    [
      "a password",
      merged(documentWith('<authentication-basic username="u" password="{{p}}" />'), TOKEN),
      "4:5, authorization-already-set, token at 4:59, REPLACE_AUTHORIZATION, KEEP_AUTHORIZATION",
      ["<authentication-basic>"],
    ],
    [
      "a certificate",
      merged(documentWith('<authentication-certificate thumbprint="a" />'), TOKEN),
      "4:5, certificate-already-used, token at 4:50, REPLACE_CREDENTIALS, KEEP_CREDENTIALS",
      ["<authentication-certificate>"],
    ],
    [
      "a backend for a token that is sent to the API's own address",
      merged(documentWith('<set-backend-service base-url="https://old" />'), TOKEN),
      "4:5, token-for-other-backend, token at 4:51, REPLACE_BACKEND, KEEP_BACKEND",
      ["<set-backend-service>", '"token" (inserted at 4:51)'],
    ],
    [
      "another validation",
      merged(documentWith('<validate-jwt header-name="Authorization" />'), VALIDATION),
      "4:5, second-token-validation, require-entra-token at 3:13, REPLACE_TOKEN_VALIDATION, KEEP_TOKEN_VALIDATION",
      ["<validate-jwt>"],
    ],
    [
      "another validation, while the identity headers need ours",
      merged(documentWith('<validate-jwt header-name="Authorization" />'), VALIDATION, IDENTITY).resolve(
        ConflictResolution.KEEP_TOKEN_VALIDATION,
      ),
      "4:5, second-token-validation, require-entra-token at 3:13, REPLACE_TOKEN_VALIDATION",
      ["<validate-jwt>"],
    ],
    [
      "an answer to every request",
      merged(documentWith('<mock-response status-code="200" />'), TOKEN),
      "4:5, early-response, token at 4:40, REPLACE_EARLY_RESPONSE, KEEP_EARLY_RESPONSE",
      ["<mock-response>"],
    ],
    [
      "a header that may come only from a validated token",
      merged(documentWith('<set-header name="x-caller-subject" />'), TOKEN),
      "4:5, caller-header-set, token at 4:43, REPLACE_CALLER_HEADERS",
      ["PolicyStatement.forwardCallerIdentity()"],
    ],
    [
      "another cors",
      merged(documentWith("<cors />"), CORS),
      "4:5, second-cors, cors at 2:12, REPLACE_CORS, KEEP_CORS",
      ["<cors>"],
    ],
    [
      "another way of forwarding",
      merged(documentWith(""), RETRY),
      "6:5, backend-section-occupied, retry at 6:13, REPLACE_FORWARDING, KEEP_FORWARDING",
      ["<base>"],
    ],
    [
      "two ways of forwarding in the document itself",
      merged(documentWith("", "<base />\n    <forward-request />"), TOKEN),
      "7:5, several-forwardings",
      ["<forward-request>", "<base> at 6:5"],
    ],
    ["a document without an element", merged("<!-- to do -->", TOKEN), "1:1, root-missing", ["Write <policies>"]],
    [
      "a second root",
      merged("<policies />\n<policies />", TOKEN),
      "2:1, second-root",
      ["<policies> is a second root", "Write <policies>"],
    ],
    [
      "another root",
      merged("<inbound></inbound>", TOKEN),
      "1:1, other-root",
      ["The root element is <inbound>", "Write <policies>"],
    ],
    [
      "a fragment",
      merged("<fragment></fragment>", TOKEN),
      "1:1, root-is-fragment",
      ['PolicyStatement.includeFragment("...")'],
    ],
    [
      "no inbound section",
      merged("<policies><backend /></policies>", TOKEN),
      "1:1, section-missing",
      ["Write <inbound><base /></inbound> in <policies>"],
    ],
    [
      "two inbound sections",
      merged("<policies><inbound /><inbound /></policies>", TOKEN),
      "1:22, section-repeated",
      ["Move its content into the first <inbound>"],
    ],
    [
      "a statement that contradicts another one",
      PolicyDocument._of(TOKEN, statement("raw", '<set-header name="Authorization"><value>x</value></set-header>')),
      "statement raw:1:1, authorization-already-set, token at 3:13, KEEP_AUTHORIZATION",
      ['; or remove the statement "raw".'],
    ],
    [
      "two statements for a place that has room for one",
      PolicyDocument._of(RETRY, statement("forward", "<forward-request />", PolicySlot.USER, PolicySection.BACKEND)),
      "statement forward:1:1, backend-section-occupied, retry at 6:13",
      ['Remove the statement "forward".'],
    ],
  ])("%s", (_, document, expected, values) => {
    const conflicts = document
      ._analyze()
      .findings.all()
      .filter(({ severity }) => severity === "conflict");
    expect(found(conflicts)).toEqual([expected]);
    const [place, id] = expected.split(", ");
    expect(() => document.toXml()).toThrow(refusal("policy-conflicts", "[policy document]", `- ${place} `, `(${id})`));
    expect(() => document.toXml()).toThrow(refusal(id, ...values));
  });

  test("all of them at once, at their places in the document as it is", () => {
    const before = documentWith('<set-backend-service base-url="https://old" />\n    <cors />');
    const again = PolicyDocument.fromXml(
      merged(documentWith(""), VALIDATION, TOKEN).toXml().replace("<base />", "<base /><mock-response />"),
    );
    const places = (document: PolicyDocument): string[] =>
      document
        ._analyze()
        .findings.all()
        .map(({ id, line, column }) => `${id} ${line}:${column}`);
    expect(places(merged(before, ROUTE, CORS))).toEqual([
      "second-cors 5:5",
      "backend-already-chosen 4:5",
      "late-cors 5:5",
    ]);
    expect(places(again.merge(PolicyDocument._of(TOKEN)))).toEqual([
      "early-response 3:13",
      "earlier-statement-stays 4:5",
    ]);
  });
});

test("the message of a conflict says what contradicts what, and where it would be", () => {
  const [finding] = merged(documentWith(CHOSEN.replace("%", '<set-backend-service backend-id="old" />')), ROUTE)
    ._analyze()
    .findings.all();
  expect(finding.message).toBe(
    '<set-backend-service> chooses a backend, but the statement "route" (inserted at 4:95) chooses another one. ' +
      "The element is inside another policy, and may run for some requests only.",
  );
  const [other] = merged(documentWith('<set-backend-service backend-id="old" />'), ROUTE)._analyze().findings.all();
  expect(other.message).toBe(
    '<set-backend-service> chooses a backend, but the statement "route" (inserted at 4:45) chooses another one.',
  );
});

describe("no conflict is", () => {
  test.each<[string, string]>([
    ["a token in a variable", '<authentication-managed-identity resource="r" output-token-variable-name="t" />'],
    [
      "a header of another request",
      '<send-request><set-header name="Authorization"><value>x</value></set-header></send-request>',
    ],
    ["a token of another request", '<send-request><authentication-managed-identity resource="r" /></send-request>'],
    ["the removal of the consumer's token", '<set-header name="Authorization" exists-action="delete" />'],
    ["an answer to some requests", CHOSEN.replace("%", "<return-response />")],
    [
      "a header of a response",
      CHOSEN.replace("%", '<return-response><set-header name="Authorization" /></return-response>'),
    ],
  ])("%s", (_, inbound) => {
    expect(merged(documentWith(inbound), VALIDATION, ROUTE, TOKEN)._analyze().findings.all()).toEqual([]);
  });
});

describe("a conflict is resolved by name", () => {
  const before = documentWith(
    '<cors />\n    <set-backend-service base-url="https://old" />\n    <rewrite-uri template="/" />\n    <authentication-managed-identity resource="old" />',
  );
  const document = merged(before, CORS, ROUTE, TOKEN, RETRY).resolve(ConflictResolution.REPLACE_MANAGED_IDENTITY);

  test("by removing what is there", () => {
    const replaced = document
      .resolve(ConflictResolution.REPLACE_CORS)
      .resolve(ConflictResolution.REPLACE_BACKEND)
      .resolve(ConflictResolution.REPLACE_FORWARDING);
    expect(replaced.toXml()).toBe(`<policies>
  <inbound>
    <cors id="secure-apim-backend-cors-b6693034">
      <allowed-origins>
        <origin>https://contoso.com</origin>
      </allowed-origins>
    </cors>
    <base />
    <rewrite-uri template="/" />
    <set-backend-service id="secure-apim-backend-route-9a347522" backend-id="orders" />
    <authentication-managed-identity id="secure-apim-backend-token-a10cb3e2" resource="orders" />
  </inbound>
  <backend>
    <retry id="secure-apim-backend-retry-79dfe083" condition="@(context.Response.StatusCode >= 500)" count="3" interval="1">
      <forward-request />
    </retry>
  </backend>
</policies>`);
  });

  test("by leaving out what was to be inserted", () => {
    const kept = document
      .resolve(ConflictResolution.KEEP_CORS)
      .resolve(ConflictResolution.KEEP_BACKEND)
      .resolve(ConflictResolution.KEEP_FORWARDING);
    expect(kept.toXml()).toBe(`<policies>
  <inbound>
    <base />
    <cors />
    <set-backend-service base-url="https://old" />
    <rewrite-uri template="/" />
    <authentication-managed-identity id="secure-apim-backend-token-5c6cc513" resource="orders" />
  </inbound>
  <backend>
    <base />
  </backend>
</policies>`);
    expect(found(kept._analyze().findings.all())).toEqual(["5:5, backend-kept"]);
  });

  test("by overriding what stands within another policy", () => {
    const chosen = CHOSEN.replace("%", '<set-backend-service backend-id="old" />');
    const overridden = merged(documentWith(chosen), ROUTE).resolve(ConflictResolution.REPLACE_BACKEND);
    expect(overridden.toXml()).toBe(
      documentWith(
        `${chosen}\n    <set-backend-service id="secure-apim-backend-route-9a347522" backend-id="orders" />`,
      ),
    );
  });

  test("whether the name comes before or after the merge", () => {
    const first = PolicyDocument.fromXml(documentWith("<cors />")).resolve(ConflictResolution.KEEP_CORS);
    expect(first.merge(PolicyDocument._of(CORS)).toXml()).toBe(documentWith("<cors />"));
    expect(merged(documentWith("<cors />"), CORS).merge(first).toXml()).toBe(documentWith("<cors />"));
  });

  test("of two names for one conflict by the later one", () => {
    const cors = merged(documentWith("<cors />"), CORS);
    const { REPLACE_CORS, KEEP_CORS } = ConflictResolution;
    expect(cors.resolve(REPLACE_CORS, KEEP_CORS).toXml()).toBe(documentWith("<cors />"));
    expect(cors.resolve(KEEP_CORS).resolve(REPLACE_CORS).toXml()).not.toContain("<cors />");
  });

  // The first would leave out the gateway's token, the second would let a header that the backend trusts come from anywhere.
  test.each(["KEEP_MANAGED_IDENTITY", "KEEP_CALLER_HEADERS", undefined])("but never by %s", (name) => {
    expect(() => document.resolve(name as ConflictResolution)).toThrow(
      refusal("unknown-resolution", String(name), "REPLACE_MANAGED_IDENTITY"),
    );
  });
});

test("what is worth knowing is a warning", () => {
  const xml = [
    "<policies>",
    "  <inbound>",
    '    <include-fragment fragment-id="common" />',
    '    <set-header name="x-key"><value>me</value></set-header><set-header name="X-Other" />',
    '    <choose><when condition="@(true)"><validate-jwt header-name="Authorization" /></when></choose>',
    "    <cors />",
    "  </inbound>",
    "  <backend>",
    "  </backend>",
    "</policies>",
  ].join("\n");
  const cleanup = statement("cleanup", '<set-header name="X-Key" exists-action="delete" />', PolicySlot.CLEANUP);
  const findings = merged(xml, VALIDATION, cleanup, TOKEN)._analyze().findings.all();
  expect(findings.every(({ severity }) => severity === "warning")).toBe(true);
  expect(findings.map(findingLine)).toEqual([
    refusal("conditional-token-validation", "5:39 ", "<validate-jwt>"),
    refusal("header-removed-later", "4:5 ", "x-key"),
    refusal("fragment-not-visible", "3:5 ", '"common"'),
    refusal("inbound-without-base", "2:3 ", "<inbound>"),
    refusal("late-cors", "6:5 ", "Move <cors> before <base />"),
    refusal("backend-section-empty", "8:3 ", "Write <base /> in it"),
  ]);
});

test("a variable that goes with what is replaced is a warning, unless the statement sets it as well", () => {
  const xml = documentWith(
    '<validate-jwt output-token-variable-name="jwt" />\n    <trace>@(context.Variables["jwt"].ToString())</trace>',
  );
  const warnings = (variable: string): string[] => {
    const validation = `<validate-azure-ad-token tenant-id="t" output-token-variable-name="${variable}" />`;
    const document = merged(xml, statement("validation", validation, PolicySlot.VALIDATION));
    const { findings } = document.resolve(ConflictResolution.REPLACE_TOKEN_VALIDATION)._analyze();
    return findings.all().map(findingLine);
  };
  expect(warnings("jwt")).toEqual([]);
  expect(warnings("caller-token")).toEqual([refusal("token-variable-lost", "4:5 ", "<validate-jwt>", '"jwt"')]);
});
