import { IStorageAccountRef } from "../../azure/refs/storage-account";
import { userResource } from "../../azure/user-resource";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statements";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/exists-action";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { endpointUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "shared_access_key_enabled", closed: false, property: "sharedAccessKeyEnabled: false" },
  { attribute: "allow_nested_items_to_be_public", closed: false, property: "allowNestedItemsToBePublic: false" },
];

/**
 * See `Backend.blobStorage`. A consumer that names a version itself, as the SDKs do, is left to it.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services
 */
export function blobStorage(account: IStorageAccountRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.blobStorage", {
    url: () => endpointUrl(account.primaryBlobEndpoint),
    tokenResource: "https://storage.azure.com/",
    resource: account,
    role: options.role ?? AzureRole.STORAGE_BLOB_DATA_READER,
    roleScope: options.roleScope,
    policy: PolicyDocument.of(
      PolicyStatement.setHeader("x-ms-version", PolicyValue.literal("2025-01-05"), { existsAction: ExistsAction.SKIP }),
    ),
    inspect: () => {
      const own = userResource(account, "azurerm_storage_account");
      if (own) warnOfLocalKeys(own, LOCAL_KEYS);
    },
  });
}
