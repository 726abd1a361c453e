import { Fn, Token, TerraformProvider } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { renderedAttributes, Rendered } from "../core/rendered";
import { Construct } from "constructs";
import { standFor } from "../core/claims";
import { isToken } from "../core/tokens";
import { ApimSku } from "./apim-sku";
import { GatewayIdentity } from "./gateway-identity";
import { GatewayBase } from "./gateway-base";
import { finding } from "../core/fail";

/** The public addresses of a service that may have more regions than its first, each with addresses of its own. */
export function addressesOfAllRegions(service: ApiManagement | DataAzurermApiManagement): string[] {
  const ofOtherRegions = service.interpolationForAttribute("additional_location[*].public_ip_addresses");
  return Token.asList(Fn.concat([service.publicIpAddresses, Fn.flatten(ofOtherRegions)]));
}

/** How the service is in a virtual network, as it stands in the Terraform JSON now: `None` where nothing is said of it. */
export function virtualNetworkTypeOf(service: ApiManagement): string {
  return renderedAttributes(service).virtual_network_type ?? "None";
}

/** The user's own `ApiManagement` object: read, never written to. */
export class DeclaredGateway extends GatewayBase {
  public readonly apimName: string;
  public readonly resourceGroupName: string;
  public readonly apimId: string;
  public readonly gatewayUrl: string;
  public readonly publicIpAddresses: string[];
  public readonly skuName: string;
  public readonly identity: GatewayIdentity;
  public readonly sku?: ApimSku;
  public readonly provider?: TerraformProvider;
  protected readonly systemAssignedPrincipalId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly service: ApiManagement,
    identity: GatewayIdentity,
  ) {
    super(scope, id);
    this.identity = identity;
    this.provider = service.provider;
    this.apimName = service.name;
    this.resourceGroupName = service.resourceGroupName;
    this.apimId = service.id;
    this.gatewayUrl = service.gatewayUrl;
    this.publicIpAddresses = addressesOfAllRegions(service);
    this.skuName = service.skuNameInput ?? service.skuName;
    this.systemAssignedPrincipalId = service.identity.principalId;

    standFor(this, service);

    this.node.addValidation({
      validate: () => missingIdentity(renderedAttributes(service).identity, service, identity._userAssigned?.id),
    });
  }

  public get virtualNetworkType(): string | undefined {
    return virtualNetworkTypeOf(this.service);
  }
}

/** What the service lacks; what only Terraform knows is taken for the right one. */
function missingIdentity(rendered: Rendered | undefined, service: ApiManagement, userAssignedId?: string): string[] {
  const type: string = rendered?.type ?? "";
  const wanted = userAssignedId === undefined ? "SystemAssigned" : "UserAssigned";
  if (!isToken(type) && !type.split(", ").includes(wanted)) {
    return [declaredGatewayWithoutIdentity(service.node.path, type, wanted)];
  }
  const ids: string[] = rendered?.identity_ids ?? [];
  if (userAssignedId === undefined || [userAssignedId, ...ids].some(isToken) || ids.includes(userAssignedId)) return [];
  return [
    finding(
      "declared-gateway-without-that-identity",
      `The ApiManagement object "${service.node.path}" does not have the user-assigned identity "${userAssignedId}", and cannot get tokens ` +
        `with it. Add it to identityIds on it.`,
    ),
  ];
}
// Policy

export function declaredGatewayWithoutIdentity(service: string, type: string, wanted: string): string {
  const has = type === "" ? "no managed identity" : `an identity of type "${type}" only`;
  const both = type === "" ? wanted : "SystemAssigned, UserAssigned";
  const ids = both === "SystemAssigned" ? "" : ", identityIds: [identity.id]";
  const identity = `identity: { type: "${both}"${ids} }`;
  return `The ApiManagement object "${service}" has ${has}, and cannot get tokens for its backends. Write ${identity} on it.`;
}
