import { Construct } from "constructs";
import type {
  LinuxFunctionAppConfig,
  LinuxFunctionAppSiteConfig,
} from "@cdktf/provider-azurerm/lib/linux-function-app";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { Tags } from "../../../azure/azure-tags";
import { IResourceGroupRef } from "../../../azure/refs/resource-group";
import { IApimGateway } from "../../../gateway/gateway";
import { CreatedResource } from "../created-app";

/** What gets a private endpoint: an app, or a slot of it. */
export interface EndpointTarget {
  readonly scope: Construct;
  readonly app: CreatedResource;
  /** Name of the slot; the app itself if there is none. */
  readonly slot?: string;
  /** Where the endpoint is, unless the user says where. */
  readonly resourceGroup: IResourceGroupRef;
  readonly tags?: Tags;
}

/** What a rule sets on an app. The settings have one shape for all kinds of app. */
export interface SiteNetwork {
  readonly config?: Pick<LinuxFunctionAppConfig, "publicNetworkAccessEnabled" | "lifecycle">;
  readonly siteConfig?: Pick<
    LinuxFunctionAppSiteConfig,
    | "ipRestrictionDefaultAction"
    | "ipRestriction"
    | "scmIpRestrictionDefaultAction"
    | "scmUseMainIpRestriction"
    | "scmIpRestriction"
  >;
  readonly createEndpoint?: (target: EndpointTarget) => PrivateEndpoint;
}

/** Checks that the gateway can reach the app, and returns what to set on it. */
export type NetworkRule = (scope: Construct, gateway: IApimGateway) => SiteNetwork;

/** What to do without a rule, as the end of "..., or ...". */
export const OMIT_NETWORK_ACCESS = "omit networkAccess: the sign-in still lets in only the gateway, from any address";
