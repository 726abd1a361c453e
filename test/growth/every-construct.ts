import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { IDENTITY, NEW, ownService } from "../backends/gateways";
import { elsewhere } from "../gateway/everything";
import { GROUP } from "../helpers/synth";
import { MCP_SERVERS } from "../mcp/servers";

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
export const CONSTRUCTS: Readonly<Record<string, Make>> = {
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
    const service = ownService(stack, `${id}Own`, { name: id, identity });
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
