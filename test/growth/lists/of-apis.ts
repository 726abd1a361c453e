import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { TerraformLocal, TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { elsewhere } from "../../gateway/everything";
import { newId } from "../stacks";
import { apiWith, Entries, gatewayWith, guidOf, MakeList } from "./make";

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const SIX = ["a", "b", "c", "d", "e", "f"];

function operationOf(operationId: string): lib.ApiOperation {
  return { method: lib.HttpMethod.GET, urlTemplate: `/${operationId}`, operationId };
}

function surface(make: (entries: Entries) => lib.IApiSurface): MakeList {
  return apiWith((entries) => ({ surface: make(entries) }));
}

/** A surface of your own. */
function bound(config: (entries: Entries, stack: TerraformStack) => Partial<lib.ApiSurfaceConfig>): MakeList {
  return apiWith((entries, _, stack) => ({
    surface: {
      factory: "ownSurface",
      bind: (): lib.ApiSurfaceConfig =>
        Object.assign(
          {
            apiName: "own",
            path: "own",
            subscriptionKeyNames: { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" },
            passesOptions: false,
            policy: lib.PolicyDocument.EMPTY,
            dependencies: [],
            replaceTriggers: [],
          },
          config(entries, stack),
        ),
    },
  }));
}

function localsOf(entries: Entries, stack: TerraformStack): TerraformLocal[] {
  return entries.map((id) => new TerraformLocal(stack, id, "a"));
}

function branchesOf(entries: Entries): lib.BackendBranch[] {
  return entries.map((name) => ({
    name: name.toLowerCase(),
    when: lib.BranchCondition.header("X-Ring", name),
    backend: elsewhere(name),
  }));
}

function productsOf(entries: Entries, gateway: lib.IApimGateway, stack: TerraformStack): lib.ApimProduct[] {
  return entries.map((id) => new lib.ApimProduct(stack, id, { gateway }));
}

function breaker(options: (entries: Entries) => lib.CircuitBreakerOptions): MakeList {
  return apiWith((entries) => ({ circuitBreaker: lib.CircuitBreaker.onFailures(3, options(entries)) }));
}

function mcpServer(
  props: (entries: Entries, gateway: lib.IApimGateway, stack: TerraformStack) => Partial<lib.ApimMcpServerProps>,
): MakeList {
  return (stack, entries) => {
    const gateway = gatewayWith(stack);
    const source = lib.McpSource.backend(elsewhere(newId()));
    const access = lib.McpAccess.subscriptionKey("the models have keys, ADR 7");
    return new lib.ApimMcpServer(stack, newId(), { gateway, source, access, ...props(entries, gateway, stack) });
  };
}

function mcpToken(props: (entries: Entries) => Partial<lib.McpEntraTokenProps>): MakeList {
  const token = { tenantId: GUID, audiences: [GUID], clientIds: [GUID], scopes: ["Mcp.Access"] };
  return mcpServer((entries) => ({ access: lib.McpAccess.entraToken({ ...token, ...props(entries) }) }));
}

/** Every list of an API, of its backend and of its callers. */
export const LISTS_OF_APIS: Readonly<Record<string, MakeList>> = {
  "ApiSurface.operations": surface((entries) => lib.ApiSurface.operations(entries.map(operationOf))),
  "ApiOperation.parameters": surface((entries) =>
    lib.ApiSurface.operations([
      {
        method: lib.HttpMethod.GET,
        urlTemplate: entries.map((name) => `/{${name}}`).join(""),
        operationId: "get-orders",
        parameters: entries.map((name) => ({ name })),
      },
    ]),
  ),
  "UrlParameter.values": surface((entries) =>
    lib.ApiSurface.operations([
      {
        method: lib.HttpMethod.GET,
        urlTemplate: "/{id}",
        operationId: "get-orders",
        parameters: [{ name: "id", values: [...entries] }],
      },
    ]),
  ),
  "OwnApiOptions.operations": apiWith((entries, { apimName: apiManagementName, resourceGroupName }, stack) => {
    const service = { apiManagementName, resourceGroupName };
    const api = new ApiManagementApi(stack, newId(), {
      ...service,
      name: newId(),
      revision: "1",
      displayName: "Own",
      path: "own",
      protocols: ["https"],
    });
    const operations = entries.map((operationId) => {
      const request = { operationId, displayName: operationId, method: "GET", urlTemplate: `/${operationId}` };
      return new ApiManagementApiOperation(stack, operationId, { ...service, apiName: api.name, ...request });
    });
    return { surface: lib.ApiSurface.fromApi(api, { operations }) };
  }),
  "ApiSurfaceConfig.operationIds": bound((entries) => ({ operationIds: [...entries] })),
  "ApiSurfaceConfig.operationsDependencies": bound((...place) => ({ operationsDependencies: localsOf(...place) })),
  "ApiSurfaceConfig.operations": bound((entries, stack) => ({
    operations: entries.map(
      (operationId) =>
        new ApiManagementApiOperation(stack, operationId, {
          apiManagementName: "contoso",
          resourceGroupName: "platform",
          apiName: "own",
          operationId,
          displayName: operationId,
          method: "GET",
          urlTemplate: `/${operationId}`,
        }),
    ),
  })),
  "ApiSurfaceConfig.dependencies": bound((...place) => ({ dependencies: localsOf(...place) })),
  "ApiSurfaceConfig.replaceTriggers": bound((entries) => ({
    replaceTriggers: entries.map((id) => `azurerm_api_management_api.${id}`),
  })),
  // Each policy waits for all operations, so there are as many operations each time.
  "SecureApimBackendProps.operationPolicies": apiWith(({ length }) => ({
    surface: lib.ApiSurface.operations(SIX.map(operationOf)),
    operationPolicies: SIX.slice(0, length).map((operationId) => ({
      operationId,
      policy: lib.PolicyDocument.of(lib.PolicyStatement.setHeader("X-A", lib.PolicyValue.literal(newId()))),
    })),
  })),
  "SecureApimBackendProps.products": apiWith((...place) => ({ products: productsOf(...place) })),
  "SecureApimBackendProps.tags": apiWith((entries, gateway, stack) => ({
    tags: entries.map((id) => new lib.ApimTag(stack, id, { gateway })),
  })),
  "SecureApimBackendProps.deploymentChecks": apiWith((entries) => ({
    deploymentChecks: entries.map((id) => lib.DeploymentCheck.gatewayAnswers(`/${id}`, 401)),
  })),
  "DiagnosticsOptions.headersToLog": apiWith((entries) => ({
    diagnostics: [lib.ApiDiagnostics.azureMonitor({ headersToLog: [...entries] })],
  })),
  "GatewayCallsProps.branches": apiWith((entries) => ({ branches: branchesOf(entries) })),
  "GatewayCallsProps.branches of a fragment": (stack, entries) =>
    new lib.SecurePolicyFragment(stack, newId(), {
      gateway: gatewayWith(stack),
      backend: elsewhere(newId()),
      branches: branchesOf(entries),
    }),
  "Backend.pool": apiWith((entries) => ({
    backend: lib.Backend.pool(entries.map((id) => ({ name: id.toLowerCase(), backend: elsewhere(id) }))),
  })),
  "Backend.pool with two groups": apiWith((entries) => {
    const circuitBreaker = lib.CircuitBreaker.onFailures(3);
    const members = entries.map((id) => ({ name: id.toLowerCase(), backend: elsewhere(id), circuitBreaker }));
    const others = entries.map((id) => ({ name: `${id.toLowerCase()}b`, backend: elsewhere(`${id}b`), priority: 2 }));
    return { backend: lib.Backend.pool([...members, ...others]) };
  }),
  "BackendConfig.dependencies": apiWith((entries, _, stack) => ({
    backend: {
      factory: "ownBackend",
      bind: () => ({
        url: "https://orders.contoso.com",
        audience: lib.Audience.clientId(GUID),
        policy: lib.PolicyDocument.EMPTY,
        dependencies: localsOf(entries, stack),
      }),
    },
  })),
  "CircuitBreakerOptions.statusCodes": breaker((entries) => ({
    statusCodes: entries.map((_, index) => ({ min: 500 + index, max: 500 + index })),
  })),
  "CircuitBreakerOptions.errorReasons": breaker((entries) => ({ errorReasons: [...entries] })),
  "ApiCallers.allowed": apiWith((entries, gateway) => ({
    callers: { allowed: [gateway, ...entries.map((id) => lib.Caller.servicePrincipal(guidOf(id)))] },
  })),
  "CallerConfig.otherIdentities": apiWith((entries) => {
    const otherIdentities = entries.map((label) => ({ principalId: guidOf(label), label }));
    return { callers: { allowed: [{ bindCaller: () => ({ principalId: GUID, label: "own", otherIdentities }) }] } };
  }),
  "AppRegistrationProps.owners": (stack, entries) =>
    new lib.AppRegistration(stack, newId(), { owners: entries.map(guidOf) }),
  "AppRegistrationRequestProps.owners": (stack, entries) =>
    lib.AppRegistration.fromRequest(stack, newId(), {
      clientId: GUID,
      reason: "ticket 4711",
      owners: entries.map(guidOf),
    }),
  "McpSource.operations": mcpServer((entries, gateway, stack) => {
    const api = new lib.SecureApimBackend(stack, newId(), {
      gateway,
      backend: elsewhere(newId()),
      surface: lib.ApiSurface.operations(entries.map(operationOf)),
      callers: { allowed: [gateway] },
    });
    const tools = entries.map((id) => ({ name: id, description: "Lists the orders.", operationId: id }));
    return { source: lib.McpSource.operations(api, tools) };
  }),
  "ApimMcpServerProps.products": mcpServer((...place) => ({ products: productsOf(...place) })),
  "McpEntraTokenProps.audiences": mcpToken((entries) => ({ audiences: entries.map(guidOf) })),
  "McpEntraTokenProps.clientIds": mcpToken((entries) => ({ clientIds: entries.map(guidOf) })),
  "McpEntraTokenProps.scopes": mcpToken((entries) => ({ scopes: [...entries] })),
  "McpEntraTokenProps.requiredClaims": mcpToken((entries) => ({
    requiredClaims: entries.map((name) => ({ name, values: [name] })),
  })),
};
