/**
 * A resource group: a `ResourceGroup` or `DataAzurermResourceGroup` of the azurerm bindings, or
 * `ResourceGroupRef.fromAttributes`.
 */
export interface IResourceGroupRef {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of the resources that are created in it, for example `westeurope`. */
  readonly location: string;
}

/** Attributes of a resource group. */
export interface ResourceGroupRefAttributes {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of the resources that are created in it, for example `westeurope`. */
  readonly location: string;
}

/** A resource group by its attributes. */
export class ResourceGroupRef implements IResourceGroupRef {
  /** Refers to a resource group by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: ResourceGroupRefAttributes): IResourceGroupRef {
    return new ResourceGroupRef(attributes);
  }

  public readonly name: string;
  public readonly location: string;

  private constructor(attributes: ResourceGroupRefAttributes) {
    this.name = attributes.name;
    this.location = attributes.location;
  }
}
