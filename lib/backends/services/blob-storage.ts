import { requireAttributes } from "../../core/given";
import { AzureRole } from "../../azure/azure-role";
import { tokenResourceIn } from "../../azure/clouds/addresses";
import { endpointUrl } from "../../azure/endpoint";
import { warnOfLocalKeys } from "../../azure/user-resource";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/set-header";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/**
 * See `Backend.blobStorage`. A version that the consumer sends, as the SDKs do, is kept.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services
 */
export function blobStorage(account: IStorageAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.blobStorage", options, {
    url: (scope) => endpointUrl(scope, account.primaryBlobEndpoint),
    tokenResource: (scope) => tokenResourceIn(scope, "storage"),
    resource: account,
    role: AzureRole.STORAGE_BLOB_DATA_READER,
    policy: PolicyDocument.of(
      PolicyStatement.setHeader("x-ms-version", PolicyValue.literal("2025-01-05"), { existsAction: ExistsAction.SKIP }),
    ),
    inspect: (scope) => {
      const keys = {
        azurerm_storage_account: { shared_access_key_enabled: false, allow_nested_items_to_be_public: false },
      };
      warnOfLocalKeys(scope, account, "whether the storage account rejects keys and anonymous requests", keys);
    },
  });
}

/** A storage account: a `StorageAccount` or `DataAzurermStorageAccount`, or `StorageAccountRef.fromAttributes`. */
export interface IStorageAccountRef {
  /** Azure resource ID of the account. */
  readonly id: string;

  /** `https://` address of its blobs. */
  readonly primaryBlobEndpoint: string;
}

/** Attributes of a storage account. */
export interface StorageAccountRefAttributes {
  /** Azure resource ID of the account. */
  readonly id: string;

  /** `https://` address of its blobs. */
  readonly primaryBlobEndpoint: string;
}

/** A storage account by its attributes. */
export class StorageAccountRef implements IStorageAccountRef {
  /** For one that this app does not declare. Its settings cannot be checked, and a warning at synth says which. */
  public static fromAttributes(attributes: StorageAccountRefAttributes): IStorageAccountRef {
    const { id, primaryBlobEndpoint } = requireAttributes("StorageAccountRef", attributes, [
      "id",
      "primaryBlobEndpoint",
    ]);
    return new StorageAccountRef(id, primaryBlobEndpoint);
  }

  private constructor(
    public readonly id: string,
    public readonly primaryBlobEndpoint: string,
  ) {}
}
