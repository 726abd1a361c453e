import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { standFor } from "../core/claims";
import { suspendCreationStacks } from "../core/creation-stacks";
import { finding } from "../core/fail";
import { Rendered, renderedAttributes } from "../core/rendered";
import { isToken } from "../core/tokens";
import { PropertyNames, requireOnly } from "../core/property-names";
import { addressesOfAllRegions, GatewayBase, hasMoreRegions, ofResource, virtualNetworkTypeOf } from "./gateway-base";
import { checkedGranted, checkedIdentity, GatewayIdentity } from "./gateway-identity";
import { checkedGatewayUrl } from "./gateway-url";

/** What the library needs to know about an `ApiManagement` object to use it as a gateway. */
export interface DeclaredGatewayOptions {
  /**
   * The identity that the gateway calls backends with. An object without it is an error at synth.
   *
   * @default GatewayIdentity.SYSTEM_ASSIGNED
   */
  readonly identity?: GatewayIdentity;

  /**
   * Identities of the service that are granted what `identity` is granted: backends, Azure services, secrets and APIs with `callers`
   * admit them, too. The gateway does not call with them. To switch `identity` without an outage, grant the next one, switch, and remove
   * the previous one.
   *
   * @default - none
   */
  readonly grantedIdentities?: GatewayIdentity[];

  /**
   * `https://` address that consumers call, without a slash at the end: `https://api.contoso.com` for a custom domain of the object.
   *
   * @default - the address that Azure gives the service, such as `https://contoso.azure-api.net`
   */
  readonly gatewayUrl?: string;
}

/** The names of its properties. */
const DECLARED_GATEWAY_OPTIONS: PropertyNames<DeclaredGatewayOptions> = {
  gatewayUrl: true,
  grantedIdentities: true,
  identity: true,
};

/** The `ApiManagement` object that this app declares: read, never written to. */
export class DeclaredGateway extends GatewayBase {
  constructor(
    scope: Construct,
    id: string,
    private readonly service: ApiManagement,
    options: DeclaredGatewayOptions,
  ) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireOnly(this, "ApimGateway.fromApiManagement", options, {
        names: DECLARED_GATEWAY_OPTIONS,
        example: `ApimGateway.fromApiManagement(this, "${id}", apiManagement, { identity })`,
      });
      const identity = checkedIdentity(this, options.identity);
      const grantedIdentities = checkedGranted(this, identity, options.grantedIdentities);
      const gatewayUrl = checkedGatewayUrl(this, options.gatewayUrl);
      this._describe({
        ...ofResource(service),
        ...(gatewayUrl !== undefined && { gatewayUrl }),
        publicIpAddresses: addressesOfAllRegions(service),
        skuName: service.skuNameInput ?? service.skuName,
        identity,
        grantedIdentities,
      });
      // A second gateway object for a created gateway is the same service: it shares its names and its grants.
      const owner = service.node.scope;
      standFor(this, owner instanceof GatewayBase ? owner : service);

      this.node.addValidation({
        validate: () => {
          const rendered = renderedAttributes(service).identity;
          return [identity, ...grantedIdentities].flatMap((each) =>
            missingIdentity(rendered, service, each._userAssigned?.id),
          );
        },
      });
    } finally {
      resume();
    }
  }

  public override get virtualNetworkType(): string | undefined {
    return virtualNetworkTypeOf(this.service);
  }

  /** @internal */
  public override get _hasMoreRegions(): boolean {
    return hasMoreRegions(this.service);
  }
}

/** The identity that the service lacks. What only Terraform knows passes. */
function missingIdentity(rendered: Rendered | undefined, service: ApiManagement, userAssignedId?: string): string[] {
  const { path } = service.node;
  const type: string = rendered?.type ?? "";
  const wanted = userAssignedId === undefined ? "SystemAssigned" : "UserAssigned";
  if (!isToken(type) && !type.split(", ").includes(wanted)) {
    const both = type === "" ? wanted : "SystemAssigned, UserAssigned";
    const identityIds = both === "SystemAssigned" ? "" : ", identityIds: [identity.id]";
    return [
      finding(
        "declared-gateway-without-identity",
        `The ApiManagement object "${path}" has ${type === "" ? "no managed identity" : `only an identity of type "${type}"`}, so it cannot ` +
          `get tokens for its backends.`,
        `Set identity: { type: "${both}"${identityIds} } on it.`,
      ),
    ];
  }
  const ids: string[] = rendered?.identity_ids ?? [];
  if (userAssignedId === undefined || isToken(userAssignedId)) return [];
  if (ids.includes(userAssignedId) || ids.some(isToken)) return [];
  return [
    finding(
      "declared-gateway-without-that-identity",
      `The ApiManagement object "${path}" does not have the user-assigned identity "${userAssignedId}", so it cannot get tokens with it.`,
      "Add the id to identityIds on it.",
    ),
  ];
}
