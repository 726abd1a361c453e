import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { ApimGateway, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A web app of your own with a staging slot, which is as closed as the app: the same sign-in, the same callers. */
export class Slots extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-slots`,
      location: location.stringValue,
    });
    // The app needs a name that nobody else in Azure has.
    const { subscriptionId } = new DataAzurermClientConfig(this, "Client");
    const unique = Fn.substr(Fn.sha256(Fn.join("/", [subscriptionId, resourceGroup.name])), 0, 10);

    const here = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };
    const plan = new ServicePlan(this, "Plan", {
      ...here,
      name: `${prefix.stringValue}-catalog`,
      osType: "Linux",
      skuName: "P0v3",
    });
    const settings = {
      httpsOnly: true,
      ftpPublishBasicAuthenticationEnabled: false,
      webdeployPublishBasicAuthenticationEnabled: false,
      siteConfig: { alwaysOn: true, applicationStack: { nodeVersion: "22-lts" } },
    };
    const app = new LinuxWebApp(this, "Catalog", {
      ...settings,
      ...here,
      name: `catalog-${unique}`,
      servicePlanId: plan.id,
    });
    const staging = new LinuxWebAppSlot(this, "Staging", { ...settings, name: "staging", appServiceId: app.id });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const catalog = new SecureApimBackend(this, "CatalogApi", {
      gateway,
      backend: Backend.fromLinuxWebApp(app, { slots: [staging] }),
    });

    new TerraformOutput(this, "api_url", { value: catalog.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: catalog.backendUrl, staticId: true });
    new TerraformOutput(this, "slot_url", { value: `https://${staging.defaultHostname}`, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
