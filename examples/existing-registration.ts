import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRegistration, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** Another team has created the app registration. This stack reads it, checks it at plan, and assigns its app role to the gateway. */
export class ExistingRegistration extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const clientId = new TerraformVariable(this, "orders_client_id", {
      type: "string",
      description: "Application (client) ID of the app registration of the orders app",
    });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-existing-registration`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const registration = AppRegistration.fromLookup(this, "Registration", { clientId: clientId.stringValue });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), registration }),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
