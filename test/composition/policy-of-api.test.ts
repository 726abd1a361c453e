import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimSku,
  ApiSurface,
  AppRuntime,
  Audience,
  Backend,
  BackendBranch,
  BranchCondition,
  ConflictResolution,
  IApimBackend,
  IApimGateway,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecureApimBackendProps,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { Refusal, refusal } from "../helpers/refusal";
import { all, annotations, GROUP, messageOf, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "99999999-2222-3333-4444-555555555555";
const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", SERVICE);
});

const url = (address = "https://legacy.contoso.com", clientId = GUID): IApimBackend =>
  Backend.url(address, Audience.clientId(clientId));

function secure(props: Partial<SecureApimBackendProps> = {}): SecureApimBackend {
  return new SecureApimBackend(stack, "Orders", { gateway, backend: url(), ...props });
}

const policy = (): string => withoutHashes(only(synth(stack), "azurerm_api_management_api_policy").xml_content);

/** The document that every test here extends: what the gateway adds stands in it once. */
function inbound(...lines: string[]): PolicyDocument {
  const text = ["<policies>", "\t<inbound>", ...lines.map((line) => `\t\t${line}`), "\t</inbound>", "</policies>"];
  return PolicyDocument.fromXml(text.join("\r\n"));
}

describe("a policy that somebody has written", () => {
  test("keeps every byte, and gets the gateway's statements in its own newlines and indentation", () => {
    const line =
      '<set-header name="X-A" exists-action="override"><value>@(a < b && c["x"] ? "${y}" : "%{z}")</value></set-header>';
    secure({ policy: inbound("<base />", line) });
    const text = policy();
    expect(text.endsWith("/>\r\n\t</inbound>\r\n</policies>")).toBe(true);
    expect(text.replace(/\r\n\t\t<[a-z-]+ id="secure-apim-backend-[^>]*>/g, "")).toBe(
      ["<policies>", "\t<inbound>", "\t\t<base />", `\t\t${line}`, "\t</inbound>", "</policies>"]
        .join("\r\n")
        .replace(/[$%](?=\{)/g, (sign) => sign + sign),
    );
  });

  test("that contradicts the gateway is refused at the construct, with both sides and the ways out", () => {
    const written = inbound("<base />", '<set-backend-service base-url="https://old.contoso.com" />');
    expect(() => secure({ policy: written })).toThrow(
      refusal(
        "policy-conflicts",
        "[app/Orders: policy document]",
        "4:3 <set-backend-service>",
        '"route" (inserted at 4:61)',
        "ConflictResolution.REPLACE_BACKEND",
        "ConflictResolution.KEEP_BACKEND",
        "emove <set-backend-service> from the document",
        "(backend-already-chosen)",
      ),
    );
  });

  test("is refused at the construct beside another one", () => {
    const backend: IApimBackend = {
      factory: "written",
      bind: () => ({
        url: "https://a.contoso.com",
        audience: Audience.clientId(OTHER),
        policy: inbound("<base />", "<a />"),
        dependencies: [],
      }),
    };
    expect(() => secure({ policy: inbound("<base />"), backend })).toThrow(refusal("two-documents", "[app/Orders"));
  });

  test("gives way by name", () => {
    const written = inbound("<base />", '<set-backend-service base-url="https://old.contoso.com" />');
    secure({ policy: written.resolve(ConflictResolution.REPLACE_BACKEND) });
    expect(policy()).not.toContain("old.contoso.com");
  });

  test("with a fragment that cannot be looked into is a warning at the construct", () => {
    secure({ policy: inbound("<base />", '<include-fragment fragment-id="logging" />') });
    expect(annotations(stack)).toEqual([refusal("fragment-not-visible", "warn: policy document:4:3", '"logging"')]);
  });

  test("plans again when white space in one of its strings changes", () => {
    const tokenId = (text: string): string | undefined => {
      stack = stackWithProviders();
      gateway = new ApimGateway(stack, "Gateway", SERVICE);
      secure({ policy: inbound("<base />", `<set-variable name="a" value="@("${text}")" />`) });
      const { xml_content } = only(synth(stack), "azurerm_api_management_api_policy");
      return /secure-apim-backend-token-[0-9a-f]{8}/.exec(xml_content)?.[0];
    };
    expect(tokenId("Bearer")).not.toBe(tokenId("Bearer "));
    expect(tokenId("Bearer")).toBe(tokenId("Bearer"));
  });

  test("is judged with what an earlier merge has left in it, because that stays", () => {
    const byKey = PolicyStatement.rateLimitByKey({
      calls: 10,
      renewalPeriodSeconds: 60,
      counterKey: PolicyValue.expression("context.Request.IpAddress"),
    });
    const merged = inbound("<base />").merge(PolicyDocument.of(byKey)).toXml();
    const saved = PolicyDocument.fromXml(merged);
    expect(() => secure({ policy: saved })).toThrow(refusal("unsupported-tier", "rate-limit-by-key"));
  });

  test("is refused on Consumption if it is larger than the tier accepts", () => {
    const large = inbound("<base />", ...Array<string>(900).fill("<!-- a comment -->"));
    expect(() => secure({ policy: large })).toThrow(
      refusal(
        "unsupported-tier",
        "The policy, which has 20.",
        "Consumption, which accepts at most 16 KiB",
        "make the policy smaller",
      ),
    );
    gateway = new ApimGateway(stack, "Other", { ...SERVICE, sku: ApimSku.BASIC_V2 });
    expect(() => new SecureApimBackend(stack, "Stock", { gateway, backend: url(), policy: large })).not.toThrow();
  });

  test.each([
    [
      "sets what only a validated token may say",
      '<set-header name="X-Caller-Object-Id"><value>me</value></set-header>',
      "4:3 <set-header>",
      "ConflictResolution.REPLACE_CALLER_HEADERS",
    ],
    [
      "sets it in some requests",
      '<choose><when condition="@(true)"><set-header name="x-caller-a" /></when></choose>',
      "4:37 <set-header>",
      "emove <set-header> from the document",
    ],
  ])("is refused where it %s", (_, line, place, remedy) => {
    expect(() => secure({ policy: inbound("<base />", line) })).toThrow(
      refusal("policy-conflicts", "[app/Orders: policy document]", place, remedy, "(caller-header-set)"),
    );
  });

  test("cannot keep what only a validated token may say", () => {
    expect(Object.keys(ConflictResolution)).toContain("REPLACE_CALLER_HEADERS");
    expect(Object.keys(ConflictResolution)).not.toContain("KEEP_CALLER_HEADERS");
  });

  test("is a warning where the gateway's token may get lost or go elsewhere", () => {
    const text =
      "<policies><inbound><base /></inbound>" +
      '<backend><set-header name="@(x)" /></backend>' +
      '<outbound><send-request mode="copy" /></outbound>' +
      '<on-error><forward-request follow-redirects="true" /></on-error></policies>';
    secure({ policy: PolicyDocument.fromXml(text) });
    expect(annotations(stack)).toEqual([
      refusal("token-copied", "warn: policy document:1:93", "<send-request"),
      refusal("redirects-followed", "warn: policy document:1:142", "<forward-request>"),
      refusal("header-name-unknown", "warn: policy document:1:47", "<set-header>", "Authorization"),
    ]);
  });

  test("may hold what looks like a policy in the text of a body", () => {
    const body = '<return-response><set-body><set-header name="Authorization" /></set-body></return-response>';
    const line = `<choose><when condition="@(false)">${body}</when></choose><set-body><set-backend-service /></set-body>`;
    expect(() => secure({ policy: inbound("<base />", line) })).not.toThrow();
  });
});

describe("the caller's identity", () => {
  const forward = PolicyDocument.of(PolicyStatement.forwardCallerIdentity());
  const validation = (variable: string): string =>
    `<validate-jwt header-name="Authorization" output-token-variable-name="${variable}" />`;

  test("is read after the validation that the document has itself", () => {
    secure({ policy: inbound("<base />", '<rate-limit calls="1" />', validation("caller-token")).merge(forward) });
    const order = [...policy().matchAll(/<(rate-limit|validate-jwt|set-header id="secure-apim-backend-forward)/g)];
    expect(order.map(([, name]) => name.slice(0, 12))).toEqual([
      "rate-limit",
      "validate-jwt",
      ...Array<string>(4).fill("set-header i"),
    ]);
  });

  test("is validated by the document alone where its own validation is kept", () => {
    const document = inbound("<base />", validation("caller-token"))
      .merge(PolicyDocument.of(PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [OTHER] })))
      .resolve(ConflictResolution.KEEP_TOKEN_VALIDATION);
    secure({ policy: document });
    expect(policy()).toContain(validation("caller-token"));
    expect(policy()).not.toContain("validate-azure-ad-token");
  });

  test.each([
    ["into another variable", inbound("<base />", validation("jwt"))],
    [
      "for responses only",
      PolicyDocument.fromXml(`<policies><inbound /><outbound>${validation("caller-token")}</outbound></policies>`),
    ],
    [
      "in some requests only",
      inbound("<base />", `<choose><when condition="@(true)">${validation("caller-token")}</when></choose>`),
    ],
  ])("is refused where the document validates %s", (_, document) => {
    expect(() => secure({ policy: document.merge(forward) })).toThrow(
      refusal("caller-identity-without-token", "[app/Orders]", '"caller-token"'),
    );
  });

  test("is read after a validation that is written as XML, whatever the order of the statements", () => {
    secure({
      policy: PolicyDocument.of(
        PolicyStatement.rateLimit(20, 60),
        PolicyStatement.forwardInheritedCallerIdentity("jwt", "the validation below"),
        PolicyStatement.raw(PolicySection.INBOUND, validation("jwt")),
      ),
    });
    const [, section] = policy().split(/<inbound>|<\/inbound>/);
    const children = [...section.matchAll(/^ {4}<([a-z-]+)(?: id="secure-apim-backend-([a-z-]+)")?/gm)];
    expect(children.map(([, name, kind]) => kind ?? name)).toEqual([
      "base",
      "raw",
      ...["x-caller-object-id", "x-caller-tenant-id", "x-caller-client-id", "x-caller-subject"],
      ...Array<string>(4).fill("forward-inherited-caller-identity"),
      "rate-limit",
      "subscription-key-header",
      "subscription-key-query",
      "route",
      "token",
    ]);
  });

  test("is read in a fragment after a validation that is written as XML", () => {
    new SecurePolicyFragment(stack, "Shared", {
      gateway,
      backend: url(),
      policy: PolicyDocument.of(
        PolicyStatement.forwardCallerIdentity({ tokenVariableName: "jwt" }),
        PolicyStatement.raw(PolicySection.INBOUND, validation("jwt")),
      ),
    });
    const { value } = only(synth(stack), "azurerm_api_management_policy_fragment");
    expect(value.indexOf("<validate-jwt")).toBeLessThan(value.indexOf('Variables["jwt"]'));
  });

  test("stays in its order where its validation reads what another statement sets", () => {
    const token =
      '<set-variable name="raw-token" value="@(context.Request.Headers.GetValueOrDefault(&quot;X-Token&quot;))" />';
    const reading = validation("jwt").replace(
      'header-name="Authorization"',
      'token-value="@((string)context.Variables[&quot;raw-token&quot;])"',
    );
    secure({
      policy: PolicyDocument.of(
        PolicyStatement.raw(PolicySection.INBOUND, token),
        PolicyStatement.raw(PolicySection.INBOUND, reading),
      ),
    });
    expect(policy().indexOf("<set-variable")).toBeLessThan(policy().indexOf("<validate-jwt"));
  });

  test("is refused where it would be read before the validation", () => {
    const mixed = `${validation("jwt")}<rate-limit calls="1" renewal-period="60" />`;
    const inherited = PolicyStatement.forwardInheritedCallerIdentity("jwt", "the validation below");
    expect(() =>
      secure({ policy: PolicyDocument.of(inherited, PolicyStatement.raw(PolicySection.INBOUND, mixed)) }),
    ).toThrow(refusal("caller-identity-before-validation", "[app/Orders]", '"jwt"', "<validate-jwt>", "of its own"));
  });

  test("is read from what the validation wrote, whatever the variable held before", () => {
    const before = '<set-variable name="caller-token" value="x" />';
    const document = inbound("<base />", before, validation("caller-token"));
    expect(() => secure({ policy: document.merge(forward) })).not.toThrow();
  });

  test("is validated once: the document's validation and one that is written as XML are a conflict", () => {
    const written = PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, validation("jwt")));
    expect(() => secure({ policy: inbound("<base />", validation("caller-token")).merge(written) })).toThrow(
      refusal("second-token-validation", "<validate-jwt>", "ConflictResolution.REPLACE_TOKEN_VALIDATION"),
    );
  });

  test("is taken from a parent policy by a named call with a reason", () => {
    const inherited = PolicyStatement.forwardInheritedCallerIdentity("jwt", "the product's policy validates it");
    secure({ policy: PolicyDocument.of(inherited) });
    expect(policy()).toContain('@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("oid", ""))');
    expect(() => PolicyStatement.forwardInheritedCallerIdentity("jwt", " ")).toThrow(
      refusal("missing-reason", "[PolicyStatement.forwardInheritedCallerIdentity]"),
    );
  });
});

describe("the subscription key", () => {
  test.each([
    ["X-Key", "key"],
    ["X-Key", "subscription-key"],
    ["Ocp-Apim-Subscription-Key", "key"],
    ["Ocp-Apim-Subscription-Key", "subscription-key"],
  ])("is hidden from the backend, whatever its names: %s and %s", (header, query) => {
    secure({ surface: ApiSurface.wildcard({ subscriptionKeyNames: { header, query } }) });
    const removed = [...policy().matchAll(/id="secure-apim-backend-subscription-key-\w+" (name="[^"]+") [^>]*delete/g)];
    expect(removed.map(([, name]) => name)).toEqual([`name="${header}"`, `name="${query}"`]);
  });
});

describe("statements", () => {
  test("are put in their order around the gateway's own", () => {
    secure({
      policy: PolicyDocument.of(
        PolicyStatement.setHeader("X-Tier", PolicyValue.literal("gold")),
        PolicyStatement.forwardCallerIdentity(),
        PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [OTHER] }),
        PolicyStatement.forwardRequest({ timeoutSeconds: 20 }),
      ),
    });
    expect(policy()).toMatchSnapshot();
  });

  test("that the tier does not have are refused where the tier is known, and a warning where not", () => {
    const byKey = PolicyStatement.rateLimitByKey({
      calls: 10,
      renewalPeriodSeconds: 60,
      counterKey: PolicyValue.expression("context.Request.IpAddress"),
    });
    expect(() => secure({ policy: PolicyDocument.of(byKey) })).toThrow(
      refusal(
        "unsupported-tier",
        "[app/Orders]",
        "rate-limit-by-key (statement rate-limit-by-key:1:1)",
        "Consumption",
        "sku: ApimSku.",
        "PolicyStatement.rateLimit,",
      ),
    );

    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    secure({ policy: PolicyDocument.of(byKey) });
    expect(annotations(stack)).toEqual([
      refusal("unknown-tier", "warn: ", "rate-limit-by-key (statement rate-limit-by-key:1:1)", "at apply"),
    ]);

    stack = stackWithProviders();
    gateway = new ApimGateway(stack, "Gateway", { ...SERVICE, sku: ApimSku.DEVELOPER });
    secure({ policy: PolicyDocument.of(byKey) });
    expect(annotations(stack)).toEqual([]);
  });

  test("for cors are refused together with an OPTIONS operation", () => {
    const cors = PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://shop.contoso.com"] }));
    const surface = ApiSurface.wildcard().passThroughOptions("WebDAV");
    expect(() => secure({ policy: cors, surface })).toThrow(
      refusal("cors-with-options", "[app/Orders]", "statement cors:1:1", "passThroughOptions(...)"),
    );
  });

  test("that tell of the caller are refused where nothing validates a token", () => {
    const forward = PolicyDocument.of(PolicyStatement.forwardCallerIdentity());
    expect(() => secure({ policy: forward })).toThrow(
      refusal(
        "caller-identity-without-token",
        "[app/Orders]",
        'the variable "caller-token"',
        "PolicyStatement.requireEntraToken(...)",
        'output-token-variable-name="caller-token"',
        'PolicyStatement.forwardInheritedCallerIdentity("caller-token", ',
      ),
    );
  });
});

describe("an API that chooses between backends", () => {
  const branch = (name: string, props: Partial<BackendBranch> = {}): BackendBranch => ({
    name,
    when: BranchCondition.header("X-Version", "2"),
    backend: url("https://v2.contoso.com", OTHER),
    ...props,
  });

  test("gets the right token for each of them, in one choose", () => {
    secure({
      branches: [
        branch("v2"),
        branch("beta", { when: BranchCondition.expression('context.User?.Email == "a@b" && true') }),
      ],
    });
    expect(policy()).toMatchSnapshot();
    expect(
      Object.values(all(synth(stack), "azurerm_api_management_backend")).map(
        ({ name, url: address }) => `${name} ${address}`,
      ),
    ).toEqual([
      "orders https://legacy.contoso.com",
      "orders-beta https://v2.contoso.com",
      "orders-v2 https://v2.contoso.com",
    ]);
  });

  test("lets the gateway in to each of them", () => {
    const webApp = (): IApimBackend => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    secure({ backend: webApp(), branches: [branch("v2", { backend: webApp() })] });
    const json = synth(stack);
    const assignments = Object.keys(json.resource.azuread_app_role_assignment);
    expect(assignments).toHaveLength(2);
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toEqual(
      expect.arrayContaining(assignments.map((name) => `azuread_app_role_assignment.${name}`)),
    );
  });

  test("puts what a backend needs besides the token into its branch", () => {
    const storage: IApimBackend = {
      factory: "storage",
      bind: () => ({
        url: "https://v2.contoso.com",
        audience: Audience.clientId(OTHER),
        policy: PolicyDocument.of(PolicyStatement.setHeader("x-ms-version", PolicyValue.literal("2025-01-05"))),
        dependencies: [],
      }),
    };
    secure({ branches: [branch("v2", { backend: storage })] });
    expect(policy()).toMatchSnapshot();
  });

  test("keeps what one backend needs from the others", () => {
    const needing = (header: string): IApimBackend => ({
      factory: "needing",
      bind: () => ({
        url: "https://a.contoso.com",
        audience: Audience.clientId(OTHER),
        policy: PolicyDocument.of(PolicyStatement.setHeader(header, PolicyValue.literal("a"))),
        dependencies: [],
      }),
    });
    secure({ backend: needing("X-Main"), branches: [branch("v2", { backend: needing("X-V2") })] });
    const [, when, otherwise] = /<when[^]*?>([^]*)<\/when>[^]*<otherwise>([^]*)<\/otherwise>/.exec(policy()) ?? [];
    expect([when.includes("X-V2"), when.includes("X-Main")]).toEqual([true, false]);
    expect([otherwise.includes("X-V2"), otherwise.includes("X-Main")]).toEqual([false, true]);
  });

  test("refuses a written choice beside its own, since each has its token", () => {
    const written = inbound("<base />", '<set-backend-service backend-id="old" />').resolve(
      ConflictResolution.KEEP_BACKEND,
    );
    const action = (): unknown => secure({ policy: written, branches: [branch("v2")] });
    expect(action).toThrow(
      refusal(
        "policy-conflicts",
        "[app/Orders: policy document]",
        "4:3 <set-backend-service>",
        '"branches" (inserted at 4:43)',
        "ConflictResolution.REPLACE_BACKEND",
        "(backend-already-chosen)",
      ),
    );
    expect(messageOf(action)).not.toContain("KEEP_BACKEND");
  });

  test.each([
    [
      "a name that is none",
      (): unknown => secure({ branches: [branch("V 2")] }),
      refusal("invalid-branch-name", "[app/Orders]", '"V 2"', '"orders-v2"'),
    ],
    [
      "one name twice",
      (): unknown => secure({ branches: [branch("v2"), branch("v2")] }),
      refusal("branch-name-taken", "[app/Orders]", '"v2"'),
    ],
    [
      "a value that is code",
      (): unknown => BranchCondition.header("X", 'a" || true || "'),
      refusal("invalid-branch-value", "[BranchCondition.header]", 'a" || true || "', "BranchCondition.expression("),
    ],
    [
      "a header that is none",
      (): unknown => BranchCondition.header("X Y", "a"),
      refusal("invalid-policy-name", "[BranchCondition.header]", '"X Y"'),
    ],
    [
      "a backend that needs another section",
      (): unknown => {
        const slow: IApimBackend = {
          factory: "slow",
          bind: () => ({
            url: "https://slow",
            audience: Audience.clientId(OTHER),
            policy: PolicyDocument.of(PolicyStatement.forwardRequest({ timeoutSeconds: 20 })),
            dependencies: [],
          }),
        };
        return secure({ branches: [branch("slow", { backend: slow })] });
      },
      refusal("branch-needs-other-section", "[app/Orders]", '"slow"', "backend section"),
    ],
    [
      "a backend that returns a document",
      (): unknown => {
        const written: IApimBackend = {
          factory: "written",
          bind: () => ({
            url: "https://slow",
            audience: Audience.clientId(OTHER),
            policy: inbound("<base />"),
            dependencies: [],
          }),
        };
        return secure({ branches: [branch("written", { backend: written })] });
      },
      refusal("branch-with-written-policy", "[app/Orders]", '"written"', "PolicyDocument.of(...statements)"),
    ],
  ])("refuses %s", (_, action, expected) => expect(action).toThrow(expected));
});

describe("a fragment for a policy that is managed elsewhere", () => {
  test("holds the same statements, in raw format, and says the one line to add", () => {
    const orders = new SecurePolicyFragment(stack, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
      policy: PolicyDocument.of(PolicyStatement.setHeader("X-Tier", PolicyValue.literal("gold"))),
    });
    const json = synth(stack);
    expect(json.resource.azurerm_api_management_api).toBeUndefined();
    const fragment = only(json, "azurerm_api_management_policy_fragment");
    expect({ ...fragment, value: withoutHashes(fragment.value) }).toMatchSnapshot();
    expect(orders.includeStatement).toMatch(/^<include-fragment fragment-id="\$\{TfToken\[TOKEN\.\d+\]\}" \/>$/);
    expect(orders.fragmentName).toBe("orders");
  });

  test.each<[string, PolicyDocument, Refusal]>([
    [
      "a whole document",
      inbound("<base />"),
      refusal("written-document-in-fragment", "[app/Orders: policy document]", "PolicyDocument.of(...statements)"),
    ],
    [
      "cors, which comes before <base />",
      PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://a.com"] })),
      refusal("not-in-fragment", "[app/Orders", "cors", "<base />"),
    ],
    [
      "another fragment",
      PolicyDocument.of(PolicyStatement.includeFragment("logging")),
      refusal("fragment-in-fragment", "[app/Orders", "include-fragment"),
    ],
    [
      "statements that contradict the gateway's",
      PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, '<set-backend-service base-url="https://evil" />')),
      refusal(
        "policy-conflicts",
        "[app/Orders: policy document]",
        "statement raw:1:1 <set-backend-service>",
        "ConflictResolution.KEEP_BACKEND",
        "(backend-already-chosen)",
      ),
    ],
    [
      "a statement of another section",
      PolicyDocument.of(PolicyStatement.raw(PolicySection.OUTBOUND, "<a />")),
      refusal("not-in-fragment", "[app/Orders", "raw"),
    ],
  ])("refuses %s", (_, document, expected) => {
    const fragment = (): unknown =>
      new SecurePolicyFragment(stack, "Orders", { gateway, backend: url(), policy: document });
    expect(fragment).toThrow(expected);
  });

  test("refuses a name that API Management refuses, and one that is taken", () => {
    const named = (id: string, fragmentName: string): unknown =>
      new SecurePolicyFragment(stack, id, { gateway, backend: url(), fragmentName });
    expect(() => named("A", "orders policy")).toThrow(
      refusal("invalid-name", "[app/A]", "policy fragment", '"orders policy"', '"orders-policy"'),
    );
    named("B", "orders");
    expect(() => named("C", "orders")).toThrow(
      refusal("name-taken-on-gateway", "[app/C]", '"orders"', "app/Gateway", "app/B", "fragmentName"),
    );
  });
});
