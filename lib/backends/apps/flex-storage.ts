import { Construct } from "constructs";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";

/** Where the code of an app on Flex Consumption is kept, reached with the app's identity. */
export function packageStorage(scope: Construct, account: StorageAccount) {
  // By the account's id, azurerm makes the container without touching the data plane.
  const container = new StorageContainer(scope, "Packages", {
    name: "app-package",
    storageAccountId: account.id,
    containerAccessType: "private",
    provider: account.provider,
  });
  return {
    storageContainerType: "blobContainer",
    storageContainerEndpoint: `${account.primaryBlobEndpoint}${container.name}`,
    storageAuthenticationType: "SystemAssignedIdentity",
  };
}

/**
 * How the functions host reaches its storage with the app's identity. azurerm 4.55 adds a connection string without a key,
 * `AzureWebJobsStorage=…AccountKey=;`, which the host would take instead and fail; given here, the setting is empty and the
 * host passes over it. azurerm never reads it back, so that each plan shows it again. Ignoring that change would let azurerm
 * put its own value there at the next update.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/29693
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/33211
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
 */
export function hostStorageSettings(account: StorageAccount): { [name: string]: string } {
  return {
    AzureWebJobsStorage: "",
    AzureWebJobsStorage__accountName: account.name,
    AzureWebJobsStorage__credential: "managedidentity",
  };
}
