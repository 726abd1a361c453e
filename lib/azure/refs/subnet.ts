/** A subnet. A `Subnet` and a `DataAzurermSubnet` of the azurerm bindings fit as they are. */
export interface ISubnetRef {
  /** Azure resource id of the subnet. */
  readonly id: string;
}

/** A subnet by its attributes. */
export interface SubnetRefAttributes {
  /** Azure resource id of the subnet. */
  readonly id: string;
}

/** Refers to a subnet that is not an object of this app. */
export class SubnetRef implements ISubnetRef {
  /** A subnet by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: SubnetRefAttributes): ISubnetRef {
    return new SubnetRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: SubnetRefAttributes) {
    this.id = attributes.id;
  }
}
