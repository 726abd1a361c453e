import { Postcondition } from "cdktf";
import { Construct } from "constructs";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { IResourceGroupRef } from "../../../azure/refs/resource-group";
import { IApimGateway } from "../../../gateway/gateway";

/** Where requests may come from: either addresses or a subnet. */
export interface AccessRestriction {
  readonly name: string;
  readonly priority: number;
  readonly action: "Allow";
  readonly ipAddress?: string;
  readonly virtualNetworkSubnetId?: string;
}

/** What a rule sets on an app. */
export interface SiteNetwork {
  readonly config?: {
    readonly publicNetworkAccessEnabled?: boolean;
    /** What only Terraform can check. */
    readonly lifecycle?: { readonly precondition: Postcondition[] };
  };
  readonly siteConfig?: {
    readonly ipRestrictionDefaultAction: "Deny";
    readonly ipRestriction: AccessRestriction[];
    readonly scmIpRestrictionDefaultAction: "Deny";
    readonly scmUseMainIpRestriction: boolean;
    readonly scmIpRestriction?: AccessRestriction[];
  };
}

/** The created app, for its private endpoint. */
export interface NetworkedApp {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: IResourceGroupRef;
}

/** One way to restrict from where an app can be reached. */
export interface NetworkRule {
  /** Checks that the gateway can reach the app, and returns what to set on the app. */
  site(scope: Construct, gateway: IApimGateway): SiteNetwork;
  createEndpoint?(scope: Construct, app: NetworkedApp): PrivateEndpoint;
}

/** What to do without a rule, as the end of "..., or ...". */
export const OMIT_NETWORK_ACCESS = "omit networkAccess: the sign-in still lets in only the gateway, from any address";
