import { ITerraformDependable, Postcondition } from "cdktf";
import { Construct } from "constructs";
import { ResourceGroupRef } from "../../core/resource-group-ref";
import { IApimGateway } from "../../gateway/gateway";

/** Where requests may come from. App Service takes the two kinds of rule apart by which of the two is there. */
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
    /** What Terraform checks, since it alone knows. */
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

/** The app that is made, for what stands beside it. */
export interface NetworkedApp {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: ResourceGroupRef;
}

/** One way to restrict from where an app can be reached. */
export interface NetworkRule {
  site(scope: Construct, gateway: IApimGateway): SiteNetwork;
  beside?(scope: Construct, app: NetworkedApp): ITerraformDependable[];
}

/** Denies all but one rule; the publishing site has the same rule, or one for those who publish. */
export function onlyFrom(
  source: Pick<AccessRestriction, "ipAddress" | "virtualNetworkSubnetId">,
  publishFrom?: string,
): NonNullable<SiteNetwork["siteConfig"]> {
  const rule = { priority: 100, action: "Allow" } as const;
  return {
    ipRestrictionDefaultAction: "Deny",
    ipRestriction: [{ ...rule, ...source, name: "gateway" }],
    scmIpRestrictionDefaultAction: "Deny",
    scmUseMainIpRestriction: publishFrom === undefined,
    scmIpRestriction: publishFrom === undefined ? undefined : [{ ...rule, ipAddress: publishFrom, name: "publishing" }],
  };
}
