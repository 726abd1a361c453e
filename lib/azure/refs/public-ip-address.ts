/**
 * A public IP address: a `PublicIp` or `DataAzurermPublicIp` of the azurerm bindings, or `PublicIpAddressRef.fromAttributes`.
 */
export interface IPublicIpAddressRef {
  /** Azure resource ID of the address. */
  readonly id: string;
}

/** Attributes of a public IP address. */
export interface PublicIpAddressRefAttributes {
  /** Azure resource ID of the address. */
  readonly id: string;
}

/** A public IP address by its attributes. */
export class PublicIpAddressRef implements IPublicIpAddressRef {
  /** Refers to a public IP address by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: PublicIpAddressRefAttributes): IPublicIpAddressRef {
    return new PublicIpAddressRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: PublicIpAddressRefAttributes) {
    this.id = attributes.id;
  }
}
