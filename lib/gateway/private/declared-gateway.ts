import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import * as errors from "../../core/errors";
import { isToken } from "../../core/tokens";
import { GatewayIdentity } from "../gateway-identity";
import { GatewayBase } from "./gateway-base";

/** The user's own `ApiManagement` object: read, never written to. */
export class DeclaredGateway extends GatewayBase {
  public readonly apimName: string;
  public readonly resourceGroupName: string;
  public readonly apimId: string;
  public readonly gatewayUrl: string;
  public readonly identity: GatewayIdentity;
  public readonly provider?: TerraformProvider;
  protected readonly systemAssignedPrincipalId: string;

  constructor(scope: Construct, id: string, service: ApiManagement, identity: GatewayIdentity) {
    super(scope, id);
    this.identity = identity;
    this.provider = service.provider;
    this.apimName = service.name;
    this.resourceGroupName = service.resourceGroupName;
    this.apimId = service.id;
    this.gatewayUrl = service.gatewayUrl;
    this.systemAssignedPrincipalId = service.identity.principalId;

    const wanted = identity._userAssigned ? "UserAssigned" : "SystemAssigned";
    this.node.addValidation({
      validate: () => {
        const type = service.identityInput?.type ?? "";
        return isToken(type) || type.split(", ").includes(wanted)
          ? []
          : [errors.declaredGatewayWithoutIdentity(service.node.path, type, wanted)];
      },
    });
  }
}
