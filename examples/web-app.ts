import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, ApiSurface, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A web app that answers before any code is deployed: good for seeing that it is closed. It sends telemetry, without a key. */
export class WebApp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    // Azure adds an alert rule for failure anomalies beside Application Insights. Terraform does not know it, and destroy would refuse.
    new AzurermProvider(this, "azurerm", {
      features: [{ resourceGroup: [{ preventDeletionIfContainsResources: false }] }],
    });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-web-app`,
      location: location.stringValue,
    });

    const applicationInsights = new ApplicationInsights(this, "ApplicationInsights", {
      name: `${prefix.stringValue}-web-app`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      applicationType: "web",
      localAuthenticationDisabled: true,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const shop = new SecureApimBackend(this, "Shop", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), applicationInsights }),
      surface: ApiSurface.wildcard({ path: "shop/v1", displayName: "Shop" }),
    });

    new TerraformOutput(this, "api_url", { value: shop.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: shop.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
