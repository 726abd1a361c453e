/** A subnet: a `Subnet` or `DataAzurermSubnet` of the azurerm bindings, or `SubnetRef.fromAttributes`. */
export interface ISubnetRef {
  /** Azure resource ID of the subnet. */
  readonly id: string;
}

/** Attributes of a subnet. */
export interface SubnetRefAttributes {
  /** Azure resource ID of the subnet. */
  readonly id: string;
}

/** A subnet by its attributes. */
export class SubnetRef implements ISubnetRef {
  /**
   * Refers to a subnet by its attributes. If this app declares it, pass the object instead. Its settings cannot be checked,
   * and a warning at synth says which.
   */
  public static fromAttributes(attributes: SubnetRefAttributes): ISubnetRef {
    return new SubnetRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: SubnetRefAttributes) {
    this.id = attributes.id;
  }
}
