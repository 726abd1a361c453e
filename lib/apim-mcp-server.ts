import { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import type { ApiManagementApiDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import type { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import type { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { ApiSurfaceConfig } from "./api/api-surface";
import { AzapiResource } from "./azure/azapi";
import { forbidPoliciesBeside } from "./composition/policies-beside";
import { forbidSecuredTwice } from "./composition/secured-twice";
import { checkPolicy, guardPolicy } from "./composition/policy-checks";
import { forbidSelfHosted } from "./composition/self-hosted";
import { suspendCreationStacks } from "./core/creation-stacks";
import { dependenciesWithin, idReference } from "./core/dependencies";
import { within } from "./core/fail";
import { checkName, defaultName, kebabCase } from "./core/names";
import { asTemplate } from "./core/template";
import { asWritten } from "./core/terraform-template";
import { checkedTexts } from "./core/text-limits";
import { PropertyNames, requireConstructProps } from "./core/property-names";
import { ApiDiagnostics, createDiagnostics } from "./diagnostics/api-diagnostics";
import { IAppRegistration } from "./entra/registration";
import { domainsOf } from "./gateway/apim-gateway";
import { checkedGateway, IApimGateway, onGateway } from "./gateway/gateway";
import { liveOn } from "./gateway/gateway-child";
import { checkedGatewayUrl } from "./gateway/gateway-url";
import { NAME_RULES } from "./gateway/name-rules";
import { TEXT_LIMITS } from "./gateway/text-limits";
import { waitForNamedValues } from "./gateway/named-value-order";
import { checkDiagnostics, forbidLoggedResponses } from "./mcp/logged-responses";
import { checkedAccess, McpAccess } from "./mcp/mcp-access";
import { challenge, createMetadataApi } from "./mcp/resource-metadata";
import { serverAddress } from "./mcp/server-address";
import { claimServer, createServerApi, requireMcpServers, ServerPlace } from "./mcp/server-api";
import { checkStreamed, streamed } from "./mcp/streaming";
import { warnOfUncountedCalls } from "./mcp/uncounted-calls";
import { checkedSource, McpSource } from "./mcp-source";
import { SERVICE_KEY_NAMES } from "./policy/names";
import { checkedDocument, PolicyDocument } from "./policy/policy-document";
import { addToProducts } from "./publishing/membership";
import { IApimProduct } from "./publishing/apim-product";
import { azurerm } from "./providers/azurerm";

/** Properties of an MCP server. */
export interface ApimMcpServerProps {
  /** The API Management service that the server is on: any tier but Consumption. */
  readonly gateway: IApimGateway;

  /** Where the tools come from: operations of an API, or an MCP server that runs in a backend. */
  readonly source: McpSource;

  /** Who can call the server. */
  readonly access: McpAccess;

  /**
   * Path of the server below the gateway's address, without a slash at either end. A plain string.
   *
   * @default - the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Name of the server on the gateway, unique among its APIs.
   *
   * @default - the construct id in kebab-case
   */
  readonly apiName?: string;

  /**
   * Title of the server, 1 to 300 characters.
   *
   * @default - the construct id
   */
  readonly displayName?: string;

  /**
   * What the server is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * `https://` address under which clients call the gateway, without a slash at the end, if it is another one than the gateway's: that of
   * a proxy in front of it. Clients compare it with what the server says about itself.
   *
   * @default - the address of the gateway
   */
  readonly gatewayUrl?: string;

  /**
   * The policy of the server, or the statements to add to it, such as a limit of calls. It runs for each request of a client, and for each
   * call of a tool before the policies of the operation. What collects the response is an error.
   *
   * @default - only what the access and the source need
   */
  readonly policy?: PolicyDocument;

  /**
   * Where requests are logged, without bodies.
   *
   * @default - what the service logs for all its APIs
   */
  readonly diagnostics?: ApiDiagnostics[];

  /**
   * The products that contain the server. With `McpAccess.subscriptionKey`, clients call it with a subscription of one of them.
   *
   * @default - none
   */
  readonly products?: IApimProduct[];
}

/** The names of its properties. */
const APIM_MCP_SERVER_PROPS: PropertyNames<ApimMcpServerProps> = {
  access: true,
  gateway: true,
  source: true,
  apiName: true,
  description: true,
  diagnostics: true,
  displayName: true,
  gatewayUrl: true,
  path: true,
  policy: true,
  products: true,
};

/**
 * An MCP server on an API Management gateway. It refuses clients without a token of your tenant, or without a subscription key, and tells
 * them where to get a token. azapi creates the server and its tools, because azurerm cannot.
 *
 * @see https://learn.microsoft.com/azure/api-management/mcp-server-overview
 */
export class ApimMcpServer extends Construct {
  /** `https://` address that MCP clients call. */
  public readonly serverUrl: string;

  /**
   * `https://` address of the document that says where clients get a token (RFC 9728). Everyone can read it.
   *
   * @default - none: clients use a subscription key
   */
  public readonly metadataUrl?: string;

  /** Name of the server on the gateway. */
  public readonly apiName: string;

  /** The created server, a resource of the azapi provider. */
  public readonly server: TerraformResource;

  /** The created policy of the server. */
  public readonly serverPolicy: ApiManagementApiPolicy;

  /** The created tools by name, resources of the azapi provider. Empty if the backend has the tools. */
  public readonly tools: { [name: string]: TerraformResource };

  /**
   * The created API that answers with the document about the server.
   *
   * @default - none: clients use a subscription key
   */
  public readonly metadataApi?: ApiManagementApi;

  /**
   * The only operation of that API.
   *
   * @default - none: clients use a subscription key
   */
  public readonly metadataOperation?: ApiManagementApiOperation;

  /**
   * The policy of that API, which contains the document.
   *
   * @default - none: clients use a subscription key
   */
  public readonly metadataPolicy?: ApiManagementApiPolicy;

  /**
   * The created backend entity.
   *
   * @default - none: the tools are operations of an API
   */
  public readonly backendEntity?: ApiManagementBackend;

  /**
   * `https://` address of the backend.
   *
   * @default - none: the tools are operations of an API
   */
  public readonly backendUrl?: string;

  /**
   * The Entra app registration of the backend, which admits the gateway. It is not that of the MCP server.
   *
   * @default - none: the tools are operations of an API, or the audience of the backend is managed elsewhere
   */
  public readonly registration?: IAppRegistration;

  /**
   * The created diagnostics in Application Insights.
   *
   * @default - none
   */
  public readonly applicationInsightsDiagnostic?: ApiManagementApiDiagnostic;

  /**
   * The created diagnostics in Azure Monitor, a resource of the azapi provider.
   *
   * @default - none
   */
  public readonly azureMonitorDiagnostic?: TerraformResource;

  /** The created memberships in products, in the order of `products`. */
  public readonly productApis: ApiManagementProductApi[];

  /** What must exist before the server answers and admits only its clients. */
  public readonly serverDependencies: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ApimMcpServerProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: APIM_MCP_SERVER_PROPS,
        example: `new ApimMcpServer(this, "${id}", { gateway, source, access })`,
      });
      const gateway = checkedGateway(this, props.gateway);
      // First: what is said about the policy on a gateway of another tier leads astray.
      const onTier = requireMcpServers(this, gateway);
      const source = checkedSource(this, props.source);
      const access = checkedAccess(this, props.access)._bind(this);
      const name = defaultName(this);
      const apiName = checkName(this, NAME_RULES.api, props.apiName ?? name, kebabCase(props.apiName ?? name));
      const address = serverAddress(this, {
        gatewayUrl: checkedGatewayUrl(this, props.gatewayUrl) ?? gateway.gatewayUrl,
        path: props.path ?? name,
        endpoint: source._endpoint(this),
      });
      const place = { gateway, apiName, path: address.path };
      claimServer(this, place, address.endpoint);
      const diagnosed = props.diagnostics ?? [];
      checkDiagnostics(this, diagnosed);

      const description = props.description ?? undefined;
      const texts = checkedTexts(this, TEXT_LIMITS.mcpServer, {
        displayName: props.displayName ?? id,
        ...(description !== undefined && { description }),
      });
      const written = checkedDocument(this, "policy", props.policy ?? PolicyDocument.EMPTY);
      const statements = [...access.statements, ...(access.metadata ? [challenge(address)] : [])];
      const policy = within(this, () => streamed(PolicyDocument._of(...statements).merge(written)));
      const bound = source._bind(this, { ...place, policy, name });
      const document = within(this, () => bound.document);
      checkPolicy(this, document, { gateway, passesOptions: false });
      const text = within(this, () => document._toTerraform());
      checkStreamed(this, document);
      access.warnAt?.(address.serverUrl);
      if (!access.subscriptionRequired) warnOfUncountedCalls(this, document);

      const properties = {
        ...asWritten(texts),
        subscriptionRequired: access.subscriptionRequired,
        ...bound.properties,
      };
      const server = createServerApi(this, place, properties, onTier);
      const api = configOf(server, place);
      const serverPolicy = new azurerm.ApiManagementApiPolicy(this, "Policy", {
        apiName,
        ...onGateway(gateway),
        xmlContent: asTemplate(text),
        dependsOn: dependenciesWithin(this, [server, ...bound.dependencies]),
      });
      liveOn(serverPolicy, gateway, { lostWith: api.replaceTriggers });
      guardPolicy(serverPolicy, text);
      forbidPoliciesBeside(this, { resource: serverPolicy, document, gateway, takes: "policy" }, server);
      forbidSecuredTwice(this, gateway, { apiName });
      forbidSelfHosted(this, gateway, { apiName, api: server });
      waitForNamedValues(gateway, serverPolicy, text);
      forbidLoggedResponses(this, place, server);
      if (access.metadata) {
        const metadata = createMetadataApi(new Construct(this, "Metadata"), place, address, access.metadata);
        this.metadataApi = metadata.api;
        this.metadataOperation = metadata.operation;
        this.metadataPolicy = metadata.policy;
        this.metadataUrl = address.metadataUrl;
      }
      const diagnostics = createDiagnostics(this, diagnosed, { gateway, api, policy: document });
      this.applicationInsightsDiagnostic = diagnostics.applicationInsights;
      this.azureMonitorDiagnostic = diagnostics.azureMonitor;
      this.productApis = addToProducts(this, props.products ?? [], { gateway, api, apiPolicy: serverPolicy });
      this.serverUrl = address.serverUrl;
      this.apiName = apiName;
      this.server = server;
      this.serverPolicy = serverPolicy;
      this.tools = bound.createTools(server, serverPolicy);
      this.backendEntity = bound.backendEntity;
      this.backendUrl = bound.backendUrl;
      this.registration = bound.registration;
      this.serverDependencies = [serverPolicy, ...Object.values(this.tools), ...domainsOf(gateway)];
    } finally {
      resume();
    }
  }
}

/** The server as an API that has diagnostics and is in products. */
function configOf(server: AzapiResource, { apiName, path }: ServerPlace): ApiSurfaceConfig {
  return {
    apiName,
    path,
    subscriptionKeyNames: SERVICE_KEY_NAMES,
    passesOptions: false,
    policy: PolicyDocument.EMPTY,
    dependencies: [server],
    replaceTriggers: [idReference(server)],
  };
}
