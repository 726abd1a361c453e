import { TerraformProvider } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { requireGiven } from "../core/given";
import { ICaller } from "../entra/caller";
import { GatewayIdentity } from "./gateway-identity";

/** An API Management service, new or existing, that calls backends with its managed identity. */
export interface IApimGateway extends IConstruct, ICaller {
  /** Name of the API Management service. */
  readonly apimName: string;

  /** Resource group of the API Management service. */
  readonly resourceGroupName: string;

  /** Azure resource id of the API Management service. */
  readonly apimId: string;

  /** `https://` address that consumers call, without a slash at the end. */
  readonly gatewayUrl: string;

  /** The identity that the gateway calls backends with. */
  readonly identity: GatewayIdentity;

  /** Object ID of that identity. Backends admit it, and Azure roles are assigned to it. */
  readonly principalId: string;

  /**
   * Client ID of that identity, if it is user-assigned. Policies name the identity by it.
   *
   * @default - the identity is the system-assigned one of the service
   */
  readonly clientId?: string | undefined;

  /**
   * The Entra tenant of that identity; can be a token. It gets tokens of this tenant only: a backend whose registration is in another
   * one is an error at synth or at plan.
   *
   * @default - unknown: not checked
   */
  readonly identityTenantId?: string | undefined;

  /**
   * Public addresses of the service in all its regions; the list can be a token. On tiers Developer, Basic, Standard and Premium,
   * the gateway calls backends over the internet from these addresses. On Consumption and the v2 tiers, Azure does not guarantee
   * any addresses.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses
   */
  readonly publicIpAddresses: string[];

  /**
   * Tier and number of units as Azure writes them, for example `Premium_1`; can be a token. A feature that the tier does
   * not support is an error at synth. If only Terraform knows the tier, it is a precondition or a warning.
   */
  readonly skuName: string;

  /**
   * How the service is in a virtual network, as Azure writes it: `None`, `External` or `Internal`; can be a token. Behind a gateway
   * outside a virtual network, a backend that is closed to the internet is an error.
   *
   * @default - unknown: the gateway is assumed to reach such a backend
   */
  readonly virtualNetworkType?: string | undefined;

  /**
   * The azurerm provider that reaches the service. APIs, backend entities and policies on the gateway use it. Apps behind the
   * gateway use the stack's provider.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider | undefined;
}

/** The gateway, if it is one. */
export function checkedGateway(scope: Construct, gateway: IApimGateway): IApimGateway {
  return requireGiven(scope, gateway, {
    name: "gateway",
    has: ["apimId", "apimName", "gatewayUrl", "identity", "bindCaller"],
    example: 'gateway: new ApimGateway(...), or ApimGateway.fromApiManagement(this, "Gateway", apiManagement)',
  });
}

/** The attributes by which a resource names the service that it is on. */
export function onGateway({ apimName, resourceGroupName, provider }: IApimGateway) {
  return { apiManagementName: apimName, resourceGroupName, provider };
}
