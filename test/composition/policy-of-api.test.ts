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
  IApimBackend,
  IApimGateway,
  PolicyConflict,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecureApimBackendProps,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
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
    expect(messageOf(() => secure({ policy: written }))).toMatchSnapshot();
  });

  test("gives way by name", () => {
    const written = inbound("<base />", '<set-backend-service base-url="https://old.contoso.com" />');
    secure({ policy: written.replaceExisting(PolicyConflict.BACKEND) });
    expect(policy()).not.toContain("old.contoso.com");
  });

  test("with a fragment that cannot be looked into is a warning at the construct", () => {
    secure({ policy: inbound("<base />", '<include-fragment fragment-id="logging" />') });
    expect(annotations(stack)).toMatchSnapshot();
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

  test("is not judged by what an earlier merge has left in it", () => {
    const byKey = PolicyStatement.rateLimitByKey({
      calls: 10,
      renewalPeriodSeconds: 60,
      counterKey: PolicyValue.expression("context.Request.IpAddress"),
    });
    const merged = inbound("<base />").merge(PolicyDocument.of(byKey)).toXml();
    expect(() => secure({ policy: PolicyDocument.fromXml(merged) })).not.toThrow();
  });

  test.each([
    [
      "sets what only a validated token may say",
      '<set-header name="X-Caller-Object-Id"><value>me</value></set-header>',
    ],
    ["sets it in some requests", '<choose><when condition="@(true)"><set-header name="x-caller-a" /></when></choose>'],
  ])("is refused where it %s", (_, line) => {
    expect(messageOf(() => secure({ policy: inbound("<base />", line) }))).toMatchSnapshot();
  });

  test("cannot keep what only a validated token may say", () => {
    expect(messageOf(() => inbound().keepExisting(PolicyConflict.CALLER_HEADERS))).toMatchInlineSnapshot(
      `"keepExisting(PolicyConflict.CALLER_HEADERS) would let a header that the backend trusts be set from anything. Write PolicyStatement.forwardCallerIdentity(), which sets it from the validated token, or give yours another name."`,
    );
  });

  test("is a warning where the gateway's token may get lost or go elsewhere", () => {
    const text =
      "<policies><inbound><base /></inbound>" +
      '<backend><set-header name="@(x)" /></backend>' +
      '<outbound><send-request mode="copy" /></outbound>' +
      '<on-error><forward-request follow-redirects="true" /></on-error></policies>';
    secure({ policy: PolicyDocument.fromXml(text) });
    expect(annotations(stack)).toMatchSnapshot();
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
      .keepExisting(PolicyConflict.TOKEN_VALIDATION);
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
    expect(messageOf(() => secure({ policy: document.merge(forward) }))).toMatch(
      /nothing before it in the inbound section/,
    );
  });

  test("is taken from a parent policy by a named call with a reason", () => {
    const inherited = PolicyStatement.forwardInheritedCallerIdentity("jwt", "the product's policy validates it");
    secure({ policy: PolicyDocument.of(inherited) });
    expect(policy()).toContain('@(((Jwt)context.Variables["jwt"]).Claims.GetValueOrDefault("oid", ""))');
    expect(messageOf(() => PolicyStatement.forwardInheritedCallerIdentity("jwt", " "))).toMatchInlineSnapshot(
      `"PolicyStatement.forwardInheritedCallerIdentity: the reason is empty. Write which policy validates the token, for example "the policy of the product validates it"."`,
    );
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
    expect(messageOf(() => secure({ policy: PolicyDocument.of(byKey) }))).toMatchInlineSnapshot(
      `"[app/Orders] The policy rate-limit-by-key (statement rate-limit-by-key:1:1) does not exist on the Consumption tier. Write another tier, for example sku: ApimSku.BASIC_V2, or PolicyStatement.rateLimit, which counts by subscription."`,
    );

    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    secure({ policy: PolicyDocument.of(byKey) });
    expect(annotations(stack)).toMatchInlineSnapshot(`
     [
       "warn: The policy rate-limit-by-key (statement rate-limit-by-key:1:1) does not exist on the Consumption tier, and the tier of this gateway is not known here. On Consumption the policy will be refused at apply.",
     ]
    `);

    stack = stackWithProviders();
    gateway = new ApimGateway(stack, "Gateway", { ...SERVICE, sku: ApimSku.DEVELOPER });
    secure({ policy: PolicyDocument.of(byKey) });
    expect(annotations(stack)).toEqual([]);
  });

  test("for cors are refused together with an OPTIONS operation", () => {
    const cors = PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://shop.contoso.com"] }));
    const surface = ApiSurface.wildcard().passThroughOptions("WebDAV");
    expect(messageOf(() => secure({ policy: cors, surface }))).toMatchInlineSnapshot(
      `"[app/Orders] The cors policy (statement cors:1:1) answers no preflight requests while the API has an OPTIONS operation. Remove passThroughOptions(...) from the surface, or leave cors to the backend and remove the policy."`,
    );
  });

  test("that tell of the caller are refused where nothing validates a token", () => {
    const forward = PolicyDocument.of(PolicyStatement.forwardCallerIdentity());
    expect(messageOf(() => secure({ policy: forward }))).toMatchInlineSnapshot(
      `"[app/Orders] PolicyStatement.forwardCallerIdentity reads the validated token from the variable "caller-token", and nothing before it in the inbound section validates a token into it. Write PolicyStatement.requireEntraToken(...) or requireJwt(...) beside it, or output-token-variable-name="caller-token" on your own validation. Where a parent policy validates, write PolicyStatement.forwardInheritedCallerIdentity("caller-token", "why")."`,
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
    const written = inbound("<base />", '<set-backend-service backend-id="old" />').keepExisting(
      PolicyConflict.BACKEND,
    );
    expect(messageOf(() => secure({ policy: written, branches: [branch("v2")] }))).toMatchSnapshot();
  });

  test.each([
    ["a name that is none", (): unknown => secure({ branches: [branch("V 2")] })],
    ["one name twice", (): unknown => secure({ branches: [branch("v2"), branch("v2")] })],
    ["a value that is code", (): unknown => BranchCondition.header("X", 'a" || true || "')],
    ["a header that is none", (): unknown => BranchCondition.header("X Y", "a")],
    [
      "a backend that needs another section",
      (): unknown => {
        const slow: IApimBackend = {
          bind: () => ({
            url: "https://slow",
            audience: Audience.clientId(OTHER),
            policy: PolicyDocument.of(PolicyStatement.forwardRequest({ timeoutSeconds: 20 })),
            dependencies: [],
          }),
        };
        return secure({ branches: [branch("slow", { backend: slow })] });
      },
    ],
  ])("refuses %s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
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

  test.each<[string, PolicyDocument]>([
    ["a whole document", inbound("<base />")],
    [
      "cors, which comes before <base />",
      PolicyDocument.of(PolicyStatement.cors({ allowedOrigins: ["https://a.com"] })),
    ],
    ["another fragment", PolicyDocument.of(PolicyStatement.includeFragment("logging"))],
    [
      "statements that contradict the gateway's",
      PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, '<set-backend-service base-url="https://evil" />')),
    ],
    ["a statement of another section", PolicyDocument.of(PolicyStatement.raw(PolicySection.OUTBOUND, "<a />"))],
  ])("refuses %s", (_, document) => {
    const fragment = (): unknown =>
      new SecurePolicyFragment(stack, "Orders", { gateway, backend: url(), policy: document });
    expect(messageOf(fragment)).toMatchSnapshot();
  });

  test("refuses a name that API Management refuses, and one that is taken", () => {
    const named = (id: string, fragmentName: string): unknown =>
      new SecurePolicyFragment(stack, id, { gateway, backend: url(), fragmentName });
    expect(messageOf(() => named("A", "orders policy"))).toMatchInlineSnapshot(
      `"[app/A] The policy fragment name "orders policy" is refused by Azure, which accepts 1 to 80 letters, digits and, not at either end, _ and -. Write "orders-policy" instead."`,
    );
    named("B", "orders");
    expect(messageOf(() => named("C", "orders"))).toMatchInlineSnapshot(
      `"[app/C] The policy fragment "orders" on the gateway "app/Gateway" is taken by "app/B". Write another name: fragmentName: "..."."`,
    );
  });
});
