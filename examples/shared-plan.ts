import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import {
  ApimGateway,
  AppRuntime,
  AppServicePlan,
  AzureTags,
  Backend,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** Two APIs on one plan. One of them has a deployment slot, a health check and a network, and everything has tags. */
export class SharedPlan extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    AzureTags.addTo(this, { team: "shop", environment: "production" });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-shared-plan`,
      location: location.stringValue,
    });
    const network = new VirtualNetwork(this, "Network", {
      name: "shop",
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      addressSpace: ["10.0.0.0/16"],
    });
    const subnet = new Subnet(this, "Apps", {
      name: "apps",
      resourceGroupName: resourceGroup.name,
      virtualNetworkName: network.name,
      addressPrefixes: ["10.0.1.0/26"],
      delegation: [
        {
          name: "app",
          serviceDelegation: {
            name: "Microsoft.Web/serverFarms",
            actions: ["Microsoft.Network/virtualNetworks/subnets/action"],
          },
        },
      ],
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const ordersApp = Backend.webApp({
      resourceGroup,
      runtime: AppRuntime.node("22"),
      plan: AppServicePlan.dedicated("S1"),
      planName: "plan-shop",
      virtualNetworkIntegration: { subnet },
      healthCheck: { path: "/health" },
      slots: [{ name: "staging", appSettings: { MODE: "staging" } }],
      appSettings: { MODE: "live" },
      stickySettings: ["MODE"],
    });
    const orders = new SecureApimBackend(this, "Orders", { gateway, backend: ordersApp });
    const invoices = new SecureApimBackend(this, "Invoices", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), plan: ordersApp.sharedPlan }),
    });

    new TerraformOutput(this, "orders_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "invoices_url", { value: invoices.apiUrl, staticId: true });
    new TerraformOutput(this, "staging_host", { value: ordersApp.slots.staging.defaultHostname, staticId: true });
  }
}
