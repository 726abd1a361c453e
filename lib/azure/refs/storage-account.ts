/** A storage account. A `StorageAccount` and a `DataAzurermStorageAccount` of the azurerm bindings fit as they are. */
export interface IStorageAccountRef {
  /** Azure resource id of the account. */
  readonly id: string;

  /** `https://` address of its blobs. */
  readonly primaryBlobEndpoint: string;
}

/** A storage account by its attributes. */
export interface StorageAccountRefAttributes {
  /** Azure resource id of the account. */
  readonly id: string;

  /** `https://` address of its blobs. */
  readonly primaryBlobEndpoint: string;
}

/** Refers to a storage account that is not an object of this app. */
export class StorageAccountRef implements IStorageAccountRef {
  /** A storage account by its attributes, in any language. With an object of the app, pass that object instead. */
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
