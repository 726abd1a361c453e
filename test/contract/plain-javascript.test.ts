import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { runInNewContext } from "vm";
import { compileErrors } from "../helpers/snippets";
import { refusal } from "../helpers/refusal";
import { OWN_APP } from "../backends/kinds";
import { GROUP, stackWithProviders, synth } from "../helpers/synth";

/*
 * What plain JavaScript and tsx pass, which no compiler checks: each is an error with an id, a place and what to write. None is a raw
 * TypeError, and none is silently accepted.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- plain JavaScript has no types
type Untyped = any;

const {
  AnonymousPaths,
  ApiDiagnostics,
  ApiSurface,
  ApiVersionSet,
  ApimGateway,
  ApimLogger,
  ApimMcpServer,
  ApimNamedValue,
  ApimProduct,
  ApimSecurityRules,
  ApimSku,
  ApimTag,
  AppRegistration,
  AppRuntime,
  AppServicePlan,
  Audience,
  AzureCloud,
  AzureRole,
  Backend,
  BranchCondition,
  Caller,
  GatewayIdentity,
  GatewayNetwork,
  InvokeAssignment,
  ManagementAccess,
  McpAccess,
  McpSource,
  NamedValueContent,
  NetworkAccess,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  PrivateDnsZoneRef,
  ProductAccess,
  SecureApimBackend,
  SecurePolicyFragment,
  SignIn,
}: Untyped = lib;

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const BASIC = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };

let stack: TerraformStack;
let gateway: Untyped;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku: ApimSku.PREMIUM,
    principalId: GUID,
  });
});

const url = (): Untyped => Backend.url("https://orders.contoso.com", Audience.clientId(GUID));

/** An API with these properties. */
function secure(props: Untyped): void {
  new SecureApimBackend(stack, "Orders", { gateway, backend: url(), ...props });
  synth(stack);
}

const app = (props: Untyped): void =>
  secure({ backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), ...props }) });

const moving = (options: Untyped): void =>
  secure({ backend: Backend.fromLinuxWebApp(new LinuxWebApp(stack, "Moving", OWN_APP), options) });

const service = (props: Untyped): void => {
  new ApimGateway(stack, "New", { resourceGroup: GROUP, ...BASIC, ...props });
};

const custom = (result: Untyped): void => secure({ backend: { factory: "new Mine", bind: () => result } });

const surface = (result: Untyped): void => secure({ surface: { factory: "new Mine", bind: () => result } });

const config = (changes: Untyped): Untyped => ({
  url: "https://orders.contoso.com",
  audience: Audience.clientId(GUID),
  policy: PolicyDocument.EMPTY,
  dependencies: [],
  ...changes,
});

type Row = [what: string, action: () => unknown, id: string, place: string, ...values: string[]];

const TOKEN = { tenantId: GUID, audiences: [GUID], clientIds: [GUID], scopes: ["api://orders/Use"] };

/** An MCP server with these properties. */
const mcp = (props: Untyped): void => {
  const source = McpSource.backend(url());
  new ApimMcpServer(stack, "Mcp", { gateway, source, access: McpAccess.entraToken(TOKEN), ...props });
  synth(stack);
};
const token = (changes: Untyped): void => mcp({ access: McpAccess.entraToken({ ...TOKEN, ...changes }) });

/** An MCP server with these tools. */
const tools = (listed: Untyped): void => {
  const backend = url();
  const surface = ApiSurface.operations([{ method: "GET", urlTemplate: "/a", operationId: "a" }]);
  const api = new SecureApimBackend(stack, "Orders", { gateway, backend, surface, callers: { allowed: [gateway] } });
  mcp({ source: McpSource.operations(api, listed) });
};

const API = "[app/Orders]";
const MCP = "[app/Mcp]";
const BOUND = "[app/Orders/Backend]";
const SURFACE = "[app/Orders/Api]";

/** Every call that takes a reason. */
const OPT_OUTS: [call: string, place: string, action: (...reason: Untyped[]) => unknown][] = [
  [
    "ProductAccess.open",
    "[app/P]",
    (...r) => new ApimProduct(stack, "P", { gateway, access: ProductAccess.open(...r) }),
  ],
  [
    "withoutSubscriptionKey",
    SURFACE,
    (...r) => secure({ surface: ApiSurface.wildcard().withoutSubscriptionKey(...r) }),
  ],
  [
    "withoutSubscriptionKey",
    SURFACE,
    (...r) =>
      secure({
        surface: ApiSurface.operations([{ method: "GET", urlTemplate: "/a" }]).withoutSubscriptionKey(...r),
      }),
  ],
  [
    "withoutSubscriptionKey",
    SURFACE,
    (...r) => secure({ surface: ApiSurface.existingApi("a", PolicyDocument.EMPTY).withoutSubscriptionKey(...r) }),
  ],
  [
    "withoutSubscriptionKey",
    SURFACE,
    (...r) =>
      secure({
        surface: ApiSurface.fromApi(
          new ApiManagementApi(stack, "Api", {
            name: "own",
            apiManagementName: "contoso",
            resourceGroupName: "rg",
            revision: "1",
            path: "own",
          }),
        ).withoutSubscriptionKey(...r),
      }),
  ],
  ["passThroughOptions", SURFACE, (...r) => secure({ surface: ApiSurface.wildcard().passThroughOptions(...r) })],
  [
    "InvokeAssignment.managedElsewhere",
    "[app/R]",
    (...r) => new AppRegistration(stack, "R", { assignment: InvokeAssignment.managedElsewhere(...r) }),
  ],
  [
    "AppRegistration.fromRequest",
    "[app/R]",
    (...r) => AppRegistration.fromRequest(stack, "R", { reason: r[0], clientId: GUID }),
  ],
  [
    "AzureRole.managedElsewhere",
    BOUND,
    (...r) =>
      secure({
        backend: Backend.keyVault(
          { id: "/vault", vaultUri: "https://v.vault.azure.net" },
          { role: AzureRole.managedElsewhere(...r) },
        ),
      }),
  ],
  ["AnonymousPaths.of", BOUND, (...r) => app({ anonymousPaths: AnonymousPaths.of(["/health"], ...r) })],
  ["SignIn.acceptBoth", BOUND, (...r) => moving({ signIn: SignIn.acceptBoth(...r) })],
  ["SignIn.preferIdentity", BOUND, (...r) => moving({ signIn: SignIn.preferIdentity(...r) })],
  [
    "NamedValueContent.plainAcknowledged",
    "[app/Value]",
    (...r) => new ApimNamedValue(stack, "Value", { gateway, value: NamedValueContent.plainAcknowledged("x", ...r) }),
  ],
  [
    "PolicyStatement.forwardInheritedCallerIdentity",
    "[PolicyStatement.forwardInheritedCallerIdentity]",
    (...r) => PolicyStatement.forwardInheritedCallerIdentity("v", ...r),
  ],
  [
    "ApimProduct.fromLookupOpen",
    "[app/P]",
    (...r) => ApimProduct.fromLookupOpen(stack, "P", r[0], { gateway, productId: "p" }),
  ],
  ["McpAccess.subscriptionKey", "[app/Mcp]", (...r) => mcp({ access: McpAccess.subscriptionKey(...r) })],
  [
    "ManagementAccess.acknowledged",
    "[app/Orders/Backend/RoleAssignments]",
    (...r) =>
      app({
        roleAssignments: [
          {
            key: "a",
            roleDefinitionIdOrName: "Owner",
            principalId: GUID,
            managementAccess: ManagementAccess.acknowledged(...r),
          },
        ],
      }),
  ],
  [
    "PrivateDnsZoneRef.managedElsewhere",
    "[app/Orders/Backend]",
    (...r) =>
      app({
        networkAccess: NetworkAccess.privateEndpoint({
          subnet: { id: "/subnets/a" },
          privateDnsZone: PrivateDnsZoneRef.managedElsewhere(...r),
        }),
      }),
  ],
  [
    "logBodies",
    "[app/Orders/Diagnostics]",
    (...r) => secure({ diagnostics: [ApiDiagnostics.azureMonitor().logBodies(10, ...r)] }),
  ],
  [
    "ApimSecurityRules.acknowledge",
    "[app]",
    (...r) => ApimSecurityRules.acknowledge(stack, { rule: "excluded-paths", reason: r[0] }),
  ],
  [
    "acknowledged",
    "[ApimSecurityRules]",
    (...r) => new ApimSecurityRules({ acknowledged: [{ rule: "excluded-paths", path: "app/Orders", reason: r[0] }] }),
  ],
];

describe.each(OPT_OUTS)("%s at %s", (call, place, action) => {
  test.each([
    ["no reason", []],
    ["undefined", [undefined]],
    ["null", [null]],
    ["an empty text", [""]],
    ["a number", [12]],
    ["an object", [{}]],
  ])("fails with %s", (_, reason) => {
    expect(() => action(...reason)).toThrow(refusal("missing-reason", place, `${call} has no reason`, "see ADR 12"));
  });
});

/** What stands around the example of a call that is no statement by itself. */
const AROUND_EXAMPLE: Record<string, readonly [before: string, after: string]> = {
  withoutSubscriptionKey: ["ApiSurface.wildcard().", ""],
  passThroughOptions: ["ApiSurface.wildcard().", ""],
  logBodies: ["ApiDiagnostics.azureMonitor().", ""],
  acknowledged: ["new ApimSecurityRules({ ", " })"],
};

/** The example in the message about a reason that is missing, as somebody pastes it into a stack. */
function exampleOf(call: string, action: () => unknown): string {
  const [before, after] = AROUND_EXAMPLE[call] ?? ["", ""];
  try {
    action();
  } catch (error) {
    const [, example] = /, for example ([^]+)\. \(missing-reason\)$/.exec((error as Error).message) ?? [];
    return `${before}${example}${after};`;
  }
  throw new Error(`${call} needs no reason.`);
}

test.each(OPT_OUTS)("the example in the message of %s at %s can be pasted", (call, _, action) => {
  const code = exampleOf(call, action);
  const there = { ...lib, stack: stackWithProviders(), clientId: GUID, productId: "orders", gateway };
  expect(() => runInNewContext(`(function () { ${code} }).call(stack)`, there)).not.toThrow();
});

test("the examples in the messages about a missing reason compile", () => {
  const declared = `const clientId = "${GUID}";\nconst productId = "orders";\n`;
  const examples = OPT_OUTS.map(([call, , action]) => {
    stack = stackWithProviders();
    gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "rg" });
    return { place: call, code: `${declared}${exampleOf(call, action)}` };
  });
  expect(compileErrors(examples)).toEqual([]);
}, 120_000);

const HEADER = "[PolicyStatement.setHeader]";

test.each<Row>([
  ["a text", () => PolicyStatement.setHeader("X-A", "abc"), "wrong-value", HEADER, 'PolicyValue.literal("abc")'],
  ["a factory", () => PolicyStatement.setHeader("X-A", PolicyValue.literal), "wrong-value", HEADER, "function literal"],
  ["an object", () => PolicyStatement.setHeader("X-A", {}), "wrong-value", HEADER, "an object", "PolicyValue.literal("],
  ["nothing", () => PolicyStatement.setHeader("X-A"), "wrong-value", HEADER, "undefined", "PolicyValue.literal("],
  [
    "a text for a query parameter",
    () => PolicyStatement.setQueryParameter("a", "abc"),
    "wrong-value",
    "[PolicyStatement.setQueryParameter]",
    'PolicyValue.literal("abc")',
  ],
  ["a path", () => PolicyStatement.rewriteUri("/a"), "wrong-value", "[PolicyStatement.rewriteUri]", 'literal("/a")'],
  [
    "a counter key",
    () => PolicyStatement.rateLimitByKey({ calls: 5, renewalPeriodSeconds: 60, counterKey: "abc" }),
    "wrong-value",
    "[PolicyStatement.rateLimitByKey]",
    "counterKey",
    'PolicyValue.literal("abc")',
  ],
  [
    "another counter key",
    () => PolicyStatement.quotaByKey({ calls: 5, renewalPeriodSeconds: 600, counterKey: "abc" }),
    "wrong-value",
    "[PolicyStatement.quotaByKey]",
    'PolicyValue.literal("abc")',
  ],
  [
    "an increment condition",
    () =>
      PolicyStatement.quotaByKey({
        calls: 5,
        renewalPeriodSeconds: 600,
        counterKey: PolicyValue.literal("a"),
        incrementCondition: "true",
      }),
    "wrong-value",
    "[PolicyStatement.quotaByKey]",
    "incrementCondition",
  ],
  [
    "a retry condition",
    () => PolicyStatement.retry({ count: 3, interval: {}, condition: "true" }),
    "wrong-value",
    "[PolicyStatement.retry]",
    "PolicyValue.expression(",
  ],
  [
    "a retry interval",
    () => PolicyStatement.retry({ count: 3, interval: 10 }),
    "wrong-value",
    "[PolicyStatement.retry]",
    "RetryInterval.fixed(10)",
  ],
  [
    "no XML",
    () => PolicyStatement.raw(PolicySection.INBOUND, undefined),
    "not-a-string",
    "[PolicyStatement.raw]",
    "PolicySection.INBOUND",
  ],
  [
    "a section by its position",
    () => PolicyStatement.raw("<a />", "<a />"),
    "unknown-member",
    "[PolicyStatement.raw]",
    "PolicySection.INBOUND",
  ],
  ["a header without name", () => PolicyStatement.removeHeader(), "not-a-string", "[PolicyStatement.removeHeader]"],
  ["a literal", () => PolicyValue.literal(5), "not-a-string", "[PolicyValue.literal]", "5"],
  [
    "an expression",
    () => PolicyValue.expression(),
    "not-a-string",
    "[PolicyValue.expression]",
    "PolicyValue.expression(",
  ],
  ["a condition", () => BranchCondition.header("v", 2), "not-a-string", "[BranchCondition.header]", "2", '"2"'],
  [
    "origins",
    () => PolicyStatement.cors({ allowedOrigins: "https://a.com" }),
    "not-a-list",
    "[PolicyStatement.cors]",
    "allowedOrigins: [",
  ],
])("a statement refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

const OF = "[PolicyDocument.of]";
const RESOLVE = "[PolicyDocument.resolve]";

test.each<Row>([
  ["nothing", () => PolicyDocument.of(undefined), "not-a-policy-statement", OF, "undefined"],
  ["null", () => PolicyDocument.of(null), "not-a-policy-statement", OF, "null"],
  [
    "a list of names",
    () => PolicyDocument.EMPTY.resolve(["KEEP_BACKEND"]),
    "unknown-resolution",
    RESOLVE,
    "a list that",
  ],
  ["an object", () => PolicyDocument.EMPTY.resolve({}), "unknown-resolution", RESOLVE, "an object", "KEEP_BACKEND"],
  [
    "an object without a prototype",
    () => PolicyDocument.EMPTY.resolve(Object.create(null)),
    "unknown-resolution",
    RESOLVE,
    "an object",
  ],
  [
    "a merge with nothing",
    () => PolicyDocument.EMPTY.merge(),
    "wrong-value",
    "[PolicyDocument.merge]",
    "PolicyDocument.of(",
  ],
  ["no text", () => PolicyDocument.fromXml(), "not-a-string", "[PolicyDocument.fromXml]", "PolicyDocument.fromXml("],
  [
    "a buffer",
    () => PolicyDocument.fromXml(Buffer.from("<policies />")),
    "not-a-string",
    "[PolicyDocument.fromXml]",
    "Buffer",
  ],
  ["no file", () => PolicyDocument.fromFile(), "not-a-string", "[PolicyDocument.fromFile]", 'fromFile("policy.xml")'],
])("a document refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test("a long text is cut in a message", () => {
  let message = "";
  try {
    PolicyDocument.of("<a />".repeat(1000));
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toEqual(refusal("not-a-policy-statement", "[PolicyDocument.of]", "..."));
  expect(message.length).toBeLessThan(400);
});

class Orders {
  public bind(): void {}
}

test.each<Row>([
  ["no properties", () => new SecureApimBackend(stack, "Orders"), "wrong-value", API, "{ gateway, backend }"],
  [
    "no properties of a fragment",
    () => new SecurePolicyFragment(stack, "F"),
    "wrong-value",
    "[app/F]",
    "{ gateway, backend }",
  ],
  [
    "no gateway",
    () => secure({ gateway: undefined }),
    "wrong-value",
    API,
    "gateway is undefined",
    "gateway: new ApimGateway(",
  ],
  ["a name as gateway", () => secure({ gateway: "contoso" }), "wrong-value", API, '"contoso"', "fromApiManagement("],
  [
    "a surface as backend",
    () => secure({ backend: ApiSurface.wildcard() }),
    "wrong-strategy",
    API,
    "surface: ApiSurface.wildcard(",
  ],
  ["a backend as surface", () => secure({ surface: url() }), "wrong-strategy", API, "backend: Backend.url("],
  ["a factory", () => secure({ backend: Backend.url }), "factory-not-called", API, "backend: Backend.url(...)"],
  [
    "an Azure resource without scope",
    () => secure({ backend: Backend.azureResource({ url: "https://a.azconfig.io" } as Untyped) }),
    "not-a-string",
    "Backend.azureResource",
    "The scope is undefined",
  ],
  [
    "a bound factory",
    () => secure({ backend: Backend.url.bind(Backend) }),
    "factory-not-called",
    API,
    "what the function returns",
  ],
  ["an arrow function", () => secure({ backend: () => url() }), "factory-not-called", API, "what the function returns"],
  [
    "a function without a name",
    () =>
      secure({
        backend: (
          () => () =>
            url()
        )(),
      }),
    "factory-not-called",
    API,
    "without a name",
  ],
  [
    "a method of a surface",
    () => secure({ surface: ApiSurface.wildcard().withoutSubscriptionKey }),
    "factory-not-called",
    API,
    "function withoutSubscriptionKey",
    "what the function returns",
  ],
  ["a class", () => secure({ backend: Orders }), "class-as-strategy", API, "new Orders(...)"],
  [
    "a class without a name",
    () => secure({ backend: (() => class {})() }),
    "class-as-strategy",
    API,
    "an instance of the class",
  ],
  ["an object", () => secure({ backend: {} }), "not-a-strategy", API, "backend is an object,", "Backend.functionApp("],
  ["a policy as text", () => secure({ policy: "<policies/>" }), "wrong-value", API, "PolicyDocument.fromXml("],
  [
    "a bare statement",
    () => secure({ policy: PolicyStatement.rateLimit(5, 60) }),
    "wrong-value",
    API,
    "PolicyDocument.of(",
  ],
  ["callers: false", () => secure({ callers: false }), "wrong-value", API, "The value of callers is false"],
  ["callers as a list", () => secure({ callers: [gateway] }), "wrong-value", API, "The value of callers is"],
  [
    "callers without a list",
    () => secure({ callers: {} }),
    "wrong-value",
    API,
    "without allowed",
    "{ allowed: [gateway] }",
  ],
  ["one caller", () => secure({ callers: { allowed: gateway } }), "not-a-list", API, "The value of callers.allowed is"],
  [
    "no caller",
    () => secure({ callers: { allowed: [undefined] } }),
    "wrong-value",
    "[app/Orders/Callers/",
    "Caller.servicePrincipal(",
  ],
  ["an id as caller", () => secure({ callers: { allowed: [GUID] } }), "wrong-value", "[app/Orders/Callers/", GUID],
  [
    "one product",
    () => secure({ products: new ApimProduct(stack, "P", { gateway }) }),
    "not-a-list",
    API,
    "products: [product]",
  ],
  ["products by name", () => secure({ products: ["x"] }), "wrong-value", API, '"x"', "ApimProduct"],
  ["tags by name", () => secure({ tags: ["x"] }), "wrong-value", API, '"x"', "ApimTag"],
  ["one branch", () => secure({ branches: { name: "a" } }), "not-a-list", API, "branches: ["],
  [
    "a condition that was not called",
    () => secure({ branches: [{ name: "a", backend: url(), when: BranchCondition.header }] }),
    "wrong-value",
    API,
    "when: BranchCondition.header(",
  ],
  [
    "an operation policy as text",
    () => secure({ operationPolicies: [{ operationId: "get", policy: "<a/>" }] }),
    "wrong-value",
    API,
    "PolicyDocument.of(",
  ],
  [
    "diagnostics by name",
    () => secure({ diagnostics: ["azuremonitor"] }),
    "wrong-value",
    API.slice(0, -1),
    "ApiDiagnostics.",
  ],
])("an API refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test.each<Row>([
  ["nothing", () => custom(undefined), "wrong-value", API, "undefined", "dependencies: []"],
  ["an empty object", () => custom({}), "wrong-value", API, "audience", "url", "dependencies: []"],
  ["a promise", () => custom(Promise.resolve(config({}))), "wrong-value", API, "Promise", "not a promise"],
  [
    "no policy",
    () => custom(config({ policy: undefined })),
    "wrong-value",
    API,
    "policy in the result of bind of new Mine",
  ],
  ["no dependencies", () => custom(config({ dependencies: undefined })), "not-a-list", API, "dependencies: []"],
  ["an audience as text", () => custom(config({ audience: GUID })), "wrong-value", API, "Audience.clientId("],
  ["no surface", () => surface(undefined), "wrong-value", API, "ApiSurfaceConfig"],
  ["an empty surface", () => surface({}), "wrong-value", API, "apiName"],
])("a custom bind that returns %s is refused", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test.each<Row>([
  [
    "TRACE",
    () => secure({ surface: ApiSurface.wildcard({ methods: ["TRACE"] }) }),
    "unknown-method",
    SURFACE,
    "HttpMethod.GET",
  ],
  [
    "every method",
    () => secure({ surface: ApiSurface.wildcard({ methods: ["*"] }) }),
    "unknown-method",
    SURFACE,
    '"*"',
  ],
  [
    "a method in lower case",
    () => secure({ surface: ApiSurface.wildcard({ methods: ["get"] }) }),
    "unknown-method",
    SURFACE,
    '"get"',
  ],
  [
    "methods as text",
    () => secure({ surface: ApiSurface.wildcard({ methods: "GET" }) }),
    "not-a-list",
    SURFACE,
    "[HttpMethod.GET]",
  ],
  [
    "an operation with TRACE",
    () => secure({ surface: ApiSurface.operations([{ method: "TRACE", urlTemplate: "/a" }]) }),
    "unknown-method",
    SURFACE,
    '"TRACE"',
  ],
  [
    "one operation",
    () => secure({ surface: ApiSurface.operations({ method: "GET" }) }),
    "not-a-list",
    SURFACE,
    "ApiSurface.operations([",
  ],
  [
    "an address only",
    () => ApiSurface.openApiUrl("https://a.com/b"),
    "wrong-value",
    "[ApiSurface.openApiUrl]",
    "OpenApiLinkFormat.",
  ],
  ["no API", () => secure({ surface: ApiSurface.fromApi() }), "wrong-value", SURFACE, "ApiSurface.fromApi(api)"],
  ["an API by its name", () => secure({ surface: ApiSurface.fromApi("a") }), "wrong-value", SURFACE, "existingApi("],
  ["a name only", () => secure({ surface: ApiSurface.existingApi("a") }), "wrong-value", SURFACE, "PolicyDocument.of("],
  [
    "a version set as version",
    () => secure({ surface: ApiSurface.wildcard({ version: new ApiVersionSet(stack, "V", { gateway }) }) }),
    "wrong-value",
    SURFACE,
    'version: { versionSet, name: "v1" }',
  ],
  ["a path", () => secure({ surface: ApiSurface.wildcard({ path: 5 }) }), "not-a-string", SURFACE, "API path is 5"],
  ["a name", () => secure({ surface: ApiSurface.wildcard({ apiName: 5 }) }), "not-a-string", SURFACE, "API name is 5"],
])("a surface refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

const address = "https://orders.contoso.com";

test.each<Row>([
  [
    "an audience as text",
    () => secure({ backend: Backend.url(address, GUID) }),
    "wrong-value",
    API,
    GUID,
    "Audience.clientId(",
  ],
  [
    "no audience",
    () => secure({ backend: Backend.url(address) }),
    "wrong-value",
    API,
    "undefined",
    "Audience.clientId(",
  ],
  [
    "no address",
    () => secure({ backend: Backend.url(undefined, Audience.clientId(GUID)) }),
    "not-a-string",
    BOUND,
    "Backend.url(",
  ],
  [
    "an audience of nothing",
    () => Audience.registration(),
    "wrong-value",
    "[Audience.registration]",
    "AppRegistration",
  ],
  ["a runtime as text", () => app({ runtime: "node22" }), "wrong-value", BOUND, "node22", 'AppRuntime.node("22")'],
  [
    "a version as number",
    () => app({ runtime: AppRuntime.node(22) }),
    "invalid-runtime-version",
    BOUND,
    "node(22)",
    'node("22")',
  ],
  [
    "a health check as text",
    () => app({ healthCheck: "/health" }),
    "wrong-value",
    BOUND,
    'healthCheck: { path: "/health" }',
  ],
  ["web pages as text", () => app({ cors: "*" }), "wrong-value", BOUND, "cors: { allowedOrigins:"],
  [
    "a page as text",
    () => app({ cors: { allowedOrigins: "https://a.com" } }),
    "not-a-list",
    BOUND,
    "allowedOrigins in cors",
  ],
  ["a network as text", () => app({ virtualNetworkIntegration: "/subnets/a" }), "wrong-value", BOUND, '"/subnets/a"'],
  [
    "a subnet as text",
    () => app({ virtualNetworkIntegration: { subnet: "/subnets/a" } }),
    "wrong-value",
    BOUND,
    "your Subnet object",
  ],
  [
    "one identity",
    () => app({ additionalIdentities: { id: "/id" } }),
    "not-a-list",
    BOUND,
    "additionalIdentities: [identity]",
  ],
  ["an identity as text", () => app({ additionalIdentities: ["/id"] }), "wrong-value", BOUND, '"/id"'],
  [
    "a slot as text",
    () => app({ slots: ["staging"] }),
    "wrong-value",
    BOUND,
    '"staging"',
    'slots: [{ name: "staging" }]',
  ],
  ["one slot", () => app({ slots: { name: "staging" } }), "not-a-list", BOUND, 'slots: [{ name: "staging" }]'],
  ["one sticky setting", () => app({ stickySettings: "MODE" }), "not-a-list", BOUND, '"MODE"'],
  ["a sticky setting that is a number", () => app({ stickySettings: [1] }), "not-a-string", BOUND, "1"],
  [
    "app settings as a list",
    () => app({ appSettings: ["A=b"] }),
    "wrong-value",
    BOUND,
    'appSettings: { FEATURE_X: "on" }',
  ],
  ["a lock as text", () => app({ lock: "CanNotDelete" }), "wrong-value", BOUND, "LockKind.CAN_NOT_DELETE"],
  [
    "one diagnostic setting",
    () => app({ diagnosticSettings: { name: "a" } }),
    "not-a-list",
    BOUND,
    "diagnosticSettings: [{",
  ],
  [
    "role assignments as a map",
    () => app({ roleAssignments: { support: { roleDefinitionIdOrName: "Reader" } } }),
    "not-a-list",
    BOUND,
    "roleAssignments: [{ key:",
  ],
  [
    "a reason as text",
    () =>
      app({
        roleAssignments: [{ key: "a", roleDefinitionIdOrName: "Owner", principalId: GUID, managementAccess: "agreed" }],
      }),
    "wrong-value",
    "app/Orders/Backend/RoleAssignments",
    "ManagementAccess.acknowledged(",
  ],
  ["tags as a list", () => app({ tags: ["orders"] }), "wrong-value", BOUND, 'tags: { environment: "production" }'],
  ["a plan name that is a number", () => app({ planName: 3 }), "not-a-string", BOUND, "3"],
  [
    "an image that is none",
    () => app({ runtime: AppRuntime.container(undefined) }),
    "invalid-container-image",
    BOUND,
    "undefined",
  ],
  [
    "a registry as text",
    () => app({ runtime: AppRuntime.container("a.azurecr.io/b:1", "a.azurecr.io") }),
    "wrong-value",
    BOUND,
    "server",
  ],
  ["a plan as text", () => app({ plan: "P1v3" }), "wrong-value", BOUND, '"P1v3"', "AppServicePlan.dedicated("],
  [
    "an existing plan by id",
    () => app({ plan: AppServicePlan.existing("id") }),
    "wrong-value",
    BOUND,
    "your ServicePlan object",
  ],
  [
    "a resource group as text",
    () => app({ resourceGroup: "rg" }),
    "wrong-value",
    BOUND,
    "ResourceGroupRef.fromAttributes(",
  ],
  [
    "a resource group as text, of a container app",
    () =>
      secure({
        backend: Backend.containerApp({ resourceGroup: "rg", image: "a", targetPort: 80, environment: { id: "e" } }),
      }),
    "wrong-value",
    BOUND,
    "ResourceGroupRef.fromAttributes(",
  ],
  ["paths without a reason", () => app({ anonymousPaths: ["/health"] }), "wrong-value", BOUND, "of anonymousPaths is"],
  [
    "one path",
    () => app({ anonymousPaths: AnonymousPaths.of("/health", "ADR 31") }),
    "not-a-list",
    BOUND,
    'The value of paths is "/health", not a list. Write AnonymousPaths.of(["/health"], "...").',
  ],
  [
    "an object in place of paths",
    () => app({ anonymousPaths: { paths: ["/health"] } }),
    "wrong-value",
    BOUND,
    "of anonymousPaths is an object",
  ],
  [
    "a factory of the network",
    () => app({ networkAccess: NetworkAccess.fromGatewayAddresses }),
    "wrong-value",
    BOUND,
    "NetworkAccess.fromGatewayAddresses()",
  ],
  [
    "a service tag",
    () => app({ networkAccess: "ApiManagement" }),
    "wrong-value",
    BOUND,
    "NetworkAccess.fromGatewayAddresses()",
  ],
  [
    "a subnet as text",
    () => app({ networkAccess: NetworkAccess.fromSubnet("subnet") }),
    "wrong-value",
    BOUND,
    "your Subnet object",
  ],
  [
    "a subnet of an endpoint as text",
    () => app({ networkAccess: NetworkAccess.privateEndpoint({ subnet: "a", privateDnsZone: { id: "z" } }) }),
    "wrong-value",
    BOUND,
    "your Subnet object",
  ],
  [
    "no container app",
    () => secure({ backend: Backend.fromContainerApp() }),
    "wrong-value",
    BOUND,
    "Backend.fromContainerApp(app)",
  ],
  ["a phase by name", () => moving({ signIn: "acceptBoth" }), "wrong-value", BOUND, "SignIn.acceptBoth("],
  ["an object in place of a phase", () => moving({ signIn: {} }), "wrong-value", BOUND, "of signIn is an object"],
  [
    "a phase that was not called",
    () => moving({ signIn: SignIn.acceptBoth }),
    "wrong-value",
    BOUND,
    "SignIn.acceptBoth(",
  ],
  [
    "a phase of an app that the library creates",
    () => app({ signIn: SignIn.acceptBoth("ADR 31") }),
    "unknown-property",
    "[Backend.webApp]",
    "signIn",
  ],
  [
    "the id of a container app",
    () => secure({ backend: Backend.fromContainerApp("id") }),
    "wrong-value",
    BOUND,
    "Backend.fromContainerApp(app)",
  ],
  [
    "no logic app",
    () => secure({ backend: Backend.fromLogicAppStandard(null) }),
    "wrong-value",
    BOUND,
    "Backend.fromLogicAppStandard(app)",
  ],
  [
    "no app",
    () => secure({ backend: Backend.fromLinuxWebApp() }),
    "wrong-value",
    BOUND,
    "Backend.fromLinuxWebApp(app)",
  ],
  [
    "an app by id",
    () => secure({ backend: Backend.fromLinuxWebApp("id") }),
    "wrong-value",
    BOUND,
    "Backend.existingApp(",
  ],
  [
    "a resource group as app",
    () => secure({ backend: Backend.fromLinuxWebApp(new ResourceGroup(stack, "G", GROUP)) }),
    "wrong-value",
    BOUND,
    "ResourceGroup",
    "Backend.fromLinuxWebApp(app)",
  ],
  ["a vault by id", () => secure({ backend: Backend.keyVault("id") }), "wrong-value", BOUND, "Backend.keyVault(...)"],
  [
    "a vault without its address",
    () => secure({ backend: Backend.keyVault({ id: "a" }) }),
    "not-a-string",
    BOUND,
    "fromAttributes",
  ],
  [
    "a cloud as text",
    () => AzureCloud.use(stack, "usgovernment"),
    "wrong-value",
    "[AzureCloud.use]",
    "AzureCloud.US_GOVERNMENT",
  ],
  [
    "a cloud of the user's own",
    () => AzureCloud.use(stack, { environment: "german", signInHost: "login.microsoftonline.de" }),
    "unknown-cloud",
    "[AzureCloud.use]",
    '"german"',
    "AzureCloud.CHINA",
  ],
  ["no stack", () => AzureCloud.of(), "wrong-value", "[AzureCloud.of]", "AzureCloud.of(this"],
  [
    "a cloud of tokens as text",
    () => PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: ["a"], cloud: "china" }),
    "wrong-value",
    "[PolicyStatement.requireEntraToken]",
    "AzureCloud.of(this)",
  ],
  [
    "a role as text",
    () => secure({ backend: Backend.keyVault({ id: "a", vaultUri: "https://v" }, { role: "Reader" }) }),
    "wrong-value",
    BOUND,
    "AzureRole.of(",
  ],
  [
    "an upstream API by name",
    () => secure({ backend: Backend.upstreamApim("a") }),
    "wrong-value",
    BOUND,
    "Backend.upstreamApim(",
  ],
])("a backend refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test.each<Row>([
  ["a SKU as text", () => service({ sku: "Basic" }), "wrong-value", "[app/New]", '"Basic"', "ApimSku.BASIC"],
  [
    "an identity as object",
    () => service({ identity: {} }),
    "wrong-value",
    "[app/New]",
    "GatewayIdentity.SYSTEM_ASSIGNED",
  ],
  [
    "a user-assigned identity by id",
    () => GatewayIdentity.userAssigned("id"),
    "wrong-value",
    "[GatewayIdentity.userAssigned]",
    "fromAttributes(",
  ],
  [
    "a host name as text",
    () => service({ customDomains: "api.contoso.com" }),
    "not-a-list",
    "[app/New]",
    'hostName: "api.contoso.com"',
  ],
  [
    "host names as texts",
    () => service({ customDomains: ["api.contoso.com"] }),
    "wrong-value",
    "[app/New]",
    'hostName: "api.contoso.com"',
  ],
  [
    "a custom domain without its key vault",
    () => service({ customDomains: [{ hostName: "api.contoso.com", certificateName: "api" }] }),
    "wrong-value",
    "[app/New]",
    "your KeyVault object",
  ],
  [
    "a single custom domain",
    () => service({ customDomain: { hostName: "api.contoso.com" } }),
    "misspelled-property",
    "[app/New]",
    '"customDomain"',
    "Write customDomains",
  ],
  [
    "a region as text",
    () => service({ sku: ApimSku.PREMIUM, additionalLocations: ["northeurope"] }),
    "wrong-value",
    "[app/New]",
    'additionalLocations: [{ location: "northeurope" }]',
  ],
  [
    "a CA certificate as path",
    () => service({ sku: ApimSku.PREMIUM, caCertificates: ["ca.cer"] }),
    "wrong-value",
    "[app/New]",
    '"ca.cer"',
    "CaCertificate.fromFile(",
  ],
  [
    "an address of an existing gateway that is no text",
    () => ApimGateway.fromLookup(stack, "A", { apimName: "a", resourceGroupName: "b", gatewayUrl: 5 }),
    "not-a-string",
    "[app/A]",
    'gatewayUrl: "https://api.contoso.com"',
  ],
  ["a network as text", () => service({ network: "vnet" }), "wrong-value", "[app/New]", "GatewayNetwork.external("],
  [
    "a subnet as text",
    () => service({ sku: ApimSku.PREMIUM, network: GatewayNetwork.external("subnet") }),
    "wrong-value",
    "[app/New]",
    "your Subnet object",
  ],
  [
    "a resource group as text",
    () => service({ resourceGroup: "rg" }),
    "wrong-value",
    "[app/New]",
    "ResourceGroupRef.fromAttributes(",
  ],
  ["no properties", () => new ApimGateway(stack, "New"), "wrong-value", "[app/New]", "publisherName"],
  [
    "attributes without SKU and identity",
    () => ApimGateway.fromAttributes(stack, "A", { apimName: "a", resourceGroupName: "b" }),
    "wrong-value",
    "[app/A]",
    "without sku and principalId",
  ],
  [
    "a lookup by another name",
    () => ApimGateway.fromLookup(stack, "A", { name: "a" }),
    "wrong-value",
    "[app/A]",
    "without apimName and",
  ],
  [
    "an object of another type",
    () => ApimGateway.fromApiManagement(stack, "A", "id"),
    "wrong-value",
    "[app]",
    "your ApiManagement object",
  ],
])("a gateway refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test.each<Row>([
  [
    "an id as caller",
    () => new AppRegistration(stack, "R").grantInvoke("id"),
    "wrong-value",
    "[app/R]",
    "Caller.servicePrincipal(",
  ],
  [
    "no object ID",
    () => new AppRegistration(stack, "R").grantInvoke(Caller.servicePrincipal()),
    "not-a-string",
    "[app/R]",
    "GUID",
  ],
  [
    "an identity by id",
    () => Caller.managedIdentity("id"),
    "wrong-value",
    "[Caller.managedIdentity]",
    "fromAttributes(",
  ],
  [
    "an assignment on nothing",
    () =>
      AppRegistration.fromAttributes(stack, "R", { clientId: GUID, assignment: InvokeAssignment.onServicePrincipal() }),
    "not-a-string",
    "[app/R]",
    "InvokeAssignment.onServicePrincipal",
  ],
  [
    "a reason as the assignment of a caller",
    () => new AppRegistration(stack, "R").grantInvoke(Caller.servicePrincipal(GUID), "ticket 12"),
    "wrong-value",
    "[app/R]",
    "managedElsewhere(",
  ],
  [
    "another property of a lookup",
    () => AppRegistration.fromLookup(stack, "R", { clientId: GUID, displayName: "Orders" }),
    "unknown-property",
    "[app/R]",
    "displayName",
  ],
  [
    "another property of a request",
    () => AppRegistration.fromRequest(stack, "R", { reason: "a", clientId: GUID, assignment: undefined }),
    "unknown-property",
    "[app/R]",
    "assignment",
  ],
  [
    "no assignment",
    () => AppRegistration.fromAttributes(stack, "R", { clientId: GUID }),
    "wrong-value",
    "[app/R]",
    "managedElsewhere(",
  ],
  [
    "access as text",
    () => new ApimProduct(stack, "P", { gateway, access: "open" }),
    "wrong-value",
    "[app/P]",
    "ProductAccess.",
  ],
  [
    "a gateway by name",
    () => new ApimProduct(stack, "P", { gateway: "a" }),
    "wrong-value",
    "[app/P]",
    "new ApimGateway(",
  ],
  [
    "a value as text",
    () => new ApimNamedValue(stack, "N", { gateway, value: "a" }),
    "wrong-value",
    "[app/N]",
    "NamedValueContent.",
  ],
  [
    "a vault by id",
    () => new ApimNamedValue(stack, "N", { gateway, value: NamedValueContent.keyVaultSecret("id", "secret") }),
    "wrong-value",
    "[app/N]",
    "KeyVaultRef.fromAttributes(",
  ],
])("what is beside an API refuses %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test("an attribute that does not exist yet is named", () => {
  const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
  expect(() => backend.plan).toThrow(
    refusal("never-bound", "plan of this Backend.webApp(...)", "before you read plan"),
  );
  secure({ backend });
  expect(backend.app).toBeInstanceOf(LinuxWebApp);
});

test.each<Row>([
  ["cors", () => PolicyStatement.cors(), "wrong-value", "[PolicyStatement.cors]", "allowedOrigins"],
  ["requireJwt", () => PolicyStatement.requireJwt(), "wrong-value", "[PolicyStatement.requireJwt]", "audiences"],
  [
    "requireEntraToken",
    () => PolicyStatement.requireEntraToken(),
    "wrong-value",
    "[PolicyStatement.requireEntraToken]",
    "tenantId",
  ],
  [
    "rateLimitByKey",
    () => PolicyStatement.rateLimitByKey(),
    "wrong-value",
    "[PolicyStatement.rateLimitByKey]",
    "counterKey",
  ],
  [
    "llmTokenLimit",
    () => PolicyStatement.llmTokenLimit(),
    "wrong-value",
    "[PolicyStatement.llmTokenLimit]",
    "counterKey",
  ],
  [
    "llmEmitTokenMetric",
    () => PolicyStatement.llmEmitTokenMetric(),
    "wrong-value",
    "[PolicyStatement.llmEmitTokenMetric]",
    "dimensions",
  ],
  ["quotaByKey", () => PolicyStatement.quotaByKey(), "wrong-value", "[PolicyStatement.quotaByKey]", "counterKey"],
  [
    "requireHeader",
    () => PolicyStatement.requireHeader(),
    "wrong-value",
    "[PolicyStatement.requireHeader]",
    'PolicyStatement.requireHeader({ name: "X-Azure-FDID"',
  ],
  ["ipFilter", () => PolicyStatement.ipFilter(), "wrong-value", "[PolicyStatement.ipFilter]", "IpFilterAction.ALLOW"],
  ["retry", () => PolicyStatement.retry(), "wrong-value", "[PolicyStatement.retry]", "RetryInterval.fixed(10)"],
  [
    "Backend.functionApp",
    () => Backend.functionApp(),
    "wrong-value",
    "[Backend.functionApp]",
    "{ resourceGroup, runtime }",
  ],
  ["Backend.webApp", () => Backend.webApp(), "wrong-value", "[Backend.webApp]", "{ resourceGroup, runtime }"],
  ["Backend.flexFunctionApp", () => Backend.flexFunctionApp(), "wrong-value", "[Backend.flexFunctionApp]", "runtime"],
  ["Backend.containerApp", () => Backend.containerApp(), "wrong-value", "[Backend.containerApp]", "targetPort"],
  ["Backend.azureResource", () => Backend.azureResource(), "wrong-value", "[Backend.azureResource]", "tokenResource"],
  [
    "NetworkAccess.privateEndpoint",
    () => NetworkAccess.privateEndpoint(),
    "wrong-value",
    "[NetworkAccess.privateEndpoint]",
    "subnet",
  ],
  ["ApimProduct", () => new ApimProduct(stack, "P"), "wrong-value", "[app/P]", "{ gateway }"],
  ["ApimNamedValue", () => new ApimNamedValue(stack, "P"), "wrong-value", "[app/P]", "{ gateway, value }"],
  ["ApimTag", () => new ApimTag(stack, "P"), "wrong-value", "[app/P]", "{ gateway }"],
  ["ApimLogger", () => new ApimLogger(stack, "P"), "wrong-value", "[app/P]", "{ gateway, applicationInsights }"],
  ["ApiVersionSet", () => new ApiVersionSet(stack, "P"), "wrong-value", "[app/P]", "{ gateway }"],
  [
    "AppRegistration.fromAttributes",
    () => AppRegistration.fromAttributes(stack, "P"),
    "wrong-value",
    "[app/P]",
    "clientId",
  ],
  ["AppRegistration.fromLookup", () => AppRegistration.fromLookup(stack, "P"), "wrong-value", "[app/P]", "clientId"],
  ["AppRegistration.fromRequest", () => AppRegistration.fromRequest(stack, "P"), "wrong-value", "[app/P]", "reason"],
])("%s needs its properties", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, "props is undefined", ...values));
});

const literal = (): Untyped => PolicyValue.literal("a");

test.each<Row>([
  [
    "a section",
    () => PolicyStatement.setHeader("X-A", literal(), { section: "inbund" }),
    "unknown-member",
    "[PolicyStatement.setHeader]",
    '"inbund"',
    "PolicySection.INBOUND",
  ],
  [
    "what happens to a header",
    () => PolicyStatement.setHeader("X-A", literal(), { existsAction: "overide" }),
    "unknown-member",
    "[PolicyStatement.setHeader]",
    '"overide"',
    "ExistsAction.SKIP",
  ],
  [
    "what happens to a query parameter",
    () => PolicyStatement.setQueryParameter("a", literal(), { existsAction: "overide" }),
    "unknown-member",
    "[PolicyStatement.setQueryParameter]",
    "ExistsAction.SKIP",
  ],
  [
    "the action of a filter",
    () => PolicyStatement.ipFilter({ action: "deny", addresses: ["1.2.3.4"] }),
    "unknown-member",
    "[PolicyStatement.ipFilter]",
    "IpFilterAction.ALLOW",
  ],
  [
    "how a claim matches",
    () =>
      PolicyStatement.requireEntraToken({
        tenantId: GUID,
        audiences: ["a"],
        requiredClaims: [{ name: "roles", values: ["a"], match: "some" }],
      }),
    "unknown-member",
    "[PolicyStatement.requireEntraToken]",
    "ClaimMatch.ANY",
  ],
  [
    "the format of a document",
    () =>
      secure({ surface: ApiSurface.openApiUrl("https://a.com/b", { format: "json", path: "a", displayName: "A" }) }),
    "unknown-member",
    SURFACE,
    "OpenApiLinkFormat.OPENAPI_JSON",
  ],
  [
    "a scheme",
    () => new ApiVersionSet(stack, "V", { gateway, scheme: "Header" }),
    "wrong-value",
    "[app/V]",
    "VersioningScheme.PATH",
  ],
  [
    "the options of a surface",
    () => ApiSurface.wildcard("orders"),
    "wrong-value",
    "[ApiSurface.wildcard]",
    'path: "orders"',
  ],
  ["a pool of nothing", () => secure({ backend: Backend.pool() }), "not-a-list", API, "Backend.pool(["],
  [
    "a member without a name",
    () => secure({ backend: Backend.pool([{ backend: url() }]) }),
    "wrong-value",
    API,
    "name:",
  ],
  ["a member that is a backend", () => secure({ backend: Backend.pool([url()]) }), "wrong-value", API, "{ name:"],
  [
    "a member whose backend is a string",
    () => secure({ backend: Backend.pool([{ name: "west", backend: "https://a.contoso.com" }]) }),
    "not-a-strategy",
    "[app/Orders/Member-west]",
    "Backend.url(",
  ],
  [
    "a member with a misspelled circuit breaker",
    () => secure({ backend: Backend.pool([{ name: "west", backend: url(), circuitBraker: {} }]) }),
    "misspelled-property",
    API,
    "Write circuitBreaker",
  ],
  [
    "a member whose circuit breaker is a number",
    () => secure({ backend: Backend.pool([{ name: "west", backend: url(), circuitBreaker: 5 }]) }),
    "wrong-value",
    "[app/Orders/Member-west]",
    "CircuitBreaker",
  ],
  [
    "a Foundry project without a role",
    () =>
      secure({ backend: Backend.foundryProject({ id: "/a", endpoint: "https://a.openai.azure.com" }, "orders", {}) }),
    "wrong-value",
    "[app/Orders/Backend]",
    "AzureRole.of",
  ],
  [
    "a Foundry project without options",
    () => secure({ backend: Backend.foundryProject({ id: "/a", endpoint: "https://a.openai.azure.com" }, "orders") }),
    "wrong-value",
    "[Backend.foundryProject]",
    "role: AzureRole.of",
  ],
  ["a circuit breaker", () => secure({ circuitBreaker: {} }), "wrong-value", API, "The value of circuitBreaker is"],
  ["a registration", () => app({ registration: GUID }), "wrong-value", BOUND, "AppRegistration.fromAttributes("],
  [
    "a registration of callers",
    () => secure({ callers: { allowed: [gateway], registration: GUID } }),
    "wrong-value",
    API,
    "AppRegistration.fromAttributes(",
  ],
  [
    "telemetry",
    () => app({ applicationInsights: "x" }),
    "wrong-value",
    BOUND,
    "ApplicationInsightsRef.fromAttributes(",
  ],
  [
    "the telemetry of a logger",
    () => new ApimLogger(stack, "L", { gateway, applicationInsights: "x" }),
    "wrong-value",
    "[app/L]",
    "ApplicationInsightsRef.fromAttributes(",
  ],
  [
    "a missing logger",
    () => ApiDiagnostics.applicationInsights(),
    "wrong-value",
    "[ApiDiagnostics.applicationInsights]",
    "new ApimLogger(",
  ],
  [
    "an operation policy",
    () => secure({ operationPolicies: [undefined] }),
    "wrong-value",
    API,
    "operationPolicies: [{",
  ],
  [
    "the id of an app",
    () => secure({ backend: Backend.existingApp() }),
    "invalid-site-id",
    BOUND,
    "/subscriptions/<id>",
  ],
  ["a missing file", () => secure({ surface: ApiSurface.openApiFile() }), "not-a-string", SURFACE, "existing file"],
  ["zones", () => service({ sku: ApimSku.PREMIUM, zones: "1" }), "not-a-list", "[app/New]", 'zones: ["1", "2"]'],
  [
    "identities",
    () => service({ additionalIdentities: GatewayIdentity.SYSTEM_ASSIGNED }),
    "not-a-list",
    "[app/New]",
    "additionalIdentities: [",
  ],
  [
    "a granted identity",
    () => service({ grantedIdentities: GatewayIdentity.SYSTEM_ASSIGNED }),
    "not-a-list",
    "[app/New]",
    "grantedIdentities: [",
  ],
  [
    "a granted identity as text",
    () => service({ grantedIdentities: ["SystemAssigned"] }),
    "wrong-value",
    "[app/New]",
    "GatewayIdentity.SYSTEM_ASSIGNED",
  ],
  ["no source", () => mcp({ source: undefined }), "wrong-value", MCP, "of source is", "source: McpSource.operations("],
  ["an object as source", () => mcp({ source: {} }), "wrong-value", MCP, "McpSource.backend("],
  ["a backend as source", () => mcp({ source: url() }), "wrong-value", MCP, "McpSource.backend("],
  ["a factory as source", () => mcp({ source: McpSource.backend }), "wrong-value", MCP, "function backend"],
  ["no access", () => mcp({ access: undefined }), "wrong-value", MCP, "of access is", "access: McpAccess.entraToken("],
  [
    "what no token has",
    () => token({ lifetime: 5 }),
    "unknown-property",
    MCP,
    '"lifetime" in McpAccess.entraToken,',
    "audiences, clientIds, scopes, tenantId, requiredClaims",
  ],
  ["a reason as access", () => mcp({ access: "key" }), "wrong-value", MCP, "McpAccess.entraToken("],
  ["the properties of a token as access", () => mcp({ access: TOKEN }), "wrong-value", MCP, "McpAccess.entraToken("],
  ["no properties of a token", () => mcp({ access: McpAccess.entraToken() }), "wrong-value", MCP, "tenantId"],
  ["a tenant as a number", () => token({ tenantId: 5 }), "not-a-string", "[app/Mcp: ", "tenantId"],
  ["one client", () => token({ clientIds: GUID }), "not-a-list", MCP, 'clientIds: ["..."]'],
  ["a client by name", () => token({ clientIds: ["VS Code"] }), "not-a-guid", "[app/Mcp: ", "VS Code"],
  ["no scopes", () => token({ scopes: undefined }), "not-a-list", MCP, 'scopes: ["..."]'],
  ["a scope as a number", () => token({ scopes: [5] }), "mcp-scope", MCP, '"5"'],
  [
    "an API by its name",
    () => McpSource.operations("orders", []),
    "wrong-value",
    "[McpSource.operations]",
    'of api is "orders"',
  ],
  ["a gateway as API", () => McpSource.operations(gateway, []), "wrong-value", "[McpSource.operations]", "orders is a"],
  ["one tool", () => tools({ name: "a", operationId: "a" }), "not-a-list", MCP, "tools: [{ name"],
  ["a tool as a text", () => tools(["a"]), "wrong-value", MCP, "of an entry of tools is", "tools: [{ name"],
  ["a tool without a name", () => tools([{ operationId: "a" }]), "wrong-value", MCP, "without name,"],
  ["a tool without an operation", () => tools([{ name: "a" }]), "wrong-value", MCP, "without operationId,"],
  [
    "what no tool has",
    () => tools([{ name: "a", description: "Lists.", operationId: "a", schema: {} }]),
    "unknown-property",
    MCP,
    '"schema" in an entry of tools,',
    "description, name, operationId",
  ],
  ["a tool without a description", () => tools([{ name: "a", operationId: "a" }]), "not-a-string", MCP, 'tool "a"'],
  [
    "an endpoint as options",
    () => McpSource.backend(url(), "/mcp"),
    "wrong-value",
    "[McpSource.backend]",
    'is "/mcp",',
    'McpSource.backend(backend, { endpoint: "/mcp" })',
  ],
  [
    "a misspelled endpoint",
    () => McpSource.backend(url(), { endPoint: "/mcp" }),
    "misspelled-property",
    "[McpSource.backend]",
    "endpoint",
  ],
  [
    "what no source has",
    () => McpSource.backend(url(), { timeout: 5 }),
    "unknown-property",
    "[McpSource.backend]",
    '"timeout" in McpSource.backend,',
    "circuitBreaker, endpoint",
  ],
  [
    "an endpoint as a number",
    () => mcp({ source: McpSource.backend(url(), { endpoint: 5 }) }),
    "not-a-string",
    MCP,
    'endpoint: "/mcp", or "/"',
  ],
  ["diagnostics of a server", () => mcp({ diagnostics: ApiDiagnostics.azureMonitor() }), "not-a-list", MCP],
  ["one that is undefined", () => mcp({ diagnostics: [undefined] }), "wrong-value", MCP, "ApiDiagnostics"],
  ["a policy of a server", () => mcp({ policy: "<policies />" }), "wrong-value", MCP, "PolicyDocument"],
  ["a path of a server", () => mcp({ path: 5 }), "not-a-string", MCP],
  ["an address of a server", () => mcp({ gatewayUrl: 5 }), "not-a-string", MCP, "gatewayUrl"],
  [
    "a misspelled policy of a server",
    () => mcp({ polices: PolicyDocument.EMPTY }),
    "misspelled-property",
    MCP,
    "policy",
  ],
  [
    "a public address",
    () => service({ sku: ApimSku.PREMIUM, network: GatewayNetwork.external({ id: "s" }, { publicIpAddress: "x" }) }),
    "wrong-value",
    "[app/New]",
    "PublicIpAddressRef.fromAttributes(",
  ],
])("what no type has is refused: %s", (_, action, id, ...values) => {
  expect(action).toThrow(refusal(id, ...values));
});

test("the text of a named value is not shown, because it may be a secret", () => {
  const create = (): unknown => new ApimNamedValue(stack, "N", { gateway, value: "pa55word" });
  expect(create).toThrow(refusal("wrong-value", "[app/N]", "a string (not shown)"));
  expect(create).not.toThrow(/pa55word/);
});
