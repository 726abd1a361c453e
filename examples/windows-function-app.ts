import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRuntime, AppServicePlan, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A function app on Windows, on an elastic premium plan, which adds machines as calls come in. */
export class WindowsFunctionAppStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    // The function app's storage account has no keys: azurerm is told to do without them.
    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-windows-function-app`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const payroll = new SecureApimBackend(this, "Payroll", {
      gateway,
      backend: Backend.windowsFunctionApp({
        resourceGroup,
        runtime: AppRuntime.dotnet("8.0"),
        plan: AppServicePlan.elasticPremium("EP1"),
      }),
    });

    new TerraformOutput(this, "api_url", { value: payroll.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: payroll.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
