import { requireAttributes } from "../../core/given";

/**
 * A public IP address: a `PublicIp` or `DataAzurermPublicIp` of the azurerm bindings, or `PublicIpAddressRef.fromAttributes`.
 */
export interface IPublicIpAddressRef {
  /** Azure resource ID of the address. */
  readonly id: string;
}

/** Attributes of a public IP address. */
export interface PublicIpAddressRefAttributes {
  /** Azure resource ID of the address. */
  readonly id: string;
}

/** A public IP address by its attributes. */
export class PublicIpAddressRef implements IPublicIpAddressRef {
  /** Refers to a public IP address by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: PublicIpAddressRefAttributes): IPublicIpAddressRef {
    const { id } = requireAttributes("PublicIpAddressRef", attributes, ["id"]);
    return new PublicIpAddressRef(id);
  }

  private constructor(public readonly id: string) {}
}

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
    const { id } = requireAttributes("SubnetRef", attributes, ["id"]);
    return new SubnetRef(id);
  }

  private constructor(public readonly id: string) {}
}

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
    const { id } = requireAttributes("PrivateDnsZoneRef", attributes, ["id"]);
    return new PrivateDnsZoneRef(id);
  }

  private constructor(public readonly id: string) {}
}
