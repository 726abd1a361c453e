/** A public IP address. A `PublicIp` and a `DataAzurermPublicIp` of the azurerm bindings fit as they are. */
export interface IPublicIpAddressRef {
  /** Azure resource id of the address. */
  readonly id: string;
}

/** A public IP address by its attributes. */
export interface PublicIpAddressRefAttributes {
  /** Azure resource id of the address. */
  readonly id: string;
}

/** Refers to a public IP address that is not an object of this app. */
export class PublicIpAddressRef implements IPublicIpAddressRef {
  /** A public IP address by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: PublicIpAddressRefAttributes): IPublicIpAddressRef {
    return new PublicIpAddressRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: PublicIpAddressRefAttributes) {
    this.id = attributes.id;
  }
}
