import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { originalOf } from "../../core/claims";
import { labelOf } from "../../core/labels";
import { identityLabel } from "../../core/user-assigned-identity-ref";
import { CallerConfig } from "../../entra/caller";
import { ApimSku } from "../apim-sku";
import { IApimGateway } from "../gateway";
import { GatewayIdentity } from "../gateway-identity";

/**
 * What every gateway does alike: say who it is when it calls.
 *
 * @internal
 */
export abstract class GatewayBase extends Construct implements IApimGateway {
  public abstract readonly apimName: string;
  public abstract readonly resourceGroupName: string;
  public abstract readonly apimId: string;
  public abstract readonly gatewayUrl: string;
  public abstract readonly publicIpAddresses: string[];
  public abstract readonly skuName: string;
  public abstract readonly identity: GatewayIdentity;
  public abstract readonly sku?: ApimSku;
  public abstract readonly virtualNetworkType?: string;
  public abstract readonly provider?: TerraformProvider;

  /** Object id of the system-assigned identity; empty on a service that has none. */
  protected abstract readonly systemAssignedPrincipalId: string;

  public get principalId(): string {
    return this.identity._userAssigned?.principalId ?? this.systemAssignedPrincipalId;
  }

  public bindCaller(scope: Construct): CallerConfig {
    const identity = this.identity._userAssigned;
    return {
      principalId: this.principalId,
      clientId: identity?.clientId,
      label: (identity && identityLabel(identity, scope)) ?? labelOf(originalOf(this), scope),
    };
  }
}
