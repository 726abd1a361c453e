import { AzureRole } from "../../azure/azure-role";
import { endpointUrl } from "../../azure/endpoint";
import { OpenSetting, warnOfLocalKeys } from "../../azure/open-settings";
import { IStorageAccountRef } from "../../azure/refs/storage-account";
import { inspectable } from "../../azure/user-resource";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/exists-action";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "shared_access_key_enabled", closed: false, property: "sharedAccessKeyEnabled: false" },
  { attribute: "allow_nested_items_to_be_public", closed: false, property: "allowNestedItemsToBePublic: false" },
];

/**
 * See `Backend.blobStorage`. A version that the consumer sends, as the SDKs do, is kept.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services
 */
export function blobStorage(account: IStorageAccountRef, options: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.blobStorage", {
    url: () => endpointUrl(account.primaryBlobEndpoint),
    tokenResource: "https://storage.azure.com/",
    resource: account,
    role: options.role ?? AzureRole.STORAGE_BLOB_DATA_READER,
    roleScope: options.roleScope,
    policy: PolicyDocument.of(
      PolicyStatement.setHeader("x-ms-version", PolicyValue.literal("2025-01-05"), { existsAction: ExistsAction.SKIP }),
    ),
    inspect: (scope) => {
      const notChecked = "whether the storage account rejects keys and anonymous requests";
      const resource = inspectable(scope, account, ["azurerm_storage_account"], notChecked);
      if (resource) warnOfLocalKeys(resource, LOCAL_KEYS);
    },
  });
}
