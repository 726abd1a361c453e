import { dependable, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { ApimGateway, ApimSku, GatewayNetwork } from "cdktf-secure-apim-backend";
import { keepState } from "./state";

/** The platform team's gateway, which goes out through a virtual network. The teams have stacks and states of their own. */
export class Platform extends TerraformStack {
  public readonly gateway: ApimGateway;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    keepState(this);
    new AzurermProvider(this, "azurerm", { features: [{}] });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-platform`,
      location: location.stringValue,
    });

    const where = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };
    const network = new VirtualNetwork(this, "VirtualNetwork", {
      ...where,
      name: `${prefix.stringValue}-platform`,
      addressSpace: ["10.0.0.0/24"],
    });
    const subnet = new Subnet(this, "Subnet", {
      name: "gateway",
      resourceGroupName: resourceGroup.name,
      virtualNetworkName: network.name,
      addressPrefixes: ["10.0.0.0/27"],
      delegation: [
        {
          name: "gateway",
          serviceDelegation: {
            name: "Microsoft.Web/serverFarms",
            actions: ["Microsoft.Network/virtualNetworks/subnets/action"],
          },
        },
      ],
    });
    const rules = new NetworkSecurityGroup(this, "NetworkSecurityGroup", { ...where, name: "gateway" });
    const secured = new SubnetNetworkSecurityGroupAssociation(this, "NetworkSecurityGroupAssociation", {
      subnetId: subnet.id,
      networkSecurityGroupId: rules.id,
    });

    this.gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.STANDARD_V2,
      network: GatewayNetwork.outbound(subnet),
    });
    // The subnet must have its security group before the gateway joins it.
    this.gateway.apiManagement.dependsOn = [dependable(secured)];

    // What a team whose stack is in another app needs to know.
    const { subscriptionId } = new DataAzurermClientConfig(this, "Client");
    new TerraformOutput(this, "subscription_id", { value: subscriptionId, staticId: true });
    new TerraformOutput(this, "apim_id", { value: this.gateway.apimId, staticId: true });
    new TerraformOutput(this, "apim_name", { value: this.gateway.apimName, staticId: true });
    new TerraformOutput(this, "apim_resource_group", { value: this.gateway.resourceGroupName, staticId: true });
    new TerraformOutput(this, "apim_principal_id", { value: this.gateway.principalId, staticId: true });
  }
}
