import { TerraformStack, TerraformVariable } from "cdktf";
import { annotations, GROUP, Json, messageOf, stackWithProviders, synth } from "../helpers/synth";
import { refusal } from "../helpers/refusal";
import { packed } from "./packed";

/* What a policy document does to the gateway's token, to the checks of the library and to secrets is said, however it is written. */

const {
  ApimGateway,
  ApimSku,
  ApiSurface,
  Audience,
  Backend,
  ConflictResolution,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecurePolicyFragment,
} = packed();

const TENANT = "11111111-2222-3333-4444-555555555555";

/** The sections of a document, each policy on a line of its own. Lines 1 to 3 end with `<base />`. */
interface Sections {
  readonly inbound?: string;
  readonly backend?: string;
  readonly outbound?: string;
  readonly onError?: string;
}

function documentOf({ inbound = "", backend = "<base />", outbound = "", onError = "" }: Sections): string {
  return [
    "<policies>",
    `<inbound>\n<base />${inbound && `\n${inbound}`}\n</inbound>`,
    `<backend>\n${backend}\n</backend>`,
    `<outbound>\n<base />${outbound && `\n${outbound}`}\n</outbound>`,
    `<on-error>\n<base />${onError && `\n${onError}`}\n</on-error>`,
    "</policies>",
  ].join("\n");
}

function publish(props: (stack: TerraformStack) => Json): TerraformStack {
  const stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.BASIC_V2,
  });
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(TENANT)),
    surface: ApiSurface.operations([{ method: "GET", urlTemplate: "/orders", operationId: "list" }]),
    ...props(stack),
  });
  return stack;
}

/** The findings of a policy as `line:column id`: its conflicts, or else its warnings. */
function found(policy: Json, props: Json = {}): string[] {
  return shown(() => publish(() => ({ policy, ...props })));
}

function shown(action: () => TerraformStack): string[] {
  let lines: string[];
  try {
    lines = annotations(action());
  } catch (error) {
    lines = (error as Error).message.split("\n").filter((line) => line.startsWith("- "));
  }
  return lines.map((line) => {
    const [, place = "", id] = /(\d+:\d+) .*\(([\w-]+)\)$/.exec(line) ?? [line];
    return `${place} ${id}`;
  });
}

const merged = (sections: Sections): string[] => found(PolicyDocument.fromXml(documentOf(sections)));
const operation = (sections: Sections): string[] =>
  shown(() =>
    publish(() => ({
      operationPolicies: [{ operationId: "list", policy: PolicyDocument.fromXml(documentOf(sections)) }],
    })),
  );

const RETRY = '<retry condition="@(true)" count="1" interval="1">\n%\n<forward-request />\n</retry>';
const READ = 'context.Request.Headers.GetValueOrDefault("Authorization", "")';

describe("the gateway's token is replaced", () => {
  test.each([
    '<set-header name="Authorization" exists-action="delete" />',
    '<set-header name=" authorization " exists-action="@(context.Api.Id)"><value>x</value></set-header>',
    '<authentication-basic username="u" password="{{p}}" />',
    '<authentication-token resource-url="https://other" />',
    '<authentication-token-store provider="x" />',
    '<authentication-managed-identity resource="https://other" />',
  ])("in the backend section, or in an operation after <base />, by %s", (policy) => {
    expect(merged({ backend: RETRY.replace("%", policy) })).toEqual(["7:1 token-replaced-later"]);
    expect(operation({ inbound: policy })).toEqual(["4:1 token-replaced-later"]);
  });

  test("but not by a certificate, which may be sent beside the token", () => {
    const certificate = '<authentication-certificate certificate-id="client" />';
    const policy = PolicyDocument.fromXml(documentOf({ backend: RETRY.replace("%", certificate) }));
    expect(found(policy)).toEqual(["7:1 certificate-already-used"]);
    expect(messageOf(() => publish(() => ({ policy })))).not.toContain("Authorization");
    expect(found(policy.resolve(ConflictResolution.KEEP_CREDENTIALS))).toEqual([]);
    expect(operation({ inbound: certificate })).toEqual(["4:1 operation-sends-certificate"]);
  });

  test.each(["<authentication-token />", "<authentication-token-store />"])(
    "in inbound, where it comes last: %s is lost",
    (policy) => {
      expect(merged({ inbound: policy })).toEqual(["4:1 authorization-already-set"]);
    },
  );
});

describe("the gateway's token is read", () => {
  test.each<[string, string]>([
    ["given to the consumer", `<set-header name="X"><value>@(${READ})</value></set-header>`],
    ["taken for the consumer's", `<choose><when condition="@(${READ}.AsJwt() == null)" /></choose>`],
    ["traced", `<trace source="a"><message>@(${READ})</message></trace>`],
    ["logged", `<log-to-eventhub logger-id="l">@(${READ})</log-to-eventhub>`],
    ["copied with all headers", '<set-variable name="h" value="@(context.Request.Headers.ToString())" />'],
    ["read under another name", '<set-variable name="h" value="@{ var r = context.Request; return r.Headers; }" />'],
    ["read by index", '<set-variable name="h" value="@(context.Request.Headers["authorization"][0])" />'],
    ["read by a computed name", '<set-variable name="h" value="@(context.Request.Headers["Auth" + "orization"])" />'],
    ["escaped", `<set-variable name="h" value="@(${READ.replace(/"/g, "&quot;")})" />`],
  ])("%s", (_, policy) => {
    const ids = (found: string[]): string[] => found.map((each) => each.split(" ")[1]);
    expect(ids(merged({ outbound: policy }))).toEqual(["token-read"]);
    expect(ids(merged({ onError: policy }))).toEqual(["token-read"]);
    expect(ids(merged({ backend: RETRY.replace("%", policy) }))).toEqual(["token-read"]);
    expect(ids(operation({ inbound: policy }))).toEqual(["token-read"]);
    expect(merged({ inbound: policy })).toEqual([]);
  });

  test.each([
    ["code that writes markup", `@{ var line = "<br/>"; return line + ${READ}; }`],
    ["code that writes a document", `@("<error>" + ${READ} + "</error>")`],
    ["a template beside an element", "{{context.Request.Headers.Authorization}}<soap/>"],
    ["a template with a name for the request", "{% assign r = context.Request %}{{ r.Headers.Authorization }}"],
    ["the whole context", "@(JsonConvert.SerializeObject(context))"],
  ])("by %s", (_, body) => {
    expect(merged({ outbound: `<set-body>${body}</set-body>` })).toEqual(["10:1 token-read"]);
    expect(operation({ onError: `<set-body>${body}</set-body>` })).toEqual(["13:1 token-read"]);
  });

  test.each([
    '@(context.Request.Headers.GetValueOrDefault("X-Trace", ""))',
    '@(context.Request.Headers.GetValueOrDefault("x.trace.id", "see context.Request.Headers"))',
    '@(context.Request.Headers["X-Trace"][0] + context.Request.Method)',
    "@(context.Response.Headers.ToString())",
  ])("but not by %s", (code) => {
    expect(merged({ outbound: `<set-variable name="h" value='${code}' />` })).toEqual([]);
  });
});

test("a policy between two expressions cannot be hidden", () => {
  const [open, close] = ["<!-- first", "last -->"].map(
    (text) => `<trace source="a"><message>@("${text}")</message></trace>`,
  );
  const hidden = RETRY.replace("%", `${open}\n<set-backend-service base-url="https://other.example" />\n${close}`);
  expect(() => PolicyDocument.fromXml(documentOf({ backend: hidden }))).toThrow(refusal("read-in-two-ways", "7:1"));
});

describe("the caller's identity is read from a validated token only, so that the document may not write", () => {
  const statements = PolicyDocument.of(
    PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [TENANT] }),
    PolicyStatement.forwardCallerIdentity(),
  );
  const published = (inbound: string): (() => TerraformStack) => {
    const other = '<validate-jwt header-name="X-Other"><openid-config url="https://a" /></validate-jwt>';
    const policy = PolicyDocument.fromXml(documentOf({ inbound: `${inbound}\n${other}` })).merge(statements);
    return () => publish(() => ({ policy }));
  };

  test.each([
    '<set-variable name="caller-token" value="@(x)" />',
    '<set-variable name="@(context.Api.Name)" value="@(x)" />',
    '<choose><when condition="@(true)"><set-variable name=" caller-token " value="a" /></when></choose>',
    '<send-request mode="new" response-variable-name="caller-token" />',
    '<authentication-managed-identity resource="a" output-token-variable-name="caller-token" />',
  ])("%s", (policy) => {
    expect(published(policy)).toThrow(refusal("caller-identity-overwritten", "caller-token"));
  });

  test.each([
    '<set-variable name="other" value="caller-token" />',
    '<set-variable name="caller@contoso" value="x" />',
    '<set-header name="caller-token"><value>x</value></set-header>',
    '<choose><when condition="@(true)"><validate-jwt header-name="X" output-token-variable-name="caller-token" /></when></choose>',
  ])("but may have %s", (policy) => {
    expect(published(policy)).not.toThrow();
  });

  test("which is named", () => {
    expect(published('<set-variable name="caller-token" value="@(x)" />')).toThrow(
      refusal("caller-identity-overwritten", '<set-variable name="caller-token"> can overwrite'),
    );
  });

  test("also where a parent policy validates the token", () => {
    const inherited = PolicyDocument.of(
      PolicyStatement.forwardInheritedCallerIdentity("token", "The product validates it."),
    );
    const written = '<set-variable name="token" value="@(x)" />';
    const late = PolicyDocument.fromXml(documentOf({ inbound: `${written}\n<validate-jwt header-name="X" />` }));
    expect(() => publish(() => ({ policy: late.merge(inherited) }))).toThrow(refusal("caller-identity-overwritten"));
    expect(found(inherited)).toEqual([]);
  });
});

describe("the policy of an operation", () => {
  const before = (policy: string): string[] => {
    const document = PolicyDocument.fromXml(`<policies><inbound>\n${policy}\n<base /></inbound></policies>`);
    return shown(() => publish(() => ({ operationPolicies: [{ operationId: "list", policy: document }] })));
  };

  test.each([
    '<set-backend-service base-url="https://other" />',
    '<set-header name="Authorization"><value>Basic {{x}}</value></set-header>',
    '<authentication-managed-identity resource="https://other" />',
  ])("is overridden in %s before <base />, and that is said", (policy) => {
    expect(before(policy)).toEqual(["2:1 operation-overridden-at-base"]);
  });

  test.each(['<cache-lookup vary-by-developer="true" />', "<mock-response />", "<return-response />"])(
    "can answer with %s before the policy of the API has checked the request, and that is said",
    (policy) => {
      expect(before(policy)).toEqual(["2:1 operation-answers-before-base"]);
      expect(operation({ inbound: policy })).toEqual([]);
    },
  );

  test("is not, where it removes Authorization or keeps a token", () => {
    expect(before('<set-header name="Authorization" exists-action="delete" />')).toEqual([]);
    expect(before('<authentication-managed-identity resource="r" output-token-variable-name="v" />')).toEqual([]);
  });

  test.each(["outbound", "onError"])("can include a fragment in %s, which may read the token", (section) => {
    const found = operation({ [section]: '<include-fragment fragment-id="f" />' });
    expect(found.map((each) => each.split(" ")[1])).toEqual(["fragment-not-visible"]);
  });

  test("is told once that a fragment in inbound cannot be read", () => {
    expect(operation({ inbound: '<include-fragment fragment-id="f" />' })).toEqual(["4:1 fragment-not-visible"]);
  });
});

describe("only the literal default of an attribute is safe", () => {
  const values = ["true", "True", "1", "yes", "@(true)", "{{flag}}", ""];

  test.each(values)("follow-redirects=%p", (value) => {
    expect(merged({ backend: `<forward-request follow-redirects="${value}" />` })).toEqual(["6:1 redirects-followed"]);
  });

  test.each([...values, "copy"])("mode=%p", (value) => {
    expect(merged({ outbound: `<send-request mode="${value}" />` })).toEqual(["10:1 token-copied"]);
    expect(operation({ inbound: `<send-one-way-request mode="${value}" />` })).toEqual(["4:1 token-copied"]);
  });

  test.each(values)("ignore-error=%p", (value) => {
    const policy = PolicyDocument.fromXml(
      documentOf({
        inbound: `<choose><when condition="@(true)">\n<authentication-managed-identity resource="r" ignore-error="${value}" />\n</when></choose>`,
      }),
    );
    expect(found(policy.resolve(ConflictResolution.REPLACE_MANAGED_IDENTITY))).toEqual(["5:1 identity-error-ignored"]);
  });

  test("none, and a literal false or new", () => {
    expect(merged({ backend: "<forward-request />", outbound: "<send-request />" })).toEqual([]);
    expect(
      merged({
        backend: '<forward-request follow-redirects="false" />',
        outbound: '<send-request mode="new"><set-url>https://a</set-url></send-request>',
      }),
    ).toEqual([]);
  });
});

test("a proxy gets the token, a fragment may read it, and a computed header may be any", () => {
  expect(merged({ inbound: '<proxy url="http://proxy" />' })).toEqual(["4:1 sent-through-proxy"]);
  expect(merged({ outbound: '<include-fragment fragment-id="f" />' })).toEqual(["10:1 fragment-not-visible"]);
  const computed = '<set-header name="@(context.Api.Name)"><value>a</value></set-header>';
  expect(merged({ inbound: computed })).toEqual(["4:1 header-name-unknown"]);
  expect(merged({ outbound: computed })).toEqual([]);
});

describe("what the library takes off again is said", () => {
  test.each([
    '<set-query-parameter name="subscription-key" exists-action="override"><value>{{k}}</value></set-query-parameter>',
    '<set-query-parameter name="Subscription-Key"><value>{{k}}</value></set-query-parameter>',
    '<set-header name="ocp-apim-subscription-key" exists-action="@(context.Api.Id)"><value>{{k}}</value></set-header>',
  ])("%s", (policy) => {
    expect(merged({ inbound: policy })).toEqual(["4:1 header-removed-later"]);
    expect(found(PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, policy)))).toEqual([
      "1:1 header-removed-later",
    ]);
  });

  test.each([
    '<set-query-parameter name="subscription-key"><value>{{k}}</value></set-query-parameter>',
    '<set-header name="X-Caller-Subject"><value>me</value></set-header>',
  ])("also in an operation before <base />: %s", (policy) => {
    const document = PolicyDocument.fromXml(`<policies><inbound>\n${policy}\n<base /></inbound></policies>`);
    const policies = [{ operationId: "list", policy: document }];
    expect(shown(() => publish(() => ({ operationPolicies: policies })))).toEqual(["2:1 header-removed-later"]);
  });

  test("but not what is taken off anyway", () => {
    expect(merged({ inbound: '<set-query-parameter name="subscription-key" exists-action="delete" />' })).toEqual([]);
  });
});

test("an identity whose token nobody reads any more still fails requests", () => {
  const identity = '<authentication-managed-identity resource="api://old" output-token-variable-name="msi" />';
  const header = '<set-header name="Authorization"><value>@((string)context.Variables["msi"])</value></set-header>';
  const document = (rest = ""): Json =>
    PolicyDocument.fromXml(documentOf({ inbound: `${identity}\n${header}${rest}` }));
  const { REPLACE_AUTHORIZATION, KEEP_AUTHORIZATION } = ConflictResolution;
  expect(found(document().resolve(REPLACE_AUTHORIZATION))).toEqual(["4:1 identity-token-unused"]);
  expect(found(document().resolve(KEEP_AUTHORIZATION))).toEqual([]);
  const read = '\n<set-variable name="a" value="@(context.Variables["msi"])" />';
  expect(found(document(read).resolve(REPLACE_AUTHORIZATION))).toEqual([]);
  const statement = PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, read.trim()));
  expect(found(document().resolve(REPLACE_AUTHORIZATION).merge(statement))).toEqual([]);
});

describe("a check of ours beside the document's", () => {
  const entra = PolicyStatement.requireEntraToken({ tenantId: TENANT, audiences: [TENANT] });
  const withEntra = (xml: string): string[] => found(PolicyDocument.fromXml(xml).merge(PolicyDocument.of(entra)));

  test.each<[string, string, string[]]>([
    ["another header", '<validate-jwt header-name="X-Session" />', []],
    ["a query parameter", '<validate-jwt query-parameter-name="session" />', []],
    ["the same header", '<validate-jwt header-name="authorization" />', ["4:1 second-token-validation"]],
    ["another header, which code reads", '<validate-jwt token-value="@(context.Request.Headers["X-T"][0])" />', []],
    ["a place that only the gateway knows", '<validate-jwt token-value="@(x)" />', ["4:1 second-token-validation"]],
    [
      "another header, into the same variable",
      '<validate-jwt header-name="X-Session" output-token-variable-name="caller-token" />',
      ["4:1 second-token-validation"],
    ],
  ])("validates another token if it is in %s", (_, policy, expected) => {
    expect(withEntra(documentOf({ inbound: policy }))).toEqual(expected);
  });

  test("takes the place of one that required claims, and says which ones it does not require", () => {
    const claims = '<required-claims><claim name="roles"><value>Admin</value></claim></required-claims>';
    const inbound = `<validate-jwt header-name="Authorization">${claims}</validate-jwt>`;
    const document = PolicyDocument.fromXml(documentOf({ inbound })).resolve(
      ConflictResolution.REPLACE_TOKEN_VALIDATION,
    );
    const requiring = PolicyStatement.requireEntraToken({
      tenantId: TENANT,
      audiences: [TENANT],
      requiredClaims: [{ name: "roles", values: ["Admin"] }],
    });
    expect(found(document.merge(PolicyDocument.of(entra)))).toEqual(["4:1 required-claims-lost"]);
    expect(found(document.merge(PolicyDocument.of(requiring)))).toEqual([]);
  });

  test("sees the consumer's header if the document sets Authorization after it", () => {
    const policy = documentOf({
      inbound: '<set-header name="Authorization"><value>@((string)context.Variables["session"])</value></set-header>',
    });
    const document = PolicyDocument.fromXml(policy).resolve(ConflictResolution.KEEP_AUTHORIZATION);
    expect(found(document)).toEqual([]);
    expect(found(document.merge(PolicyDocument.of(entra)))).toEqual(["4:1 token-set-after-validation"]);
    const jwt = { openIdConfigUrl: "https://a/.well-known/openid-configuration", audiences: ["a"] };
    const elsewhere = PolicyStatement.requireJwt({ ...jwt, headerName: "X-Session" });
    expect(found(document.merge(PolicyDocument.of(elsewhere)))).toEqual([]);
  });

  test("sees the consumer's header if it replaces what the document made Authorization of", () => {
    const replacing = (inbound: string): Json =>
      PolicyDocument.fromXml(documentOf({ inbound })).resolve(ConflictResolution.REPLACE_AUTHORIZATION);
    const session =
      '<set-header name="Authorization"><value>@((string)context.Variables["session"])</value></set-header>';
    expect(found(replacing(session).merge(PolicyDocument.of(entra)))).toEqual(["4:1 token-not-set"]);
    expect(found(replacing(session))).toEqual([]);
    const identity = '<authentication-managed-identity resource="api://a" output-token-variable-name="session" />';
    expect(found(replacing(identity + session).merge(PolicyDocument.of(entra)))).toEqual(["4:1 identity-token-unused"]);
    const key = '<set-header name="Authorization"><value>{{key}}</value></set-header>';
    expect(found(replacing(key).merge(PolicyDocument.of(entra)))).toEqual([]);
  });

  test("loses no header if it replaces what is only called Authorization", () => {
    const removed = (forwarding: string): string[] =>
      found(
        PolicyDocument.fromXml(documentOf({ backend: forwarding }))
          .resolve(ConflictResolution.REPLACE_FORWARDING)
          .merge(PolicyDocument.of(entra, PolicyStatement.forwardRequest())),
      );
    const value = "<value>@(context.RequestId)</value>";
    const header = `<set-header name=" Authorization ">${value}</set-header>`;
    expect(removed(header)).toEqual(["6:1 token-not-set"]);
    expect(removed(`<set-query-parameter name="Authorization">${value}</set-query-parameter>`)).toEqual([]);
    expect(removed('<set-variable name="authorization" value="@(context.RequestId)" />')).toEqual([]);
  });

  test.each([
    "<cache-lookup />",
    "<llm-semantic-cache-lookup />",
    '<choose><when condition="@(true)"><mock-response /></when></choose>',
  ])("comes too late after %s", (policy) => {
    const answered = `<policies><inbound>${policy}<base /></inbound><backend><base /></backend></policies>`;
    const jwt = { openIdConfigUrl: "https://a/.well-known/openid-configuration", audiences: ["a"], headerName: "X-T" };
    const column = answered.indexOf(/<[\w-]*(?:cache-lookup|mock-response)/.exec(policy)![0]) + 1;
    expect(withEntra(answered)).toEqual([`1:${column} answered-before-check`]);
    const ours = PolicyDocument.of(PolicyStatement.requireJwt(jwt));
    expect(found(PolicyDocument.fromXml(answered).merge(ours))).toEqual([`1:${column} answered-before-check`]);
    expect(found(PolicyDocument.fromXml(answered))).toEqual([]);
  });

  test("comes too late after a cache in the policy of an operation, which runs before the API's", () => {
    const cached = PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, "<cache-lookup />"));
    const policies = [{ operationId: "list", policy: cached }];
    expect(shown(() => publish(() => ({ operationPolicies: policies })))).toEqual([
      "3:5 operation-answers-before-base",
    ]);
  });

  test("is not passed by an answer that rejects the request", () => {
    const rejected =
      '<policies><inbound><choose><when condition="@(true)"><return-response><set-status code="403" /></return-response>' +
      "</when></choose><base /></inbound><backend><base /></backend></policies>";
    expect(withEntra(rejected)).toEqual([]);
  });
});

test("a document that chooses the backend that the library creates contradicts nothing", () => {
  expect(merged({ inbound: '<set-backend-service backend-id="other" />' })).toEqual(["4:1 backend-already-chosen"]);
  expect(merged({ inbound: '<set-backend-service backend-id="orders" />' })).toEqual([]);
});

test("a late cors is not said to be run into by preflight requests", () => {
  const policy = PolicyDocument.fromXml(
    documentOf({
      inbound:
        '<rewrite-uri template="/" />\n<cors><allowed-origins><origin>https://a</origin></allowed-origins></cors>',
    }),
  );
  const warnings = annotations(publish(() => ({ policy })));
  expect(warnings).toEqual([expect.stringContaining("expects it to be the first policy")]);
});

describe("a secret in a policy is a warning that names the safe way", () => {
  test.each([
    '<set-header name="X-Api-Key"><value>abc</value></set-header>',
    '<set-header name="X-Auth"><value>sk-live_51HqLyjWDarjtT1zdp7dc</value></set-header>',
    '<set-query-parameter name="code"><value>Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5</value></set-query-parameter>',
    '<set-header name="X-Auth"><value>@("Bearer sk-live_51HqLyjWDarjtT1zdp7dc")</value></set-header>',
    '<set-variable name="cs" value="Endpoint=sb://a;SharedAccessKey=abc=" />',
    "<set-body>&lt;a/&gt; <x/>AccountKey=abcdefgh==</set-body>",
    '<set-body>@("<a/>" + "sk-live_51HqLyjWDarjtT1zdp7dc")</set-body>',
  ])("%s", (policy) => {
    const document = PolicyDocument.fromXml(documentOf({ inbound: policy }));
    expect(merged({ inbound: policy }).map((each) => each.split(" ")[1])).toEqual(["literal-secret"]);
    expect(annotations(publish(() => ({ policy: document })))).toEqual([
      expect.stringContaining("NamedValueContent.keyVaultSecret"),
    ]);
    expect(annotations(publish(() => ({ policy: document }))).join()).not.toContain("sk-live_51");
  });

  test("as a literal of a statement", () => {
    const literal = PolicyValue.literal("sk-live_51HqLyjWDarjtT1zdp7dc");
    const policy = PolicyDocument.of(PolicyStatement.setHeader("X-Auth", literal));
    expect(found(policy)).toEqual(["2:3 literal-secret"]);
  });

  test("by a sensitive variable", () => {
    const withVariable = (sensitive: boolean): string[] => {
      const stack = publish((scope) => {
        const { stringValue } = new TerraformVariable(scope, "partner", { type: "string", sensitive });
        return { policy: PolicyDocument.of(PolicyStatement.setHeader("X-Auth", PolicyValue.literal(stringValue))) };
      });
      synth(stack);
      return annotations(stack);
    };
    expect(withVariable(true)).toEqual([expect.stringContaining("(secret-in-policy)")]);
    expect(withVariable(false)).toEqual([]);
  });

  test("but not a named value, nor what only looks like a secret", () => {
    const policy = `<set-header name="X-Api-Key"><value>{{key}}</value></set-header>
<set-header name="WWW-Authenticate"><value>Bearer realm="orders"</value></set-header>
<authentication-certificate thumbprint="CA06F56B258B7A0D4F2B05470939478651151984" />
<set-variable name="v" value="@("Basic " + context.RequestId)" />`;
    const document = PolicyDocument.fromXml(documentOf({ inbound: policy }));
    expect(found(document.resolve(ConflictResolution.KEEP_CREDENTIALS))).toEqual([]);
  });
});

describe("thousands of findings", () => {
  const many = 2000;

  test("are listed up to a limit, with the number of the others", () => {
    const line = '<set-header name="Authorization"><value>x</value></set-header>';
    const policy = PolicyDocument.fromXml(documentOf({ inbound: Array(many).fill(line).join("\n") }));
    const message = messageOf(() => publish(() => ({ policy })));
    expect(message.split("\n")).toHaveLength(23);
    expect(message).toContain(`- and ${many - 20} more\n`);
  });

  test("are warned of up to a limit", () => {
    const line = `<set-variable name="h" value="@(${READ})" />`;
    const policy = PolicyDocument.fromXml(documentOf({ outbound: Array(many).fill(line).join("\n") }));
    const warnings = annotations(publish(() => ({ policy })));
    expect(warnings).toHaveLength(21);
    expect(warnings[20]).toContain(`${many - 20} more warnings`);
  });
});

test("a fragment is held to the same", () => {
  const stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  new SecurePolicyFragment(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(TENANT)),
    policy: PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, '<proxy url="http://proxy" />')),
  });
  expect(annotations(stack)).toEqual([expect.stringContaining("(sent-through-proxy)")]);
});
