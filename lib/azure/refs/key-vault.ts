/** A key vault: a `KeyVault` or `DataAzurermKeyVault` of the azurerm bindings, or `KeyVaultRef.fromAttributes`. */
export interface IKeyVaultRef {
  /** Azure resource ID of the vault. */
  readonly id: string;

  /** `https://` address of the vault. */
  readonly vaultUri: string;
}

/** Attributes of a key vault. */
export interface KeyVaultRefAttributes {
  /** Azure resource ID of the vault. */
  readonly id: string;

  /** `https://` address of the vault. */
  readonly vaultUri: string;
}

/** A key vault by its attributes. */
export class KeyVaultRef implements IKeyVaultRef {
  /**
   * Refers to a key vault by its attributes. If this app declares it, pass the object instead. Its settings cannot be
   * checked, and a warning at synth says which.
   */
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
