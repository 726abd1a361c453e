import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { Construct } from "constructs";
import { standFor } from "../core/claims";
import { finding } from "../core/fail";
import { requireProps } from "../core/given";
import { Rendered, renderedAttributes } from "../core/rendered";
import { isToken } from "../core/tokens";
import { addressesOfAllRegions, GatewayBase, hasMoreRegions, ofResource, virtualNetworkTypeOf } from "./gateway-base";
import { checkedIdentity, GatewayIdentity } from "./gateway-identity";
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
   * `https://` address that consumers call, without a slash at the end: `https://api.contoso.com` for a custom domain of the object.
   *
   * @default - the address that Azure gives the service, such as `https://contoso.azure-api.net`
   */
  readonly gatewayUrl?: string;
}

/** The `ApiManagement` object that this app declares: read, never written to. */
export class DeclaredGateway extends GatewayBase {
  constructor(
    scope: Construct,
    id: string,
    private readonly service: ApiManagement,
    options: DeclaredGatewayOptions,
  ) {
    super(scope, id);
    requireProps(this, options, `ApimGateway.fromApiManagement(this, "${id}", apiManagement, { identity })`, [
      "identity",
    ]);
    const identity = checkedIdentity(this, options.identity);
    const gatewayUrl = checkedGatewayUrl(this, options.gatewayUrl);
    this._describe({
      ...ofResource(service),
      ...(gatewayUrl !== undefined && { gatewayUrl }),
      publicIpAddresses: addressesOfAllRegions(service),
      skuName: service.skuNameInput ?? service.skuName,
      identity,
    });
    standFor(this, service);

    this.node.addValidation({
      validate: () => missingIdentity(renderedAttributes(service).identity, service, identity._userAssigned?.id),
    });
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
  if (userAssignedId === undefined || [userAssignedId, ...ids].some(isToken) || ids.includes(userAssignedId)) return [];
  return [
    finding(
      "declared-gateway-without-that-identity",
      `The ApiManagement object "${path}" does not have the user-assigned identity "${userAssignedId}", so it cannot get tokens with it.`,
      "Add the id to identityIds on it.",
    ),
  ];
}
