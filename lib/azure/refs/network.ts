import { Construct } from "constructs";
import { requireAttributes } from "../../core/given";
import { announce, givenReason } from "../../core/reason";

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

  /**
   * Someone else adds the records of the private endpoint to a private DNS zone, such as Azure Policy in an Azure landing zone. Terraform
   * leaves them alone. Until the records exist, the host name leads to the public address.
   *
   * @param reason who adds the records, and where this is documented; shown at synth
   * @see https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/private-link-and-dns-integration-at-scale
   */
  public static managedElsewhere(reason: string): IPrivateDnsZoneRef {
    return new PrivateDnsZoneRef("", givenReason(reason));
  }

  private constructor(
    public readonly id: string,
    private readonly reason?: string,
  ) {}

  /** @internal */
  public get _isManagedElsewhere(): boolean {
    return this.reason !== undefined;
  }

  /** @internal */
  public _announce(scope: Construct): void {
    const what = "The records of the private endpoint are managed elsewhere";
    announce(scope, what, "PrivateDnsZoneRef.managedElsewhere", givenReason(this.reason));
  }
}

/** The zone, if someone else adds the records. Another copy of the library can have made it. */
export function managedElsewhere(zone: IPrivateDnsZoneRef): PrivateDnsZoneRef | undefined {
  return Reflect.get(zone, "_isManagedElsewhere") === true ? (zone as PrivateDnsZoneRef) : undefined;
}
