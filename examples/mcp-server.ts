import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Application } from "@cdktf/provider-azuread/lib/application";
import { ApplicationIdentifierUri } from "@cdktf/provider-azuread/lib/application-identifier-uri";
import { ApplicationPreAuthorized } from "@cdktf/provider-azuread/lib/application-pre-authorized";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApimMcpServer,
  ApimSku,
  ApiSurface,
  AppRuntime,
  Backend,
  HttpMethod,
  McpAccess,
  McpSource,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** Two MCP servers on one gateway: one made of the operations of an API, and one that runs in an app. */
export class McpServer extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const hostName = new TerraformVariable(this, "host_name", { type: "string", default: "api.contoso.com" });
    const vaultName = new TerraformVariable(this, "key_vault_name", { type: "string" });
    const vaultGroup = new TerraformVariable(this, "key_vault_resource_group", { type: "string" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const { tenantId } = new DataAzurermClientConfig(this, "Current");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-mcp`,
      location: location.stringValue,
    });
    const keyVault = new DataAzurermKeyVault(this, "Certificates", {
      name: vaultName.stringValue,
      resourceGroupName: vaultGroup.stringValue,
    });

    // A host name of a domain that the tenant has verified: the addresses of the servers are application ID URIs.
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.BASIC_V2,
      customDomains: [{ hostName: hostName.stringValue, keyVault, certificateName: "api" }],
    });
    const ordersRegistration = new McpRegistration(this, "OrdersToolsRegistration");
    const docsRegistration = new McpRegistration(this, "DocsRegistration");

    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      surface: ApiSurface.operations([
        { method: HttpMethod.GET, urlTemplate: "/orders", operationId: "list-orders" },
        { method: HttpMethod.GET, urlTemplate: "/orders/{number}", operationId: "get-order" },
      ]),
      // The MCP server calls the API as the gateway. Nobody else can.
      callers: { allowed: [gateway] },
    });
    const ordersTools = new ApimMcpServer(this, "OrdersTools", {
      gateway,
      access: ordersRegistration.access(tenantId),
      source: McpSource.operations(orders, [
        { name: "list_orders", description: "Lists the orders of the customer.", operationId: "list-orders" },
        { name: "get_order", description: "Gets one order by its number.", operationId: "get-order" },
      ]),
      policy: PolicyDocument.of(
        PolicyStatement.rateLimitByKey({
          calls: 100,
          renewalPeriodSeconds: 60,
          counterKey: PolicyValue.expression('((Jwt)context.Variables["caller-token"]).Subject'),
        }),
      ),
    });

    const docs = new ApimMcpServer(this, "Docs", {
      gateway,
      access: docsRegistration.access(tenantId),
      source: McpSource.backend(Backend.webApp({ resourceGroup, runtime: AppRuntime.python("3.12") })),
    });

    ordersRegistration.isFor(ordersTools);
    docsRegistration.isFor(docs);

    new TerraformOutput(this, "orders_tools_url", { value: ordersTools.serverUrl, staticId: true });
    new TerraformOutput(this, "docs_url", { value: docs.serverUrl, staticId: true });
  }
}

/** The client ID of Visual Studio Code, the same in all tenants. */
const VS_CODE = "aebc6443-996d-45c2-90f0-388ff96faa56";

/** A scope of a registration: any GUID that is unique in it. */
const SCOPE = { id: "1d1c1f0e-6a0b-4b7c-9d7e-0a5f7b1c2d31", value: "Mcp.Access" };

/** The app registration of one server: a token for it is none for another server. Visual Studio Code gets tokens for it without consent. */
class McpRegistration extends Construct {
  private readonly application: Application;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.application = new Application(this, "Resource", {
      displayName: id,
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScope: [
          {
            ...SCOPE,
            type: "User",
            adminConsentDisplayName: "Use the tools",
            adminConsentDescription: "Calls the tools of the MCP server as the signed-in user.",
          },
        ],
      },
      lifecycle: { ignoreChanges: ["identifier_uris"] },
    });
    new ServicePrincipal(this, "ServicePrincipal", { clientId: this.application.clientId });
    new ApplicationPreAuthorized(this, "VsCode", {
      applicationId: this.application.id,
      authorizedClientId: VS_CODE,
      permissionIds: [SCOPE.id],
    });
  }

  public access(tenantId: string): McpAccess {
    return McpAccess.entraToken({
      tenantId,
      audiences: [this.application.clientId],
      clientIds: [VS_CODE],
      scopes: [SCOPE.value],
    });
  }

  /** Clients ask for a token for the address of the server. */
  public isFor(server: ApimMcpServer): void {
    new ApplicationIdentifierUri(this, "Uri", { applicationId: this.application.id, identifierUri: server.serverUrl });
  }
}
