import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  AnonymousPaths,
  ApimGateway,
  AppRuntime,
  Backend,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/**
 * Apps that the network closes too, behind a gateway that is in a virtual network: one is reached through a private endpoint
 * alone, the other from the gateway's public addresses. Here a Developer or Premium gateway fits, which has both.
 */
export class NetworkLockdown extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const apimName = new TerraformVariable(this, "apim_name", { type: "string" });
    const apimResourceGroup = new TerraformVariable(this, "apim_resource_group", { type: "string" });
    const networkId = new TerraformVariable(this, "virtual_network_id", { type: "string" });
    const subnetId = new TerraformVariable(this, "endpoint_subnet_id", { type: "string" });
    const publishFrom = new TerraformVariable(this, "publish_from", {
      type: "string",
      description: "Public address of the pipeline that publishes code, such as 203.0.113.7/32",
    });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-network-lockdown`,
      location: location.stringValue,
    });
    // Where the gateway finds the private address of the app.
    const privateDnsZone = new PrivateDnsZone(this, "PrivateDnsZone", {
      name: "privatelink.azurewebsites.net",
      resourceGroupName: resourceGroup.name,
    });
    new PrivateDnsZoneVirtualNetworkLink(this, "PrivateDnsZoneLink", {
      name: "gateway",
      resourceGroupName: resourceGroup.name,
      privateDnsZoneName: privateDnsZone.name,
      virtualNetworkId: networkId.stringValue,
    });

    const gateway = ApimGateway.fromLookup(this, "Gateway", {
      apimName: apimName.stringValue,
      resourceGroupName: apimResourceGroup.stringValue,
    });
    const invoices = new SecureApimBackend(this, "Invoices", {
      gateway,
      backend: Backend.webApp({
        resourceGroup,
        runtime: AppRuntime.node("22"),
        networkAccess: NetworkAccess.privateEndpoint({ subnet: { id: subnetId.stringValue }, privateDnsZone }),
        anonymousPaths: AnonymousPaths.of(["/health"], "the monitor within the network can send no token, ADR 12"),
      }),
    });
    const shop = new SecureApimBackend(this, "Shop", {
      gateway,
      backend: Backend.webApp({
        resourceGroup,
        runtime: AppRuntime.node("22"),
        networkAccess: NetworkAccess.fromGatewayAddresses({ publishFrom: [publishFrom.stringValue] }),
      }),
    });

    new TerraformOutput(this, "api_url", { value: invoices.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: invoices.backendUrl, staticId: true });
    new TerraformOutput(this, "shop_api_url", { value: shop.apiUrl, staticId: true });
    new TerraformOutput(this, "shop_backend_url", { value: shop.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
