import { Construct, IConstruct } from "constructs";
import { labelOf } from "../core/labels";

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

/** A subnet. A `Subnet` and a `DataAzurermSubnet` of the azurerm bindings fit as they are. */
export interface SubnetRef {
  /** Azure resource id of the subnet. */
  readonly id: string;
}

/** A public IP address. A `PublicIp` and a `DataAzurermPublicIp` of the azurerm bindings fit as they are. */
export interface PublicIpAddressRef {
  /** Azure resource id of the address. */
  readonly id: string;
}

/** An Application Insights component. An `ApplicationInsights` of the azurerm bindings fits as it is. */
export interface ApplicationInsightsRef {
  /** Azure resource id of the component. */
  readonly id: string;

  /** Connection string: where to send telemetry to. It is no credential when local authentication is off. */
  readonly connectionString: string;
}

/** A private DNS zone. A `PrivateDnsZone` and a `DataAzurermPrivateDnsZone` of the azurerm bindings fit as they are. */
export interface PrivateDnsZoneRef {
  /** Azure resource id of the zone. */
  readonly id: string;
}

/**
 * A user-assigned managed identity. A `UserAssignedIdentity` and a `DataAzurermUserAssignedIdentity` of the azurerm
 * bindings fit as they are.
 */
export interface UserAssignedIdentityRef {
  /** Azure resource id of the identity. */
  readonly id: string;

  /** Object id of the identity's service principal: what App Service Authentication lets in. */
  readonly principalId: string;

  /** Client id of the identity: what the gateway's policy names it by. */
  readonly clientId: string;
}

/** A literal name of the identity; none where it is given by its ids alone. */
export function identityLabel(identity: UserAssignedIdentityRef, seenFrom: IConstruct): string | undefined {
  return Construct.isConstruct(identity) ? labelOf(identity, seenFrom) : undefined;
}
