import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, ApimSku, AppRuntime, AzureRole, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** Azure US Government: the environment of the providers says the cloud, and everything else follows. */
export class GovernmentCloud extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const vaultName = new TerraformVariable(this, "vault_name", { type: "string", default: "contoso-certificates" });

    new AzurermProvider(this, "azurerm", { features: [{}], environment: "usgovernment" });
    new AzureadProvider(this, "azuread", { environment: "usgovernment" });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-government`,
      location: "usgovvirginia",
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      // There is no Consumption tier in this cloud.
      sku: ApimSku.BASIC,
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
    });
    const vault = new DataAzurermKeyVault(this, "Vault", {
      name: vaultName.stringValue,
      resourceGroupName: resourceGroup.name,
    });
    new SecureApimBackend(this, "Certificates", {
      gateway,
      backend: Backend.keyVault(vault, { role: AzureRole.of("Key Vault Certificate User") }),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
