import { PolicyConflict } from "../../../lib/policy/policy-conflict";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { IPolicyStatement, PolicySection, PolicySlot } from "../../../lib/policy/policy-statement";
import { CORS, IDENTITY, RETRY, ROUTE, statement, TOKEN, VALIDATION } from "../statements";

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

function merged(xml: string, ...ours: IPolicyStatement[]): PolicyDocument {
  return PolicyDocument.fromXml(xml).merge(PolicyDocument.of(...ours));
}

function messageOf(document: PolicyDocument): string {
  try {
    return document.toXml();
  } catch (error) {
    return (error as Error).message;
  }
}

const refused = (...lines: string[]): string =>
  ["[policy document] The policy statements cannot be merged into this document:", ...lines].join("\n");

const CHOSEN = '<choose><when condition="@(true)">%</when></choose>';
const RETRIED = '<retry condition="@(true)" count="1" interval="1">%<forward-request /></retry>';

describe("a conflict names both sides and what to write", () => {
  test.each<[string, PolicyDocument, string]>([
    [
      "another backend",
      merged(documentWith('<set-backend-service base-url="https://old" />'), ROUTE),
      '- 4:5 <set-backend-service> chooses a backend, and the statement "route", to be inserted at 4:51, is made for another one. ' +
        "Write .replaceExisting(PolicyConflict.BACKEND) to have it removed; " +
        "or write .keepExisting(PolicyConflict.BACKEND) to have requests go where it says; " +
        "or remove <set-backend-service> from the document.",
    ],
    [
      "another backend for some requests",
      merged(documentWith(CHOSEN.replace("%", '<set-backend-service backend-id="old" />')), ROUTE),
      '- 4:39 <set-backend-service> chooses a backend, and the statement "route", to be inserted at 4:95, is made for another one. ' +
        "It stands within another policy, and may take effect on some requests only. " +
        "Write .replaceExisting(PolicyConflict.BACKEND) to have it overridden; " +
        "or write .keepExisting(PolicyConflict.BACKEND) to have requests go where it says; " +
        "or remove <set-backend-service> from the document.",
    ],
    [
      "a limit beside the one that is there, of which a document can have one",
      merged(
        documentWith(CHOSEN.replace("%", '<rate-limit calls="5" renewal-period="60" />')),
        statement("rate-limit", '<rate-limit calls="9" renewal-period="60" />'),
      ),
      "- statement rate-limit 1:1 A document can have <rate-limit> once, and this is the second one. " +
        "Remove one <rate-limit>, or write this one in the policy of a product or of an operation.",
    ],
    [
      "the parent policies twice",
      merged(documentWith("<base />"), ROUTE),
      "- 4:5 The section <inbound> has <base /> twice: the parent policies would run twice. Remove one <base />.",
    ],
    [
      "another backend after ours, which nothing overrides",
      merged(documentWith("", RETRIED.replace("%", '<set-backend-service backend-id="old" />')), ROUTE),
      '- 6:55 <set-backend-service> chooses a backend, and the statement "route", to be inserted at 3:13, is made for another one. ' +
        "It stands within another policy, and may take effect on some requests only. " +
        "Write .keepExisting(PolicyConflict.BACKEND) to have requests go where it says; " +
        "or remove <set-backend-service> from the document.",
    ],
    [
      "a token of an identity in Authorization",
      merged(documentWith('<authentication-managed-identity resource="old" />'), TOKEN),
      "- 4:5 <authentication-managed-identity> puts a token of an identity into Authorization, and so does the statement " +
        '"token", to be inserted at 4:55. Write .replaceExisting(PolicyConflict.MANAGED_IDENTITY) to have it removed; ' +
        "or remove <authentication-managed-identity> from the document.",
    ],
    [
      "an identity whose failure is ignored",
      merged(
        documentWith(
          '<choose><when condition="@(true)"><authentication-managed-identity resource="r" ignore-error="true" /></when></choose>',
        ),
        TOKEN,
      ).replaceExisting(PolicyConflict.MANAGED_IDENTITY),
      '- 4:39 <authentication-managed-identity> has ignore-error="true": where it gets no token, the consumer\'s own goes ' +
        "to the backend. Remove the attribute ignore-error.",
    ],
    [
      "the header Authorization, in any case",
      merged(documentWith('<set-header name="authorization"><value>x</value></set-header>'), TOKEN),
      '- 4:5 <set-header> sets Authorization, and so does the statement "token", to be inserted at 4:67. ' +
        "Write .replaceExisting(PolicyConflict.AUTHORIZATION) to have it removed; " +
        "or write .keepExisting(PolicyConflict.AUTHORIZATION) to leave it there, although the gateway's token replaces its value; " +
        "or remove <set-header> from the document.",
    ],
    [
      "the header Authorization after the gateway's token",
      merged(
        documentWith("", RETRIED.replace("%", '<set-header name="Authorization" exists-action="delete" />')),
        TOKEN,
      ),
      "- 6:55 <set-header> in the section <backend> changes Authorization after the gateway's token was put there. " +
        "Move <set-header> to the section <inbound>, or remove it.",
    ],
    [
      "a password",
      merged(documentWith('<authentication-basic username="u" password="{{p}}" />'), TOKEN),
      '- 4:5 <authentication-basic> sets Authorization, and so does the statement "token", to be inserted at 4:59. ' +
        "Write .replaceExisting(PolicyConflict.AUTHORIZATION) to have it removed; " +
        "or write .keepExisting(PolicyConflict.AUTHORIZATION) to leave it there, although the gateway's token replaces its " +
        "value; or remove <authentication-basic> from the document.",
    ],
    [
      "a certificate",
      merged(documentWith('<authentication-certificate thumbprint="a" />'), TOKEN),
      '- 4:5 <authentication-certificate> signs in at the backend, and so does the statement "token", to be inserted at 4:50. ' +
        "Write .replaceExisting(PolicyConflict.CREDENTIALS) to have it removed; " +
        "or write .keepExisting(PolicyConflict.CREDENTIALS) to leave it there beside the gateway's token; " +
        "or remove <authentication-certificate> from the document.",
    ],
    [
      "a backend for a token that is sent to the API's own address",
      merged(documentWith('<set-backend-service base-url="https://old" />'), TOKEN),
      '- 4:5 <set-backend-service> chooses a backend, and the statement "token", to be inserted at 4:51, is made for another one. ' +
        "Write .replaceExisting(PolicyConflict.BACKEND) to have it removed; " +
        "or write .keepExisting(PolicyConflict.BACKEND) to have requests go where it says; " +
        "or remove <set-backend-service> from the document.",
    ],
    [
      "another validation",
      merged(documentWith('<validate-jwt header-name="Authorization" />'), VALIDATION),
      '- 4:5 <validate-jwt> validates the consumer\'s token, and so does the statement "require-entra-token", ' +
        "to be inserted at 3:13. Write .replaceExisting(PolicyConflict.TOKEN_VALIDATION) to have it removed; " +
        "or write .keepExisting(PolicyConflict.TOKEN_VALIDATION) to leave out what is to be inserted; " +
        "or remove <validate-jwt> from the document.",
    ],
    [
      "another validation, while the identity headers need ours",
      merged(documentWith('<validate-jwt header-name="Authorization" />'), VALIDATION, IDENTITY).keepExisting(
        PolicyConflict.TOKEN_VALIDATION,
      ),
      '- 4:5 <validate-jwt> validates the consumer\'s token, and so does the statement "require-entra-token", ' +
        "to be inserted at 3:13. Write .replaceExisting(PolicyConflict.TOKEN_VALIDATION) to have it removed; " +
        "or remove <validate-jwt> from the document.",
    ],
    [
      "an answer to every request",
      merged(documentWith('<mock-response status-code="200" />'), TOKEN),
      '- 4:5 <mock-response> answers every request, and nothing after it runs: not even the statement "token", to be ' +
        "inserted at 4:40. Write .replaceExisting(PolicyConflict.EARLY_RESPONSE) to have it removed; " +
        "or write .keepExisting(PolicyConflict.EARLY_RESPONSE) to leave it there, and the backend uncalled; " +
        "or remove <mock-response> from the document.",
    ],
    [
      "another cors",
      merged(documentWith("<cors />"), CORS),
      '- 4:5 <cors> is there already, and a section may hold one: the statement "cors", to be inserted at 2:12, would be ' +
        "another. Write .replaceExisting(PolicyConflict.CORS) to have it removed; " +
        "or write .keepExisting(PolicyConflict.CORS) to leave out what is to be inserted; or remove <cors> from the document.",
    ],
    [
      "another way of forwarding",
      merged(documentWith(""), RETRY),
      '- 6:5 <base> is in the section <backend>, which may hold one element: the statement "retry", to be inserted at ' +
        "6:13, would be another. Write .replaceExisting(PolicyConflict.FORWARDING) to have it removed; " +
        "or write .keepExisting(PolicyConflict.FORWARDING) to leave out what is to be inserted; " +
        "or remove <base> from the document.",
    ],
    [
      "two ways of forwarding in the document itself",
      merged(documentWith("", "<base />\n    <forward-request />"), TOKEN),
      "- 7:5 The section <backend> holds <forward-request> beside <base> at 6:5, and API Management accepts one element " +
        "in it. Keep one of them, with the others in it, or move the others to <inbound>.",
    ],
    [
      "a document without an element",
      merged("<!-- to do -->", TOKEN),
      "- 1:1 The document has no element. " +
        "Write <policies> around the sections <inbound>, <backend>, <outbound> and <on-error>.",
    ],
    [
      "a second root",
      merged("<policies />\n<policies />", TOKEN),
      "- 2:1 <policies> stands beside the document's first element, and a document has one. " +
        "Write <policies> around the sections <inbound>, <backend>, <outbound> and <on-error>.",
    ],
    [
      "another root",
      merged("<inbound></inbound>", TOKEN),
      "- 1:1 The document is a <inbound>, and not a policy document. " +
        "Write <policies> around the sections <inbound>, <backend>, <outbound> and <on-error>.",
    ],
    [
      "a fragment",
      merged("<fragment></fragment>", TOKEN),
      "- 1:1 The document is a policy fragment, which has no sections to merge into. " +
        'Publish it as a fragment, and write PolicyStatement.includeFragment("...") to include it.',
    ],
    [
      "no inbound section",
      merged("<policies><backend /></policies>", TOKEN),
      "- 1:1 The document has no section <inbound>. None is added, since an added section would change what the document " +
        "inherits. Write <inbound><base /></inbound> within <policies>.",
    ],
    [
      "two inbound sections",
      merged("<policies><inbound /><inbound /></policies>", TOKEN),
      "- 1:22 The document has a second section <inbound>, and API Management accepts one. " +
        "Move what it holds into the first <inbound>.",
    ],
    [
      "a statement that contradicts another one",
      PolicyDocument.of(TOKEN, statement("raw", '<set-header name="Authorization"><value>x</value></set-header>')),
      '- statement raw 1:1 <set-header> sets Authorization, and so does the statement "token", to be inserted at 3:13. ' +
        "Write .keepExisting(PolicyConflict.AUTHORIZATION) to leave it there, although the gateway's token replaces its value; " +
        "or leave out the statement raw.",
    ],
    [
      "two statements for a place that has room for one",
      PolicyDocument.of(RETRY, statement("forward", "<forward-request />", PolicySlot.USER, PolicySection.BACKEND)),
      "- statement forward 1:1 <forward-request> is in the section <backend>, which may hold one element: " +
        'the statement "retry", to be inserted at 6:13, would be another. Leave out the statement forward.',
    ],
  ])("%s", (_, document, line) => {
    expect(messageOf(document)).toBe(refused(line));
  });

  test("all of them at once, at their places in the document as it is", () => {
    const before = documentWith('<set-backend-service base-url="https://old" />\n    <cors />');
    const again = PolicyDocument.fromXml(
      merged(documentWith(""), VALIDATION, TOKEN).toXml().replace("<base />", "<base /><mock-response />"),
    );
    const places = (document: PolicyDocument): string[] =>
      document._analyze().findings.map(({ kind, line, column }) => `${kind} ${line}:${column}`);
    expect(places(merged(before, ROUTE, CORS))).toEqual(["CORS 5:5", "BACKEND 4:5", "LATE_CORS 5:5"]);
    expect(places(again.merge(PolicyDocument.of(TOKEN)))).toEqual(["EARLY_RESPONSE 3:13"]);
  });
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
    expect(merged(documentWith(inbound), VALIDATION, ROUTE, TOKEN)._analyze().findings).toEqual([]);
  });
});

describe("a conflict is resolved by name", () => {
  const before = documentWith(
    '<cors />\n    <set-backend-service base-url="https://old" />\n    <rewrite-uri template="/" />\n    <authentication-managed-identity resource="old" />',
  );
  const document = merged(before, CORS, ROUTE, TOKEN, RETRY).replaceExisting(PolicyConflict.MANAGED_IDENTITY);

  test("by removing what is there", () => {
    const replaced = document
      .replaceExisting(PolicyConflict.CORS)
      .replaceExisting(PolicyConflict.BACKEND)
      .replaceExisting(PolicyConflict.FORWARDING);
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
      .keepExisting(PolicyConflict.CORS)
      .keepExisting(PolicyConflict.BACKEND)
      .keepExisting(PolicyConflict.FORWARDING);
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
    expect(kept._analyze().findings.map(({ kind, line, message }) => [kind, line, message])).toEqual([
      [
        "KEPT_BACKEND",
        5,
        "The backend chosen here is kept, and receives the gateway's token. It must be the one that the token is for.",
      ],
    ]);
  });

  test("by overriding what stands within another policy", () => {
    const chosen = CHOSEN.replace("%", '<set-backend-service backend-id="old" />');
    const overridden = merged(documentWith(chosen), ROUTE).replaceExisting(PolicyConflict.BACKEND);
    expect(overridden.toXml()).toBe(
      documentWith(
        `${chosen}\n    <set-backend-service id="secure-apim-backend-route-9a347522" backend-id="orders" />`,
      ),
    );
  });

  test("whether the name comes before or after the merge", () => {
    const first = PolicyDocument.fromXml(documentWith("<cors />")).keepExisting(PolicyConflict.CORS);
    expect(first.merge(PolicyDocument.of(CORS)).toXml()).toBe(documentWith("<cors />"));
    expect(merged(documentWith("<cors />"), CORS).merge(first).toXml()).toBe(documentWith("<cors />"));
  });

  test("but never so that the gateway's token is missing", () => {
    expect(() => document.keepExisting(PolicyConflict.MANAGED_IDENTITY)).toThrow(
      new Error(
        "keepExisting(PolicyConflict.MANAGED_IDENTITY) would leave the request without the gateway's token. " +
          "Write replaceExisting(PolicyConflict.MANAGED_IDENTITY), or give the existing element an output-token-variable-name.",
      ),
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
  const { findings } = merged(xml, VALIDATION, cleanup, TOKEN)._analyze();
  expect(findings.map(({ severity, line, column, message }) => `${severity} ${line}:${column} ${message}`)).toEqual([
    "warning 5:39 <validate-jwt> validates the token of some requests once more, after the validation that is inserted.",
    "warning 4:5 The header x-key is set here, and removed again before the backend is called.",
    'warning 3:5 What the fragment "common" holds cannot be seen here. It must neither choose the backend nor set Authorization.',
    "warning 2:3 The section <inbound> has no <base />: it inherits nothing, token validation of the product or the service included.",
    "warning 6:5 <cors> comes after other policies, and preflight requests run into them first. Write it before <base />.",
    "warning 8:3 The section <backend> is empty: no request is forwarded, and consumers get an empty answer. Write <base /> in it.",
  ]);
});

test("a variable that goes with what is replaced is a warning, unless the statement sets it as well", () => {
  const xml = documentWith(
    '<validate-jwt output-token-variable-name="jwt" />\n    <trace>@(context.Variables["jwt"].ToString())</trace>',
  );
  const warnings = (variable: string): string[] => {
    const validation = `<validate-azure-ad-token tenant-id="t" output-token-variable-name="${variable}" />`;
    const document = merged(xml, statement("validation", validation, PolicySlot.VALIDATION));
    const { findings } = document.replaceExisting(PolicyConflict.TOKEN_VALIDATION)._analyze();
    return findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };
  expect(warnings("jwt")).toEqual([]);
  expect(warnings("caller-token")).toEqual([
    '4:5 <validate-jwt> is removed, and with it the variable "jwt", which the document names elsewhere. ' +
      "Give the statement that replaces it this name.",
  ]);
});
