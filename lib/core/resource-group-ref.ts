/**
 * The resource group to deploy into. A `ResourceGroup` and a `DataAzurermResourceGroup` of the azurerm bindings fit as
 * they are.
 */
export interface ResourceGroupRef {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of what is made in it, for example `westeurope`. */
  readonly location: string;
}
