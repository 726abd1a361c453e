import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRegistration, Audience, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** Two apps that other states own: one is locked from here, the other by its owner, who needs no azapi for it. */
export class ExistingApp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const appId = new TerraformVariable(this, "app_id", {
      type: "string",
      description: "Azure resource id of a function app whose owner leaves its sign-in alone",
    });
    const appHost = new TerraformVariable(this, "app_host", {
      type: "string",
      description: "Host name of that function app",
    });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-existing-app`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.existingApp(appId.stringValue, `https://${appHost.stringValue}/api`),
    });

    const registration = new AppRegistration(this, "InvoicesRegistration");
    new SecureApimBackend(this, "Invoices", {
      gateway,
      backend: Backend.url("https://invoices.contoso.com", Audience.registration(registration)),
    });
    // What the owner sets on the app, with azurerm or in any other way.
    new TerraformOutput(this, "auth_settings_v2", {
      value: {
        auth_enabled: true,
        require_authentication: true,
        unauthenticated_action: "Return401",
        require_https: true,
        login: { token_store_enabled: false },
        active_directory_v2: {
          client_id: registration.clientId,
          tenant_auth_endpoint: `https://login.microsoftonline.com/${registration.tenantId}/v2.0`,
          allowed_audiences: registration.allowedAudiences,
          allowed_identities: registration.allowedPrincipalIds,
        },
      },
      staticId: true,
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
