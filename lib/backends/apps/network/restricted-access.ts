import { Construct } from "constructs";
import { Fn, Precondition, Token } from "cdktf";
import { isIP } from "net";
import { ISubnetRef } from "../../../azure/refs/network";
import { checkUserResource } from "../../../azure/user-resource";
import { matchesAtPlan } from "../../../core/at-plan";
import { conditionMessage, fail, finding } from "../../../core/fail";
import { requireList } from "../../../core/given";
import { Rendered } from "../../../core/rendered";
import { isToken } from "../../../core/tokens";
import { PropertyNames, requireOnly } from "../../../core/property-names";
import { requireNetwork, requireOneRegion } from "../../../gateway/required-network";
import { requireTier } from "../../../gateway/tiers";
import { NetworkRule, OMIT_NETWORK_ACCESS, SiteNetwork } from "./network-rule";

/** From where the publishing (SCM) site of a restricted app can be reached. */
export interface RestrictedAccessOptions {
  /**
   * Public addresses from which code is published, such as those of a pipeline, in CIDR notation: `203.0.113.7/32`. At most
   * eight. They can reach the publishing site only, which still requires sign-in with Entra ID.
   *
   * @default - the publishing site can be reached from where the app can be reached
   * @see https://learn.microsoft.com/azure/app-service/app-service-ip-restrictions#restrict-access-to-an-scm-site
   */
  readonly publishFrom?: string[];
}

/** The names of its properties. */
const RESTRICTED_ACCESS_OPTIONS: PropertyNames<RestrictedAccessOptions> = { publishFrom: true };

/** How many addresses App Service takes in one rule. */
const MAX_ADDRESSES = 8;

/** The widest range that belongs to one publisher, in bits. A wider range is another way to write "from anywhere". */
const MIN_BITS: Record<number, number> = { 4: 8, 6: 32 };
const MAX_BITS: Record<number, number> = { 4: 32, 6: 128 };

const IPV4 = "(?:[0-9]{1,3}[.]){3}[0-9]{1,3}";

/** Addresses with commas between them. One in which others hide would open the app to these. */
const ADDRESSES = new RegExp(`^${IPV4}(?:,${IPV4}){0,${MAX_ADDRESSES - 1}}$`);

/** A range for one publisher, for Terraform. */
const RANGE = new RegExp(
  `^(?:${IPV4}[/](?:[89]|[12][0-9]|3[0-2])|[0-9a-f]*:[0-9a-f:.]*[/](?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-8]))$`,
  "i",
);

const ENDPOINT = "Microsoft.Web";

/** One rule for a subnet, which App Service identifies by its service endpoint. */
export function subnetRule(subnet: ISubnetRef, options: RestrictedAccessOptions): NetworkRule {
  const call = "NetworkAccess.fromSubnet";
  requireOnly(call, call, options, { names: RESTRICTED_ACCESS_OPTIONS, example: `${call}(subnet, { publishFrom })` });
  return (scope, gateway) => {
    const precondition = requireNetwork(scope, gateway, { what: call, instead: OMIT_NETWORK_ACCESS });
    requireOneRegion(scope, gateway, { what: call, instead: OMIT_NETWORK_ACCESS });
    requireServiceEndpoint(scope, subnet);
    const publishFrom = publishingAddresses(scope, call, options);
    precondition.push(...publishingConditions(call, options));
    return {
      config: precondition.length > 0 ? { lifecycle: { precondition } } : undefined,
      siteConfig: onlyFrom({ virtualNetworkSubnetId: subnet.id }, publishFrom),
    };
  };
}

/** The app rejects calls from a subnet without the service endpoint. What only Terraform knows passes. */
function requireServiceEndpoint(scope: Construct, subnet: ISubnetRef): void {
  const notChecked = `whether the subnet has the service endpoint ${ENDPOINT}`;
  checkUserResource(scope, subnet, "azurerm_subnet", notChecked, (attributes, resource) => {
    const endpoints = serviceEndpointsOf(attributes);
    const lacks = Array.isArray(endpoints) && endpoints.every((one) => /^Microsoft\.(?!Web$)/.test(String(one)));
    if (!lacks) return undefined;
    return finding(
      "subnet-without-service-endpoint",
      `The subnet "${resource.node.path}" has no service endpoint for App Service, so the app would reject every call from it.`,
      `Set serviceEndpoints: ["${ENDPOINT}"] on it. With version 5 of azurerm, set serviceEndpoint: [{ service: "${ENDPOINT}" }].`,
    );
  });
}

/**
 * The services of the endpoints of a subnet: a list in azurerm 4, blocks in azurerm 5. What only Terraform knows is no list of names.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/subnet
 */
function serviceEndpointsOf({ service_endpoints: names, service_endpoint: blocks, dynamic }: Rendered): unknown {
  if (names !== undefined) return names;
  if (blocks !== undefined) return [blocks].flat().map((block) => Object(block).service);
  return dynamic?.service_endpoint ?? [];
}

/**
 * One rule with all addresses. App Service accepts up to eight in a rule, and their number is known only at apply. A block for each
 * address would need a priority for each, and Terraform would plan a change whenever Azure lists them in another order.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions#access-restriction-rules-based-on-ip-addresses
 * @see docs/design/decisions.md#one-rule-for-gateway-addresses
 */
export function gatewayAddressesRule(options: RestrictedAccessOptions): NetworkRule {
  const call = "NetworkAccess.fromGatewayAddresses";
  requireOnly(call, call, options, { names: RESTRICTED_ACCESS_OPTIONS, example: `${call}({ publishFrom })` });
  return (scope, gateway) => {
    const preconditions = requireTier(scope, gateway, "publicAddresses", {
      what: call,
      instead: OMIT_NETWORK_ACCESS,
    });
    if (gateway.publicIpAddresses.length === 0)
      fail(
        scope,
        "gateway-without-addresses",
        `${call} requires the public addresses of the gateway, but those of "${gateway.node.path}" are not known.`,
        "Set publicIpAddresses in ApimGateway.fromAttributes. Or omit networkAccess: the sign-in still lets in only the gateway, from any address.",
      );
    const addresses = Fn.sort(gateway.publicIpAddresses);
    const ipAddress = Token.asString(Fn.join(",", Fn.formatlist("%s/32", [addresses])));
    const publishFrom = publishingAddresses(scope, call, options);
    preconditions.push(...publishingConditions(call, options), {
      condition: matchesAtPlan(Fn.join(",", addresses), ADDRESSES),
      errorMessage: conditionMessage(
        "gateway-addresses-at-plan",
        `${call} requires a gateway with 1 to ${MAX_ADDRESSES} public IPv4 addresses, because an App Service access rule accepts no more.`,
        "Use NetworkAccess.fromSubnet(...) or NetworkAccess.privateEndpoint(...). Or omit networkAccess: the sign-in still lets in only " +
          "the gateway, from any address.",
      ),
    });
    return {
      config: { lifecycle: { precondition: preconditions } },
      siteConfig: onlyFrom({ ipAddress }, publishFrom),
    };
  };
}

/** Allows one source only. The publishing site has the same rule, or one for the addresses that publish. */
function onlyFrom(
  source: { readonly ipAddress: string } | { readonly virtualNetworkSubnetId: string },
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

function publishingAddresses(scope: Construct, call: string, options: RestrictedAccessOptions): string | undefined {
  const addresses = options.publishFrom;
  if (addresses === undefined) return undefined;
  requireList(scope, "publishFrom", addresses, 'publishFrom: ["203.0.113.7/32"]');
  if (addresses.length === 0 || addresses.length > MAX_ADDRESSES) {
    fail(
      scope,
      "publishing-address-count",
      `${call}({ publishFrom }) has ${addresses.length} addresses, but an App Service access rule accepts 1 to ${MAX_ADDRESSES}.`,
      `List 1 to ${MAX_ADDRESSES} addresses, or omit publishFrom to publish from where the app can be reached.`,
    );
  }
  const entry = addresses.find((address) => !isToken(address) && !isRange(address));
  if (entry !== undefined)
    fail(
      scope,
      "invalid-publishing-address",
      `"${entry}" in publishFrom is not an IP address range, or is larger than /8 (IPv6: /32). Service tags are not supported.`,
      'Write each entry in CIDR notation, for example "203.0.113.7/32".',
    );
  return addresses.join(",");
}

function publishingConditions(call: string, { publishFrom = [] }: RestrictedAccessOptions): Precondition[] {
  return publishFrom.filter(isToken).map((address) => ({
    condition: matchesAtPlan(address, RANGE),
    errorMessage: conditionMessage(
      "publishing-address-at-plan",
      `Each entry in publishFrom of ${call} must be an IP address range, and not larger than /8 (IPv6: /32).`,
      "Write each entry in CIDR notation, for example 203.0.113.7/32.",
    ),
  }));
}

function isRange(text: string): boolean {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address ?? "");
  return version !== 0 && Number(bits) >= MIN_BITS[version] && Number(bits) <= MAX_BITS[version];
}
