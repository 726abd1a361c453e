/**
 * A private DNS zone: a `PrivateDnsZone` or `DataAzurermPrivateDnsZone` of the azurerm bindings, or
 * `PrivateDnsZoneRef.fromAttributes`.
 */
export interface IPrivateDnsZoneRef {
  /** Azure resource ID of the zone. */
  readonly id: string;
}

/** Attributes of a private DNS zone. */
export interface PrivateDnsZoneRefAttributes {
  /** Azure resource ID of the zone. */
  readonly id: string;
}

/** A private DNS zone by its attributes. */
export class PrivateDnsZoneRef implements IPrivateDnsZoneRef {
  /**
   * Refers to a private DNS zone by its attributes. If this app declares it, pass the object instead. Its settings cannot be
   * checked, and a warning at synth says which.
   */
  public static fromAttributes(attributes: PrivateDnsZoneRefAttributes): IPrivateDnsZoneRef {
    return new PrivateDnsZoneRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: PrivateDnsZoneRefAttributes) {
    this.id = attributes.id;
  }
}
