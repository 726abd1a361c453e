/**
 * A storage account: a `StorageAccount` or `DataAzurermStorageAccount` of the azurerm bindings, or
 * `StorageAccountRef.fromAttributes`.
 */
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
  /**
   * Refers to a storage account by its attributes. If this app declares it, pass the object instead. Its settings cannot be
   * checked, and a warning at synth says which.
   */
  public static fromAttributes(attributes: StorageAccountRefAttributes): IStorageAccountRef {
    return new StorageAccountRef(attributes);
  }

  public readonly id: string;
  public readonly primaryBlobEndpoint: string;

  private constructor(attributes: StorageAccountRefAttributes) {
    this.id = attributes.id;
    this.primaryBlobEndpoint = attributes.primaryBlobEndpoint;
  }
}
