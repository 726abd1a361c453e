/** A subnet. A `Subnet` and a `DataAzurermSubnet` of the azurerm bindings fit as they are. */
export interface SubnetRef {
  /** Azure resource id of the subnet. */
  readonly id: string;
}
