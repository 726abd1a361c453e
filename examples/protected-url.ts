import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, Audience, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A backend that runs elsewhere and checks tokens itself. Nothing is written to Entra ID: no azuread provider. */
export class ProtectedUrl extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const clientId = new TerraformVariable(this, "backend_client_id", {
      type: "string",
      description: "Client id of the app registration that the backend expects tokens for",
    });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-protected-url`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const legacy = new SecureApimBackend(this, "Legacy", {
      gateway,
      backend: Backend.url("https://legacy.contoso.com/v2", Audience.clientId(clientId.stringValue)),
    });

    new TerraformOutput(this, "api_url", { value: legacy.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: legacy.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
    // Whoever owns the registration lets this identity in.
    new TerraformOutput(this, "gateway_principal_id", {
      value: gateway.bindCaller(this).principalId,
      staticId: true,
    });
  }
}
