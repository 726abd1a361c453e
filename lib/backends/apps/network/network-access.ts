import { isDeepStrictEqual } from "util";
import { Construct } from "constructs";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { PrivateEndpointProps } from "../../../azure/private-endpoint";
import { ISubnetRef } from "../../../azure/refs/network";
import { checkedGroup, IResourceGroupRef } from "../../../azure/refs/resource-group";
import { asTerraform } from "../../../core/as-terraform";
import { finding } from "../../../core/fail";
import { guard, guardLifecycle, oneOf } from "../../../core/guard";
import { resolved } from "../../../core/tokens";
import { IApimGateway } from "../../../gateway/gateway";
import { CreatedResource } from "../created-app";
import { EndpointTarget, NetworkRule, SiteNetwork } from "./network-rule";
import { privateEndpointRule } from "./private-endpoint-rule";
import { gatewayAddressesRule, RestrictedAccessOptions, subnetRule } from "./restricted-access";
import { requireGiven } from "../../../core/given";

/**
 * From where an app and its publishing (SCM) site can be reached. Network access comes before the sign-in and does not replace
 * it: every caller still signs in.
 *
 * The storage account of a function app stays reachable from all networks, for identities with a role on it: the functions host
 * reaches it from Azure's addresses. To close it as well, connect the app to a virtual network and restrict `backend.storage`.
 *
 * The service tag `ApiManagement` is not an option: it contains the addresses from which Azure manages all gateways, not those
 * from which gateways call.
 *
 * @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
export class NetworkAccess {
  /** From every address. The sign-in decides who gets in. */
  public static anywhere(): NetworkAccess {
    return new NetworkAccess();
  }

  /**
   * From the public addresses of the gateway that calls the app, up to eight. The gateway's tier must be Developer, Basic,
   * Standard or Premium, which keep their addresses; Terraform checks at plan what is not known at synth. A gateway whose
   * outbound traffic passes a firewall or a NAT gateway calls from other addresses. A gateway whose subnet has the service
   * endpoint `Microsoft.Web` calls from that subnet: use `fromSubnet`.
   *
   * @param options from where code can be published
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses
   * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions
   */
  public static fromGatewayAddresses(options?: RestrictedAccessOptions): NetworkAccess {
    return new NetworkAccess(gatewayAddressesRule(options ?? {}));
  }

  /**
   * From the subnet of the gateway, or the subnet of its outbound traffic. The subnet needs the service endpoint
   * `Microsoft.Web`. The gateway must be in a virtual network or send its outbound traffic through one. Its tier must be
   * Developer, Premium, StandardV2 or PremiumV2.
   *
   * @param subnet your `Subnet`, or an existing subnet
   * @param options from where code can be published
   * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions#access-restriction-rules-based-on-service-endpoints
   */
  public static fromSubnet(subnet: ISubnetRef, options?: RestrictedAccessOptions): NetworkAccess {
    return new NetworkAccess(subnetRule(subnet, options ?? {}));
  }

  /**
   * Through a private endpoint only. Access from public addresses is disabled. The gateway must be in a virtual network or send
   * its outbound traffic through one, and must resolve the app's address in the private DNS zone. Its tier must be Developer,
   * Premium, StandardV2 or PremiumV2. Code is also published from within the network. Azure Verified Modules call this
   * `private_endpoints`.
   *
   * @see https://learn.microsoft.com/azure/app-service/overview-private-endpoint
   */
  public static privateEndpoint(props: PrivateEndpointProps): NetworkAccess {
    return new NetworkAccess(privateEndpointRule(props));
  }

  private constructor(private readonly rule: NetworkRule = () => ({})) {}

  /**
   * What to set on the app; nothing if it is open.
   *
   * @internal
   */
  public _site(scope: Construct, gateway: IApimGateway): SiteNetwork {
    return this.rule(scope, gateway);
  }
}

/** From where a created app can be reached: what to set on it. */
export function siteNetwork(
  scope: Construct,
  props: { readonly networkAccess?: NetworkAccess; readonly resourceGroup: IResourceGroupRef },
  gateway: IApimGateway,
): SiteNetwork {
  checkedGroup(scope, props.resourceGroup);
  const access = requireGiven(scope, props.networkAccess ?? NetworkAccess.anywhere(), {
    name: "networkAccess",
    has: ["_site"],
    example: "networkAccess: NetworkAccess.fromGatewayAddresses(), or what another factory of NetworkAccess returns",
  });
  return access._site(scope, gateway);
}

/** Everything in `site_config` that limits from where an app and its publishing site can be reached. */
const SITE_ATTRIBUTES = [
  "ip_restriction",
  "ip_restriction_default_action",
  "scm_ip_restriction",
  "scm_ip_restriction_default_action",
  "scm_use_main_ip_restriction",
];

const RULES = ["ip_restriction", "scm_ip_restriction"];

/** The rules of the library, and perhaps rules that deny more. */
function orStricter(app: CreatedResource, rules: unknown): (value: unknown) => boolean {
  const expected = [rules ?? []].flat();
  return (value = []) => {
    const others = withoutUndefined([value].flat().filter((rule) => Object(rule).action !== "Deny"));
    return [expected, resolved(app, expected)].some((each) => isDeepStrictEqual(others, withoutUndefined(each)));
  };
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/**
 * Guards the restrictions of an app or a slot, and creates its private endpoint if it has one.
 *
 * @param app the app or the slot
 * @param target what the endpoint is for
 */
export function lockNetwork(
  app: CreatedResource,
  { config, siteConfig, createEndpoint }: SiteNetwork,
  target: EndpointTarget,
): PrivateEndpoint | undefined {
  if (!config && !siteConfig) return undefined;
  const rendered = asTerraform(siteConfig ?? {});
  guardLifecycle(app);
  guard(app, {
    attributes: {
      public_network_access_enabled: config?.publicNetworkAccessEnabled ?? oneOf(undefined, true, false),
      ...Object.fromEntries(SITE_ATTRIBUTES.map((name) => [`site_config.${name}`, rendered[name]])),
      ...Object.fromEntries(RULES.map((name) => [`site_config.${name}`, orStricter(app, rendered[name])])),
    },
    changed: (attributes) =>
      finding(
        "network-changed",
        `The network access of the app "${app.node.path}" was changed after networkAccess was set.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Or write ` +
          "networkAccess: NetworkAccess.anywhere() and restrict the app yourself.",
      ),
  });
  return createEndpoint?.(target);
}
