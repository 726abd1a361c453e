import { TerraformProvider } from "cdktf";
import { IConstruct } from "constructs";
import { ICaller } from "../entra/caller";
import { ApimSku } from "./apim-sku";
import { GatewayIdentity } from "./gateway-identity";

/** An API Management service, new or existing, that calls backends with its managed identity. */
export interface IApimGateway extends IConstruct, ICaller {
  /** Name of the API Management service. */
  readonly apimName: string;

  /** Resource group of the API Management service. */
  readonly resourceGroupName: string;

  /** Azure resource id of the API Management service. */
  readonly apimId: string;

  /** `https://` address that consumers call, without a slash at its end. */
  readonly gatewayUrl: string;

  /** The identity with which the gateway calls backends. */
  readonly identity: GatewayIdentity;

  /** Object id of that identity: what backends let in, and what Azure roles are assigned to. */
  readonly principalId: string;

  /**
   * Client id of that identity, where it is a user-assigned one: what policies name it by.
   *
   * @default - it is the system-assigned identity of the service
   */
  readonly clientId?: string;

  /**
   * Public addresses of the service, of all its regions, as a list that perhaps only Terraform knows. From them it calls
   * backends over the internet on the tiers Developer, Basic, Standard and Premium; on Consumption and the v2 tiers Azure
   * promises no addresses.
   *
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-ip-addresses
   */
  readonly publicIpAddresses: string[];

  /** Tier and number of units as Azure writes them, for example `Premium_1`; perhaps a value that only Terraform knows. */
  readonly skuName: string;

  /**
   * Tier of the service. Policies that the tier does not have are refused at synthesis.
   *
   * @default - not known: such policies are a warning
   */
  readonly sku?: ApimSku;

  /**
   * How the service is in a virtual network, as Azure writes it: `None`, `External` or `Internal`; perhaps a value that only
   * Terraform knows. Backends that are closed to the internet are refused behind a gateway that is in none.
   *
   * @default - not known: such a backend is taken for one that the gateway reaches
   */
  readonly virtualNetworkType?: string;

  /**
   * The azurerm provider that reaches the service. APIs, backend entities and policies on the gateway take it; the apps
   * behind the gateway keep the stack's own.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}
