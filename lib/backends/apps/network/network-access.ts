import { ISubnetRef } from "../../../azure/refs/subnet";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { IApimGateway } from "../../../gateway/gateway";
import { RestrictedAccessOptions, NetworkedApp, NetworkRule, SiteNetwork } from "./network-rule";
import { PrivateEndpointProps, privateEndpointRule } from "./private-endpoint-rule";
import { gatewayAddressesRule } from "./gateway-addresses-rule";
import { subnetRule } from "./subnet-rule";

/**
 * From where an app can be reached at all, its publishing (SCM) site included. Whoever is let through still has to sign in:
 * this stands before the sign-in, and never in place of it.
 *
 * There is no choice for the service tag `ApiManagement`: it names the addresses from which gateways are managed, not those from
 * which they call, and those of everybody's gateways at that.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
export class NetworkAccess {
  /** From every address: the sign-in alone decides. */
  public static anywhere(): NetworkAccess {
    return new NetworkAccess();
  }

  /**
   * From the public addresses of the gateway that calls the app, up to eight of them; everything else is denied. For gateways
   * of the tiers Developer, Basic, Standard and Premium, which keep their addresses. Terraform checks at plan what is not known
   * before. Where the gateway goes out through a firewall or a NAT gateway, it comes from other addresses; where its subnet
   * has the service endpoint `Microsoft.Web`, from that subnet: write `fromSubnet`.
   *
   * @param options from where code is published
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses
   * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions
   */
  public static fromGatewayAddresses(options?: RestrictedAccessOptions): NetworkAccess {
    return new NetworkAccess(gatewayAddressesRule(options ?? {}));
  }

  /**
   * From the subnet in which the gateway is, or through which it goes out; everything else is denied. The subnet needs the
   * service endpoint `Microsoft.Web`. The gateway must be in a virtual network or go out through one, and of a tier that can:
   * Developer, Premium, StandardV2 or PremiumV2.
   *
   * @param subnet the subnet, yours or one that exists
   * @param options from where code is published
   * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions#access-restriction-rules-based-on-service-endpoints
   */
  public static fromSubnet(subnet: ISubnetRef, options?: RestrictedAccessOptions): NetworkAccess {
    return new NetworkAccess(subnetRule(subnet, options ?? {}));
  }

  /**
   * Through a private endpoint alone: access from public addresses is off. The gateway must be in a virtual network or go out
   * through one, and of a tier that can (Developer, Premium, StandardV2 or PremiumV2), and must find the app's address in the
   * private DNS zone. Code is published from within the network too.
   *
   * @see https://learn.microsoft.com/azure/app-service/overview-private-endpoint
   */
  public static privateEndpoint(props: PrivateEndpointProps): NetworkAccess {
    return new NetworkAccess(privateEndpointRule(props));
  }

  private constructor(private readonly rule?: NetworkRule) {}

  /**
   * What it sets on the app; nothing, where it is open.
   *
   * @internal
   */
  public _site(scope: Construct, gateway: IApimGateway): SiteNetwork {
    return this.rule?.site(scope, gateway) ?? {};
  }

  /**
   * What it makes beside the app, and what must exist before the gateway's first call.
   *
   * @internal
   */
  public _beside(scope: Construct, app: NetworkedApp): ITerraformDependable[] {
    return this.rule?.beside?.(scope, app) ?? [];
  }
}
