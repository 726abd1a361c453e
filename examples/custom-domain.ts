import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { join } from "path";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { DnsCnameRecord } from "@cdktf/provider-azurerm/lib/dns-cname-record";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApimSku,
  AppRuntime,
  Audience,
  Backend,
  CaCertificate,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/**
 * A gateway in two regions with one host name of its own. It reads the certificate of the host name from a key vault, and lets an app in only
 * from its addresses in both regions. Another backend has a certificate of an internal CA.
 */
export class CustomDomainStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const hostName = new TerraformVariable(this, "host_name", { type: "string", default: "api.contoso.com" });
    const vaultName = new TerraformVariable(this, "key_vault_name", { type: "string" });
    const vaultGroup = new TerraformVariable(this, "key_vault_resource_group", { type: "string" });
    const zoneName = new TerraformVariable(this, "dns_zone_name", { type: "string", default: "contoso.com" });
    const zoneGroup = new TerraformVariable(this, "dns_zone_resource_group", { type: "string" });
    const stockClientId = new TerraformVariable(this, "stock_client_id", { type: "string" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-custom-domain`,
      location: location.stringValue,
    });
    const keyVault = new DataAzurermKeyVault(this, "Certificates", {
      name: vaultName.stringValue,
      resourceGroupName: vaultGroup.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.PREMIUM,
      additionalLocations: [{ location: "northeurope" }],
      customDomains: [{ hostName: hostName.stringValue, keyVault, certificateName: "api" }],
      caCertificates: [CaCertificate.fromFile(join(__dirname, "certificates", "internal-ca.pem"))],
    });
    new DnsCnameRecord(this, "HostName", {
      name: Fn.trimsuffix(hostName.stringValue, `.${zoneName.stringValue}`),
      zoneName: zoneName.stringValue,
      resourceGroupName: zoneGroup.stringValue,
      ttl: 300,
      record: Fn.trimprefix(gateway.apiManagement.gatewayUrl, "https://"),
    });

    const shop = new SecureApimBackend(this, "Shop", {
      gateway,
      backend: Backend.webApp({
        resourceGroup,
        runtime: AppRuntime.node("22"),
        networkAccess: NetworkAccess.fromGatewayAddresses(),
      }),
    });
    const stock = new SecureApimBackend(this, "Stock", {
      gateway,
      backend: Backend.url("https://stock.contoso.com", Audience.clientId(stockClientId.stringValue)),
    });

    new TerraformOutput(this, "api_url", { value: shop.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: shop.backendUrl, staticId: true });
    new TerraformOutput(this, "stock_api_url", { value: stock.apiUrl, staticId: true });
    new TerraformOutput(this, "regional_urls", { value: gateway.regionalGatewayUrls, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
