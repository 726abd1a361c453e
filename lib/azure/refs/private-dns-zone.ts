/** A private DNS zone. A `PrivateDnsZone` and a `DataAzurermPrivateDnsZone` of the azurerm bindings fit as they are. */
export interface IPrivateDnsZoneRef {
  /** Azure resource id of the zone. */
  readonly id: string;
}

/** A private DNS zone by its attributes. */
export interface PrivateDnsZoneRefAttributes {
  /** Azure resource id of the zone. */
  readonly id: string;
}

/** Refers to a private DNS zone that is not an object of this app. */
export class PrivateDnsZoneRef implements IPrivateDnsZoneRef {
  /** A private DNS zone by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: PrivateDnsZoneRefAttributes): IPrivateDnsZoneRef {
    return new PrivateDnsZoneRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: PrivateDnsZoneRefAttributes) {
    this.id = attributes.id;
  }
}
