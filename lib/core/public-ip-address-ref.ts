/** A public IP address. A `PublicIp` and a `DataAzurermPublicIp` of the azurerm bindings fit as they are. */
export interface PublicIpAddressRef {
  /** Azure resource id of the address. */
  readonly id: string;
}
