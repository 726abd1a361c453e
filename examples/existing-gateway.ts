import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A gateway that the platform team runs in its own subscription, in front of a function app of ours. */
export class ExistingGateway extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const platformSubscription = new TerraformVariable(this, "platform_subscription_id", { type: "string" });
    const apimName = new TerraformVariable(this, "apim_name", { type: "string" });
    const apimResourceGroup = new TerraformVariable(this, "apim_resource_group", { type: "string" });

    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new AzureadProvider(this, "azuread");
    const platform = new AzurermProvider(this, "azurerm-platform", {
      alias: "platform",
      features: [{}],
      subscriptionId: platformSubscription.stringValue,
    });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-existing-gateway`,
      location: location.stringValue,
    });

    const gateway = ApimGateway.fromLookup(this, "Gateway", {
      apimName: apimName.stringValue,
      resourceGroupName: apimResourceGroup.stringValue,
      provider: platform,
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.functionApp({ resourceGroup, runtime: AppRuntime.python("3.12") }),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
