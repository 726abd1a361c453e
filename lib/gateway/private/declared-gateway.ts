import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { standFor } from "../../core/claims";
import * as errors from "../../core/errors";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { ApimSku } from "../apim-sku";
import { GatewayIdentity } from "../gateway-identity";
import { addressesOfAllRegions } from "./addresses";
import { GatewayBase } from "./gateway-base";
import { virtualNetworkTypeOf } from "./virtual-network-type";

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
    return [errors.declaredGatewayWithoutIdentity(service.node.path, type, wanted)];
  }
  const ids: string[] = rendered?.identity_ids ?? [];
  if (userAssignedId === undefined || [userAssignedId, ...ids].some(isToken) || ids.includes(userAssignedId)) return [];
  return [errors.declaredGatewayWithoutThatIdentity(service.node.path, userAssignedId)];
}
