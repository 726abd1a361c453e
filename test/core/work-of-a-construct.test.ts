import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { Aspects, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as lib from "cdktf-secure-apim-backend";
import { IDENTITY, NEW } from "../backends/gateways";
import { elsewhere } from "../gateway/everything";
import { GROUP } from "../helpers/synth";
import { Added, addedByEach } from "../helpers/tally";
import { MCP_SERVERS } from "../mcp/servers";

/*
 * However many constructs of a class a stack has, one more costs the same: visits of constructs, resources, tokens, renderings and passes
 * over policy texts. To walk the tree for each of them would take time that grows with the square of their number.
 */

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const INSIGHTS = { id: "/subscriptions/1/insights", connectionString: "InstrumentationKey=1" };
const READER = { key: "support", roleDefinitionIdOrName: "Reader", principalId: GUID };
const ENDPOINT = { subnet: { id: "/subnets/a" }, privateDnsZone: { id: "/privateDnsZones/privatelink.azure-api.net" } };
const MADE = { resourceGroup: GROUP, runtime: lib.AppRuntime.node("22") };
const OPERATION = { method: lib.HttpMethod.GET, urlTemplate: "/orders", operationId: "get-orders" };
const OPEN_API = { displayName: "Orders", format: lib.OpenApiLinkFormat.OPENAPI_JSON };
const HEADER = lib.PolicyDocument.of(lib.PolicyStatement.setHeader("X-A", lib.PolicyValue.literal("a")));
const WRITTEN = lib.PolicyDocument.fromXml("<policies><inbound><base /><cors /></inbound></policies>");

type Make = (stack: TerraformStack, id: string, gateway: lib.IApimGateway) => unknown;

/** An API with these properties. Its name on the gateway is the ID. */
function api(props: (...place: Parameters<Make>) => Partial<lib.SecureApimBackendProps>): Make {
  return (stack, id, gateway) =>
    new lib.SecureApimBackend(stack, id, { gateway, backend: elsewhere(id), ...props(stack, id, gateway) });
}

const withSurface = (
  surface: (stack: TerraformStack, id: string, gateway: lib.IApimGateway) => lib.IApiSurface,
): Make => api((...place) => ({ surface: surface(...place) }));

const named = (id: string) => ({ apimName: id.toLowerCase(), resourceGroupName: "platform" });

/** Every public construct, and its factories: what makes one. */
const CONSTRUCTS: Record<string, Make> = {
  SecureApimBackend: api(() => ({})),
  "SecureApimBackend with callers": api(({}, _, gateway) => ({ callers: { allowed: [gateway] } })),
  "SecureApimBackend with branches": api((_, id) => ({
    branches: [{ name: "beta", when: lib.BranchCondition.header("X-Ring", "beta"), backend: elsewhere(`${id}beta`) }],
  })),
  "SecureApimBackend with a policy": api(() => ({ policy: HEADER })),
  "SecureApimBackend with a written policy": api(() => ({ policy: WRITTEN })),
  "SecureApimBackend with the policy of an operation": api(() => ({
    surface: lib.ApiSurface.operations([OPERATION]),
    operationPolicies: [{ operationId: "get-orders", policy: HEADER }],
  })),
  "SecureApimBackend with diagnostics": api((stack, id, gateway) => {
    const logger = new lib.ApimLogger(stack, `${id}Logger`, { gateway, applicationInsights: INSIGHTS });
    return { diagnostics: [lib.ApiDiagnostics.applicationInsights(logger), lib.ApiDiagnostics.azureMonitor()] };
  }),
  "SecureApimBackend in products with tags": api((stack, id, gateway) => ({
    products: [new lib.ApimProduct(stack, `${id}Product`, { gateway })],
    tags: [new lib.ApimTag(stack, `${id}Tag`, { gateway })],
  })),
  "SecureApimBackend with checks": api(() => ({ deploymentChecks: [lib.DeploymentCheck.directCallIsRejected()] })),
  "SecureApimBackend with an app with roles, closed to other addresses": api(() => ({
    backend: lib.Backend.webApp({
      ...MADE,
      roleAssignments: [READER],
      networkAccess: lib.NetworkAccess.fromGatewayAddresses(),
    }),
  })),
  "SecureApimBackend with an OpenAPI document": withSurface((_, id) =>
    lib.ApiSurface.openApiUrl("https://contoso.com/orders.json", { ...OPEN_API, path: id.toLowerCase() }),
  ),
  "SecureApimBackend with an existing API": withSurface((_, id) =>
    lib.ApiSurface.existingApi(id, lib.PolicyDocument.EMPTY),
  ),
  "SecureApimBackend with an API of the user's own": withSurface((stack, id, gateway) =>
    lib.ApiSurface.fromApi(
      new ApiManagementApi(stack, `${id}Own`, {
        name: id,
        apiManagementName: gateway.apimName,
        resourceGroupName: gateway.resourceGroupName,
        revision: "1",
        displayName: "Own",
        path: id,
        protocols: ["https"],
      }),
    ),
  ),
  "SecureApimBackend with a version": withSurface((stack, id, gateway) =>
    lib.ApiSurface.operations([OPERATION], {
      version: { versionSet: new lib.ApiVersionSet(stack, `${id}Versions`, { gateway }), name: "v1" },
    }),
  ),
  SecurePolicyFragment: (stack, id, gateway) =>
    new lib.SecurePolicyFragment(stack, id, { gateway, backend: elsewhere(id), policy: HEADER }),
  "ApimMcpServer with an app": MCP_SERVERS["MCP server in an app"],
  "ApimMcpServer with tools": MCP_SERVERS["MCP server with tools"],
  ApimGateway: (stack, id) => new lib.ApimGateway(stack, id, NEW),
  "ApimGateway with everything beside it": (stack, id) =>
    new lib.ApimGateway(stack, id, {
      ...NEW,
      sku: lib.ApimSku.PREMIUM,
      additionalLocations: [{ location: "northeurope" }],
      roleAssignments: [READER],
      diagnosticSettings: [{ name: "platform", workspace: { id: "/logs" } }],
      privateEndpoints: [ENDPOINT],
    }),
  "ApimGateway.fromLookup": (stack, id) => lib.ApimGateway.fromLookup(stack, id, named(id)),
  "ApimGateway.fromAttributes": (stack, id) =>
    lib.ApimGateway.fromAttributes(stack, id, { ...named(id), sku: lib.ApimSku.BASIC, principalId: GUID }),
  "ApimGateway.fromApiManagement": (stack, id) => {
    const identity = { type: "UserAssigned", identityIds: [IDENTITY.id] };
    const service = new ApiManagement(stack, `${id}Own`, {
      name: id,
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      skuName: "Developer_1",
      identity,
    });
    return lib.ApimGateway.fromApiManagement(stack, id, service, {
      identity: lib.GatewayIdentity.userAssigned(IDENTITY),
    });
  },
  ApimProduct: (stack, id, gateway) => new lib.ApimProduct(stack, id, { gateway }),
  "ApimProduct.fromLookup": (stack, id, gateway) => lib.ApimProduct.fromLookup(stack, id, { gateway, productId: id }),
  "ApimProduct.fromLookupOpen": (stack, id, gateway) =>
    lib.ApimProduct.fromLookupOpen(stack, id, "partners have no keys, ADR 7", { gateway, productId: id }),
  ApimTag: (stack, id, gateway) => new lib.ApimTag(stack, id, { gateway }),
  "ApimTag.fromAttributes": (stack, id, gateway) => lib.ApimTag.fromAttributes(stack, id, { gateway, tagName: id }),
  ApimNamedValue: (stack, id, gateway) =>
    new lib.ApimNamedValue(stack, id, { gateway, value: lib.NamedValueContent.plain("west") }),
  ApimLogger: (stack, id, gateway) => new lib.ApimLogger(stack, id, { gateway, applicationInsights: INSIGHTS }),
  "ApimLogger.fromAttributes": (stack, id, gateway) =>
    lib.ApimLogger.fromAttributes(stack, id, { gateway, loggerName: id }),
  ApiVersionSet: (stack, id, gateway) => new lib.ApiVersionSet(stack, id, { gateway }),
  "ApiVersionSet.fromLookup": (stack, id, gateway) =>
    lib.ApiVersionSet.fromLookup(stack, id, {
      gateway,
      versionSetName: id,
      scheme: lib.VersioningScheme.PATH,
      path: id.toLowerCase(),
    }),
  AppRegistration: (stack, id) => new lib.AppRegistration(stack, id),
  "AppRegistration.fromAttributes": (stack, id) =>
    lib.AppRegistration.fromAttributes(stack, id, {
      clientId: GUID,
      assignment: lib.InvokeAssignment.onServicePrincipal(GUID),
    }),
  "AppRegistration.fromLookup": (stack, id) => lib.AppRegistration.fromLookup(stack, id, { clientId: GUID }),
  "AppRegistration.fromRequest": (stack, id) =>
    lib.AppRegistration.fromRequest(stack, id, { clientId: GUID, reason: "ticket 4711" }),
};

/**
 * What one more of each adds to a stack with a gateway. Tokens are those at construction, and those later. Renderings
 * are those of JSON, and those of HCL.
 */
const WORK: Record<string, string> = {
  SecureApimBackend: "9 resources, 65 + 1 tokens, 37 + 19 renderings, 3 readings",
  "SecureApimBackend with callers": "12 resources, 96 + 4 tokens, 47 + 24 renderings, 6 readings",
  "SecureApimBackend with branches": "10 resources, 76 + 1 tokens, 41 + 21 renderings, 4 readings",
  "SecureApimBackend with a policy": "9 resources, 65 + 1 tokens, 37 + 19 renderings, 3 readings",
  "SecureApimBackend with a written policy": "9 resources, 65 + 1 tokens, 37 + 19 renderings, 3 readings",
  "SecureApimBackend with the policy of an operation": "5 resources, 33 + 3 tokens, 22 + 12 renderings, 4 readings",
  "SecureApimBackend with diagnostics": "12 resources, 90 + 1 tokens, 50 + 31 renderings, 3 readings",
  "SecureApimBackend in products with tags": "13 resources, 74 + 2 tokens, 53 + 29 renderings, 3 readings",
  "SecureApimBackend with checks": "9 resources, 65 + 4 tokens, 37 + 19 renderings, 3 readings",
  "SecureApimBackend with an app with roles, closed to other addresses":
    "15 resources, 160 + 4 tokens, 57 + 29 renderings, 3 readings",
  "SecureApimBackend with an OpenAPI document": "3 resources, 22 + 1 tokens, 13 + 7 renderings, 3 readings",
  "SecureApimBackend with an existing API": "3 resources, 19 + 1 tokens, 13 + 7 renderings, 3 readings",
  "SecureApimBackend with an API of the user's own": "3 resources, 22 + 1 tokens, 15 + 7 renderings, 3 readings",
  "SecureApimBackend with a version": "5 resources, 32 + 1 tokens, 21 + 11 renderings, 3 readings",
  SecurePolicyFragment: "2 resources, 13 + 0 tokens, 8 + 5 renderings, 3 readings",
  "ApimMcpServer with an app": "11 resources, 121 + 11 tokens, 44 + 25 renderings, 13 readings",
  "ApimMcpServer with tools": "13 resources, 91 + 16 tokens, 55 + 40 renderings, 22 readings",
  ApimGateway: "1 resources, 36 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimGateway with everything beside it": "4 resources, 53 + 0 tokens, 12 + 6 renderings, 0 readings",
  "ApimGateway.fromLookup": "1 resources, 19 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimGateway.fromAttributes": "0 resources, 2 + 0 tokens, 0 + 0 renderings, 0 readings",
  "ApimGateway.fromApiManagement": "1 resources, 29 + 0 tokens, 3 + 1 renderings, 0 readings",
  ApimProduct: "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimProduct.fromLookup": "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimProduct.fromLookupOpen": "1 resources, 2 + 0 tokens, 2 + 1 renderings, 0 readings",
  ApimTag: "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimTag.fromAttributes": "0 resources, 0 + 0 tokens, 0 + 0 renderings, 0 readings",
  ApimNamedValue: "1 resources, 3 + 0 tokens, 4 + 2 renderings, 0 readings",
  ApimLogger: "1 resources, 4 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimLogger.fromAttributes": "0 resources, 1 + 0 tokens, 0 + 0 renderings, 0 readings",
  ApiVersionSet: "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApiVersionSet.fromLookup": "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  AppRegistration: "2 resources, 29 + 0 tokens, 8 + 4 renderings, 0 readings",
  "AppRegistration.fromAttributes": "0 resources, 1 + 0 tokens, 0 + 0 renderings, 0 readings",
  "AppRegistration.fromLookup": "2 resources, 24 + 0 tokens, 8 + 4 renderings, 0 readings",
  "AppRegistration.fromRequest": "0 resources, 2 + 0 tokens, 0 + 0 renderings, 0 readings",
};

function shown({ resources, tokens, laterTokens, renderings, hclRenderings, readings }: Added): string {
  return `${resources} resources, ${tokens} + ${laterTokens} tokens, ${renderings} + ${hclRenderings} renderings, ${readings} readings`;
}

let ids = 0;

/** Another ID each time, as in an app: what is remembered for a name does not count. */
function newId(): string {
  return `Item${ids++}`;
}

test("every public construct, and each of its factories, has a row", () => {
  const made = Object.entries<object>(lib).flatMap(([name, value]) => {
    if (!(Object(value).prototype instanceof Construct)) return [];
    const factories = Object.getOwnPropertyNames(value).filter((each) => /^from/.test(each));
    return [name, ...factories.map((each) => `${name}.${each}`)];
  });
  const rows = Object.keys(CONSTRUCTS).map((row) => row.split(" ")[0]);
  expect(made.filter((name) => !rows.includes(name))).toEqual([]);
});

test.each(Object.keys({ ...CONSTRUCTS, ...WORK }))(
  "a second %s costs what the table says, and a third one the same",
  (name) => {
    const [second, third] = addedByEach((stack, count) => {
      const gateway = new lib.ApimGateway(stack, "Gateway", { ...NEW, sku: lib.ApimSku.PREMIUM });
      for (let i = 0; i < count; i++) CONSTRUCTS[name](stack, newId(), gateway);
    });
    expect(shown(second)).toBe(WORK[name]);
    expect(third).toEqual(second);
  },
);

/** Gateways that exist, as most teams have them. */
const EXISTING: Record<string, (stack: TerraformStack) => lib.IApimGateway> = {
  "that was looked up": (stack) =>
    lib.ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" }),
  "that a local value names": (stack) =>
    lib.ApimGateway.fromAttributes(stack, "Gateway", {
      apimName: new TerraformLocal(stack, "Name", "contoso").asString,
      resourceGroupName: "platform",
      sku: lib.ApimSku.PREMIUM,
      principalId: GUID,
      publicIpAddresses: ["203.0.113.7"],
    }),
};

describe.each(Object.keys(EXISTING))("on a gateway %s", (kind) => {
  test.each(Object.keys(CONSTRUCTS))("a third %s costs what the second one did", (name) => {
    const [second, third] = addedByEach((stack, count) => {
      const gateway = EXISTING[kind](stack);
      for (let i = 0; i < count; i++) CONSTRUCTS[name](stack, newId(), gateway);
    });
    expect(third).toEqual(second);
  });
});

test("rules judge a third API at the cost of the second one", () => {
  const [second, third] = addedByEach((stack, count) => {
    Aspects.of(stack).add(new lib.ApimSecurityRules());
    const gateway = new lib.ApimGateway(stack, "Gateway", NEW);
    for (let i = 0; i < count; i++) CONSTRUCTS.SecureApimBackend(stack, newId(), gateway);
  });
  expect(third).toEqual(second);
});
