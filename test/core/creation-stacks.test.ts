import { readFileSync } from "fs";
import { App, Lazy, TerraformOutput, TerraformStack, Token } from "cdktf";
import * as stackTraces from "cdktf/lib/tokens/private/stack-trace";
import { Construct } from "constructs";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import * as lib from "cdktf-secure-apim-backend";
import {
  ApimGateway,
  AppRegistration,
  ApiSurface,
  Audience,
  Backend,
  IApimBackend,
  IApimGateway,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { GROUP, messageOf, thrown } from "../helpers/synth";

const KEPT = "cdktf-secure-apim-backend:creationStacks";
const capture = jest.fn(() => ["captured"]);

beforeEach(() => {
  capture.mockClear();
  Object.assign(stackTraces, { captureStackTrace: capture });
});

/** A gateway in a stack, and a function that creates an API on it. */
function declared(context: Record<string, unknown> = {}) {
  const stack = new TerraformStack(new App({ context }), "app");
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: lib.ApimSku.BASIC_V2,
  });
  capture.mockClear();
  const url = (): IApimBackend => Backend.url("https://orders.contoso.com", Audience.clientId(CLIENT));
  const create = (backend = url()): SecureApimBackend => new SecureApimBackend(stack, "Orders", { gateway, backend });
  return { stack, gateway, create };
}

const CLIENT = "11111111-1111-1111-1111-111111111111";

/** A backend of the user's own. */
function ownBackend(bind: (scope: Construct) => void): IApimBackend {
  return {
    factory: "OwnBackend",
    bind: (scope) => {
      bind(scope);
      return {
        url: "https://orders.contoso.com",
        audience: Audience.clientId(CLIENT),
        policy: PolicyDocument.EMPTY,
        dependencies: [],
      };
    },
  } as IApimBackend;
}

test("cdktf captures no creation stack while an API is created, and captures them again afterwards", () => {
  const { create } = declared();
  create();
  expect(capture).not.toHaveBeenCalled();
  Lazy.stringValue({ produce: () => "a" });
  expect(capture).toHaveBeenCalledTimes(1);
});

/** Every construct of the package, and what reads or describes one that exists. */
const CONSTRUCTS: Record<string, (stack: TerraformStack, gateway: IApimGateway) => unknown> = {
  SecureApimBackend: (stack, gateway) =>
    new SecureApimBackend(stack, "New", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: lib.AppRuntime.node("22") }),
    }),
  SecurePolicyFragment: (stack, gateway) =>
    new lib.SecurePolicyFragment(stack, "New", {
      gateway,
      backend: Backend.url("https://stock.contoso.com", Audience.clientId(CLIENT)),
    }),
  ApimMcpServer: (stack, gateway) => {
    const orders = new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.url("https://orders.contoso.com", Audience.clientId(CLIENT)),
      surface: ApiSurface.operations([
        { method: lib.HttpMethod.GET, urlTemplate: "/orders", operationId: "get-orders" },
      ]),
      callers: { allowed: [gateway] },
    });
    const tool = { name: "get_orders", description: "Lists the orders.", operationId: "get-orders" };
    const source = lib.McpSource.operations(orders, [tool]);
    const token = { tenantId: CLIENT, audiences: [CLIENT], clientIds: [CLIENT], scopes: ["api://orders/Use"] };
    capture.mockClear();
    return new lib.ApimMcpServer(stack, "New", { gateway, source, access: lib.McpAccess.entraToken(token) });
  },
  ApiVersionSet: (stack, gateway) => new lib.ApiVersionSet(stack, "New", { gateway }),
  ApimNamedValue: (stack, gateway) =>
    new lib.ApimNamedValue(stack, "New", { gateway, value: lib.NamedValueContent.plain("on") }),
  ApimProduct: (stack, gateway) => new lib.ApimProduct(stack, "New", { gateway }),
  ApimTag: (stack, gateway) => new lib.ApimTag(stack, "New", { gateway }),
  ApimLogger: (stack, gateway) => {
    const applicationInsights = { id: `/subscriptions/${CLIENT}/components/orders`, connectionString: "Key=1" };
    return new lib.ApimLogger(stack, "New", { gateway, applicationInsights });
  },
  ApimGateway: (stack) =>
    new ApimGateway(stack, "New", {
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    }),
  "ApimGateway.fromLookup": (stack) =>
    ApimGateway.fromLookup(stack, "New", { apimName: "contoso", resourceGroupName: "platform" }),
  "ApimGateway.fromAttributes": (stack) =>
    ApimGateway.fromAttributes(stack, "New", {
      apimName: "contoso",
      resourceGroupName: "platform",
      sku: lib.ApimSku.CONSUMPTION,
      principalId: CLIENT,
    }),
  "ApimGateway.fromApiManagement": (stack) => {
    const service = new ApiManagement(stack, "Service", {
      name: "contoso",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      skuName: "Consumption_0",
      identity: { type: "SystemAssigned" },
    });
    capture.mockClear();
    return ApimGateway.fromApiManagement(stack, "New", service);
  },
  AppRegistration: (stack) => new AppRegistration(stack, "New"),
  "AppRegistration.fromLookup": (stack) => AppRegistration.fromLookup(stack, "New", { clientId: CLIENT }),
  "AppRegistration.fromAttributes": (stack) =>
    AppRegistration.fromAttributes(stack, "New", {
      clientId: CLIENT,
      assignment: lib.InvokeAssignment.onServicePrincipal(CLIENT, CLIENT),
    }),
  "AppRegistration.fromRequest": (stack) =>
    AppRegistration.fromRequest(stack, "New", { reason: "the directory team creates it", clientId: CLIENT }),
};

test.each(Object.entries(CONSTRUCTS))("cdktf captures none while %s runs", (_, create) => {
  const { stack, gateway } = declared();
  create(stack, gateway);
  expect(capture).not.toHaveBeenCalled();
});

/** Mistakes in calls of constructors. */
const MISTAKES: Record<string, (stack: TerraformStack, gateway: IApimGateway) => unknown> = {
  ApimGateway: (stack) =>
    new ApimGateway(stack, "New", { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "nobody" }),
  "ApimGateway.fromLookup": (stack) =>
    ApimGateway.fromLookup(stack, "New", { apimName: "a_b", resourceGroupName: "platform" }),
  AppRegistration: (stack) => new AppRegistration(stack, "New", { owners: ["nobody"] }),
  "AppRegistration.fromLookup": (stack) => AppRegistration.fromLookup(stack, "New", { clientId: "nobody" }),
  ApiVersionSet: (stack, gateway) => new lib.ApiVersionSet(stack, "New", { gateway, versionSetName: "a b" }),
  ApimLogger: (stack, gateway) => new lib.ApimLogger(stack, "New", { gateway, applicationInsights: 1 as never }),
  ApimNamedValue: (stack, gateway) => new lib.ApimNamedValue(stack, "New", { gateway, value: 1 as never }),
  ApimProduct: (stack, gateway) => new lib.ApimProduct(stack, "New", { gateway, productId: "a b" }),
  ApimTag: (stack, gateway) => new lib.ApimTag(stack, "New", { gateway, tagName: "a b" }),
  SecureApimBackend: (stack, gateway) =>
    new SecureApimBackend(stack, "New", { gateway, backend: Backend.url("http://stock", Audience.clientId(CLIENT)) }),
  SecurePolicyFragment: (stack, gateway) =>
    new lib.SecurePolicyFragment(stack, "New", {
      gateway,
      backend: Backend.url("http://stock", Audience.clientId(CLIENT)),
    }),
  ApimMcpServer: (stack, gateway) =>
    new lib.ApimMcpServer(stack, "New", { gateway, source: 1 as never, access: 1 as never }),
  "ApimGateway.fromAttributes": (stack) =>
    ApimGateway.fromAttributes(stack, "New", {
      apimName: "a_b",
      resourceGroupName: "platform",
      sku: lib.ApimSku.CONSUMPTION,
      principalId: CLIENT,
    }),
  "ApimGateway.fromApiManagement": (stack) => ApimGateway.fromApiManagement(stack, "New", 1 as never),
  "AppRegistration.fromAttributes": (stack) =>
    AppRegistration.fromAttributes(stack, "New", {
      clientId: "nobody",
      assignment: lib.InvokeAssignment.onServicePrincipal(CLIENT, CLIENT),
    }),
  "AppRegistration.fromRequest": (stack) =>
    AppRegistration.fromRequest(stack, "New", { reason: "the directory team creates it", clientId: "nobody" }),
};

test("there is a mistake for each construct", () => {
  expect(Object.keys(MISTAKES).sort()).toEqual(Object.keys(CONSTRUCTS).sort());
});

test.each(Object.entries(MISTAKES))("a mistake in %s shows the user's line, and captures go on", (_, create) => {
  const { stack, gateway } = declared();
  const { stack: trace = "" } = thrown(() => create(stack, gateway));
  const frames = trace.split("\n").filter((line) => line.startsWith("    at "));
  expect(frames.find((frame) => !/node:|node_modules|\/lib\//.test(frame))).toContain(__filename);
  expect(stackTraces.captureStackTrace).toBe(capture);
});

test("these are all constructs of the package", () => {
  const constructs = Object.entries(lib).filter(
    ([, value]) => typeof value === "function" && value.prototype instanceof Construct,
  );
  const named = Object.keys(CONSTRUCTS).map((name) => name.split(".")[0]);
  expect(constructs.map(([name]) => name).sort()).toEqual([...new Set(named)].sort());
});

test.each([true, "true"])("the context of the app keeps the stacks: %p", (kept) => {
  const { create } = declared({ [KEPT]: kept });
  create();
  expect(capture.mock.calls.length).toBeGreaterThan(50);
});

test.each([false, "false"])("the context of the app suspends them: %p", (kept) => {
  declared({ [KEPT]: kept }).create();
  expect(capture).not.toHaveBeenCalled();
});

test.each<[unknown, string]>([
  [1, "1"],
  ["TRUE", '"TRUE"'],
  [null, "null"],
  ["undefined", '"undefined"'],
  [[true], "a list that begins with true"],
  [Object.create(null), "an object"],
])("another value in the context is an error: %p", (kept, shown) => {
  expect(() => declared({ [KEPT]: kept })).toThrow(
    refusal("wrong-context", `[app/Gateway] "${KEPT}" in the context is ${shown}.`, `write "${KEPT}": true`),
  );
});

test("a construct that keeps them does so within one that does not, which then goes on without", () => {
  const { create } = declared();
  create(
    ownBackend((scope) => {
      Lazy.stringValue({ produce: () => "a" });
      expect(capture).not.toHaveBeenCalled();
      const kept = new Construct(scope, "Kept");
      kept.node.setContext(KEPT, true);
      new AppRegistration(kept, "Registration");
      expect(capture.mock.calls.length).toBeGreaterThan(5);
      capture.mockClear();
      Lazy.stringValue({ produce: () => "a" });
    }),
  );
  expect(capture).not.toHaveBeenCalled();
  expect(stackTraces.captureStackTrace).toBe(capture);
});

test("what somebody else puts around the capture in between is called, and nothing of ours is left in it", () => {
  const { create } = declared();
  const wrapped = jest.fn();
  create(
    ownBackend((scope) => {
      const before = stackTraces.captureStackTrace;
      Object.assign(stackTraces, { captureStackTrace: () => (wrapped(), before()) });
      const kept = new Construct(scope, "Kept");
      kept.node.setContext(KEPT, true);
      new AppRegistration(kept, "Registration");
      expect(capture).toHaveBeenCalledTimes(wrapped.mock.calls.length);
    }),
  );
  expect(wrapped.mock.calls.length).toBeGreaterThan(5);
  capture.mockClear();
  Lazy.stringValue({ produce: () => "a" });
  expect(capture).toHaveBeenCalledTimes(1);
});

test("where a resolve error would show the lines, it names the construct and says how to get them", () => {
  const { stack, create } = declared();
  let token = "";
  const failing = (): string => {
    throw new Error("nothing there");
  };
  create(ownBackend(() => (token = Lazy.stringValue({ produce: failing }))));
  new TerraformOutput(stack, "Output", { value: token });
  expect(messageOf(() => stack.toTerraform())).toContain(
    `Object creation stack:\n  at "app/Orders" (for the line, set "${KEPT}" to true in the context of the app)`,
  );
});

/** What can be thrown while an API is created. */
const THROWN: Record<string, (scope: Construct) => void> = {
  "by the user": () => {
    throw new Error("mine");
  },
  "by Node": () => void readFileSync("/nowhere/at/all"),
  "by the engine": () => void (undefined as unknown as string).length,
  "by cdktf": (scope) => void new TerraformOutput(scope, "", { value: "" }),
  "by cdktf for a token": () => void Token.asString(Token.asAny(() => 1)),
  "by the library": () => void PolicyDocument.fromXml(7 as never),
};

test.each(Object.entries(THROWN))("what is thrown %s keeps its whole stack, and captures go on", (_, raise) => {
  const stackOf = (context: Record<string, unknown>): string[] => {
    const { create } = declared(context);
    const { stack = "" } = thrown(() => create(ownBackend(raise)));
    return stack.split("\n").filter((line) => line.startsWith("    at "));
  };
  const [suspended, kept] = [{}, { [KEPT]: true }].map(stackOf);
  expect(suspended).toEqual(kept);
  const first = suspended.find((frame) => !/node:|node_modules|\/lib\//.test(frame));
  expect(first).toContain(__filename);
  expect(stackTraces.captureStackTrace).toBe(capture);
});
