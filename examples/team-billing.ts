import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, ApimSku, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { keepState } from "./state";

/** A team with a repository and a subscription of its own. It knows of the platform's gateway what the platform team tells it. */
export class TeamBilling extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const platformSubscription = new TerraformVariable(this, "platform_subscription_id", { type: "string" });
    const apimName = new TerraformVariable(this, "apim_name", { type: "string" });
    const apimResourceGroup = new TerraformVariable(this, "apim_resource_group", { type: "string" });
    const apimPrincipalId = new TerraformVariable(this, "apim_principal_id", { type: "string" });

    keepState(this);
    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    // With it goes what lives on the gateway. It registers nothing in the platform's subscription, which would take rights there.
    const platform = new AzurermProvider(this, "azurerm-platform", {
      alias: "platform",
      features: [{}],
      subscriptionId: platformSubscription.stringValue,
      resourceProviderRegistrations: "none",
    });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-team-billing`,
      location: location.stringValue,
    });

    const gateway = ApimGateway.fromAttributes(this, "Gateway", {
      apimName: apimName.stringValue,
      resourceGroupName: apimResourceGroup.stringValue,
      sku: ApimSku.STANDARD_V2,
      principalId: apimPrincipalId.stringValue,
      provider: platform,
    });
    const billing = new SecureApimBackend(this, "Billing", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.java("21") }),
    });

    new TerraformOutput(this, "api_url", { value: billing.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: billing.backendUrl, staticId: true });
  }
}
