/** A key vault. A `KeyVault` and a `DataAzurermKeyVault` of the azurerm bindings fit as they are. */
export interface IKeyVaultRef {
  /** Azure resource id of the vault. */
  readonly id: string;

  /** `https://` address of the vault. */
  readonly vaultUri: string;
}

/** A key vault by its attributes. */
export interface KeyVaultRefAttributes {
  /** Azure resource id of the vault. */
  readonly id: string;

  /** `https://` address of the vault. */
  readonly vaultUri: string;
}

/** Refers to a key vault that is not an object of this app. */
export class KeyVaultRef implements IKeyVaultRef {
  /** A key vault by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: KeyVaultRefAttributes): IKeyVaultRef {
    return new KeyVaultRef(attributes);
  }

  public readonly id: string;
  public readonly vaultUri: string;

  private constructor(attributes: KeyVaultRefAttributes) {
    this.id = attributes.id;
    this.vaultUri = attributes.vaultUri;
  }
}
