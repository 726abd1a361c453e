import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { ApimGateway, AppRuntime, Backend, GatewayIdentity, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A gateway whose identity outlives it: replace the gateway, and every backend still lets it in. */
export class UserAssignedIdentityStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-user-assigned-identity`,
      location: location.stringValue,
    });

    const identity = new UserAssignedIdentity(this, "GatewayIdentity", {
      name: `${prefix.stringValue}-gateway`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      identity: GatewayIdentity.userAssigned(identity),
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.dotnet("8.0") }),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
