/**
 * The resource group to deploy into. A `ResourceGroup` and a `DataAzurermResourceGroup` of the azurerm bindings fit as
 * they are.
 */
export interface IResourceGroupRef {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of what is made in it, for example `westeurope`. */
  readonly location: string;
}

/** A resource group by its attributes. */
export interface ResourceGroupRefAttributes {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of what is made in it, for example `westeurope`. */
  readonly location: string;
}

/** Refers to a resource group that is not an object of this app. */
export class ResourceGroupRef implements IResourceGroupRef {
  /** A resource group by its attributes, in any language. With an object of the app, pass that object instead. */
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
