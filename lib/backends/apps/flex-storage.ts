import { Construct } from "constructs";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";

/** Creates the container for the code of a Flex Consumption app. */
export function createPackages(scope: Construct, account: StorageAccount): StorageContainer {
  return new StorageContainer(scope, "Packages", {
    name: "app-package",
    // With the account's ID instead of its name, azurerm creates the container without the data plane.
    storageAccountId: account.id,
    containerAccessType: "private",
    provider: account.provider,
  });
}

/** Where a Flex Consumption app finds its code, which it reads with its identity. */
export function packageStorage(account: StorageAccount, packages: StorageContainer) {
  return {
    storageContainerType: "blobContainer",
    storageContainerEndpoint: `${account.primaryBlobEndpoint}${packages.name}`,
    storageAuthenticationType: "SystemAssignedIdentity",
  };
}

/**
 * How the functions host reaches its storage with the app's identity. azurerm 4.55 adds a connection string without a key,
 * `AzureWebJobsStorage=…AccountKey=;`, which the host would prefer, and fail. An empty setting replaces it, and the host
 * ignores an empty one. azurerm never reads the setting back, so every plan shows it again. With `ignore_changes`, the next
 * update would write azurerm's value.
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
