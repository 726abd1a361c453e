import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { AzapiResource } from "./azure/azapi";
import { IApimBackend } from "./backends/backend";
import { CircuitBreaker } from "./backends/circuit-breaker";
import { GatewayCalls } from "./composition/gateway-calls";
import { idReference } from "./core/dependencies";
import { fail } from "./core/fail";
import { requireGiven } from "./core/given";
import { PropertyNames, requireOnly } from "./core/property-names";
import { IAppRegistration } from "./entra/registration";
import { IApimGateway } from "./gateway/gateway";
import { checkedTools, McpTool, operationsById } from "./mcp/mcp-tool";
import { checkedEndpoint } from "./mcp/server-address";
import { createTool, ServerPlace } from "./mcp/server-api";
import { checkRoute, toolCalls } from "./mcp/tool-calls";
import { SERVICE_KEY_NAMES } from "./policy/names";
import { PolicyDocument } from "./policy/policy-document";
import { SecureApimBackend } from "./secure-apim-backend";

/** How a gateway calls an MCP server that runs elsewhere. */
export interface McpBackendOptions {
  /**
   * The path at which the backend serves MCP over streamable HTTP, below its address: it begins with a slash. `/` is the address itself.
   * Azure Functions serve it at `/runtime/webhooks/mcp`.
   *
   * @default "/mcp"
   */
  readonly endpoint?: string;

  /**
   * When requests to a failing backend are suspended.
   *
   * @default - never
   */
  readonly circuitBreaker?: CircuitBreaker;
}

/** The names of its properties. */
const MCP_BACKEND_OPTIONS: PropertyNames<McpBackendOptions> = { circuitBreaker: true, endpoint: true };

/** What the calls of an MCP server need. */
export interface BoundSource {
  /** What the API of the server has besides its path. */
  readonly properties: object;
  readonly document: PolicyDocument;
  /** What must exist before the policy of the server. */
  readonly dependencies: readonly ITerraformDependable[];
  readonly backendEntity?: ApiManagementBackend;
  readonly backendUrl?: string;
  readonly registration?: IAppRegistration;
  /** Creates the tools, by name, when the policy exists. */
  readonly createTools: (server: AzapiResource, policy: ITerraformDependable) => { [name: string]: AzapiResource };
}

/** What is bound: the server, its statements, and the name for what it creates. */
interface SourceBindOptions extends ServerPlace {
  readonly policy: PolicyDocument;
  readonly name: string;
}

interface Source {
  readonly endpoint: (scope: Construct) => string;
  readonly bind: (scope: Construct, options: SourceBindOptions) => BoundSource;
}

/** Where the tools of an MCP server come from. */
export class McpSource {
  /**
   * Operations of an API on the same gateway, as tools. API Management is the MCP server: it translates each call of a tool into a request
   * to the operation, through the policies of the operation. The API must admit its own gateway: `callers: { allowed: [gateway] }`.
   *
   * @param api the API
   * @param tools its operations that are tools, at least one
   * @see https://learn.microsoft.com/azure/api-management/export-rest-mcp-server
   */
  public static operations(api: SecureApimBackend, tools: McpTool[]): McpSource {
    requireGiven("McpSource.operations", api, {
      name: "api",
      has: ["admits", "apiPolicy", "operations", "_gateway"],
      example: "McpSource.operations(orders, [...]), where orders is a SecureApimBackend",
    });
    return new McpSource({
      endpoint: () => "/mcp",
      bind: (scope, options) => ofOperations(scope, api, tools, options),
    });
  }

  /**
   * An MCP server that runs in a backend, such as an app or a function app. It serves streamable HTTP. The gateway calls it with its managed
   * identity, as `SecureApimBackend` does.
   *
   * @param backend the backend: what a factory of `Backend` returns
   * @param options where it serves MCP
   * @see https://learn.microsoft.com/azure/api-management/expose-existing-mcp-server
   */
  public static backend(backend: IApimBackend, options?: McpBackendOptions): McpSource {
    const example = 'McpSource.backend(backend, { endpoint: "/mcp" })';
    const { endpoint = "/mcp", circuitBreaker } = requireOnly("McpSource.backend", "McpSource.backend", options ?? {}, {
      names: MCP_BACKEND_OPTIONS,
      example: example,
    });
    return new McpSource({
      endpoint: (scope) => checkedEndpoint(scope, endpoint),
      bind: (scope, given) => ofBackend(scope, { ...given, backend, endpoint, circuitBreaker }),
    });
  }

  private constructor(private readonly source: Source) {}

  /** @internal */
  public _endpoint(scope: Construct): string {
    return this.source.endpoint(scope);
  }

  /** @internal */
  public _bind(scope: Construct, options: SourceBindOptions): BoundSource {
    return this.source.bind(scope, options);
  }
}

/** The source, if it is one. */
export function checkedSource(scope: Construct, source: McpSource): McpSource {
  return requireGiven(scope, source, {
    name: "source",
    has: ["_bind", "source"],
    example: "source: McpSource.operations(api, [...]) or McpSource.backend(Backend.webApp({ ... }))",
  });
}

function ofOperations(
  scope: Construct,
  api: SecureApimBackend,
  tools: readonly McpTool[],
  { gateway, path, policy }: SourceBindOptions,
): BoundSource {
  checkedTools(scope, api, tools);
  checkRoute(scope, api, policy);
  const calls = PolicyDocument._of(toolCalls(scope, gateway, api));
  const isNear = TerraformStack.of(api) === TerraformStack.of(scope);
  return {
    properties: {},
    document: policy.merge(calls),
    dependencies: [],
    createTools: (server, serverPolicy) => {
      const replaceTriggers = [server, ...(api.api && isNear ? [api.api] : [])].map(idReference);
      const parents = { gateway, apiName: api.apiName, path, server, replaceTriggers };
      const operations = operationsById(api.operations);
      const created = tools.map((tool): [string, AzapiResource] => {
        // The operation with all its policies: before, a call would run without them.
        const before = [...api.apiDependencies, operations.get(tool.operationId) ?? [], serverPolicy].flat();
        return [tool.name, createTool(scope, tool, parents, before)];
      });
      return Object.fromEntries(created);
    },
  };
}

interface BackendSource extends SourceBindOptions {
  readonly gateway: IApimGateway;
  readonly backend: IApimBackend;
  readonly endpoint: string;
  readonly circuitBreaker?: CircuitBreaker;
}

function ofBackend(scope: Construct, options: BackendSource): BoundSource {
  const { gateway, backend, circuitBreaker, name, policy, endpoint } = options;
  const calls = new GatewayCalls(scope, { gateway, backend, circuitBreaker }, name);
  const { document, backendEntity } = calls.composePolicy(policy, name, SERVICE_KEY_NAMES);
  if (!backendEntity)
    fail(
      scope,
      "mcp-pool",
      `The MCP server calls ${backend.factory}(...), which sends the requests of one session to several backends.`,
      "Write one backend: McpSource.backend(Backend.webApp({ ... })).",
    );
  return {
    properties: {
      backendId: backendEntity.name,
      // By name, as the portal writes it: the service refuses the list that its documentation shows.
      mcpProperties: { transportType: "streamable", endpoints: { mcp: { uriTemplate: endpoint } } },
    },
    document,
    dependencies: calls.dependencies,
    backendEntity,
    backendUrl: calls.url,
    registration: calls.registration,
    createTools: () => ({}),
  };
}
