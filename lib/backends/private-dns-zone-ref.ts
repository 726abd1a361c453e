/** A private DNS zone. A `PrivateDnsZone` and a `DataAzurermPrivateDnsZone` of the azurerm bindings fit as they are. */
export interface PrivateDnsZoneRef {
  /** Azure resource id of the zone. */
  readonly id: string;
}
