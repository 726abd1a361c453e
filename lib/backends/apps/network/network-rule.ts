import { IResourceGroupRef } from "../../../azure/refs/resource-group";
import { ITerraformDependable, Postcondition } from "cdktf";
import { Construct } from "constructs";
import { IApimGateway } from "../../../gateway/gateway";
import { isIP } from "net";
import { isToken } from "../../../core/tokens";
import { fail } from "../../../core/fail";

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
  readonly resourceGroup: IResourceGroupRef;
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

/** From where the publishing (SCM) site of an app can be reached whose own addresses are restricted. */
export interface RestrictedAccessOptions {
  /**
   * Public addresses from which code is published, such as those of a pipeline, each in CIDR notation: `203.0.113.7/32`; at most
   * eight. They reach the publishing site alone, and still sign in with Entra ID there.
   *
   * @default - the publishing site can be reached from where the app can be
   * @see https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions#restrict-access-to-an-scm-site
   */
  readonly publishFrom?: string[];
}

/** How many addresses App Service takes in one rule. */
export const MAX_ADDRESSES = 8;

/** The widest range that anybody publishes from, in bits: what is wider is a way to write "from anywhere". */
const MIN_BITS: Record<number, number> = { 4: 8, 6: 32 };
const MAX_BITS: Record<number, number> = { 4: 32, 6: 128 };

/** The addresses from which code is published, in one rule. */
export function publishingAddresses(
  scope: Construct,
  call: string,
  options: RestrictedAccessOptions,
): string | undefined {
  const addresses = options.publishFrom;
  if (addresses === undefined) return undefined;
  if (addresses.length === 0 || addresses.length > MAX_ADDRESSES) {
    fail(
      scope,
      "publishing-address-count",
      `${call}({ publishFrom }) has ${addresses.length} addresses, and App Service takes 1 to ${MAX_ADDRESSES} in a rule. Write that many, or leave ` +
        `publishFrom out: then code is published from where the app can be reached.`,
    );
  }
  const wrong = addresses.find((address) => !isToken(address) && !isRange(address));
  if (wrong !== undefined)
    fail(
      scope,
      "invalid-publishing-address",
      `"${wrong}" in publishFrom is no address, nor a range of them that belongs to somebody. Write it in CIDR notation, ` +
        `for example "203.0.113.7/32"; service tags and ranges wider than /8 (IPv6: /32) are refused.`,
    );
  return addresses.join(",");
}

function isRange(text: string): boolean {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address ?? "");
  return version !== 0 && Number(bits) >= MIN_BITS[version] && Number(bits) <= MAX_BITS[version];
}
