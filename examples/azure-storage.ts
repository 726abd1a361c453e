import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { ApimGateway, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** Downloads from one container of a storage account that has no keys. */
export class AzureStorage extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    // The account has no keys: azurerm is told to do without them.
    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-azure-storage`,
      location: location.stringValue,
    });
    const { subscriptionId } = new DataAzurermClientConfig(this, "Client");
    const unique = Fn.substr(Fn.sha256(Fn.join("/", [subscriptionId, resourceGroup.name])), 0, 10);

    const account = new StorageAccount(this, "Files", {
      name: `files${unique}`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      accountTier: "Standard",
      accountReplicationType: "ZRS",
      sharedAccessKeyEnabled: false,
      allowNestedItemsToBePublic: false,
    });
    const brochures = new StorageContainer(this, "Brochures", { name: "brochures", storageAccountId: account.id });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    // GET <api_url>/brochures/spring.pdf; all other containers answer 403.
    const downloads = new SecureApimBackend(this, "Downloads", {
      gateway,
      backend: Backend.blobStorage(account, { roleScope: brochures.id }),
    });

    new TerraformOutput(this, "api_url", { value: downloads.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: downloads.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
