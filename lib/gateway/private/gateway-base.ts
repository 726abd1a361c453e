import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { labelOf } from "../../core/labels";
import { expressionOf, isToken } from "../../core/tokens";
import { identityLabel } from "../../core/user-assigned-identity-ref";
import { CallerConfig } from "../../entra/caller";
import { ApimSku } from "../apim-sku";
import { IApimGateway } from "../gateway";
import { GatewayIdentity } from "../gateway-identity";
import { serviceKey, serviceLabel } from "./same-service";

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

  public get clientId(): string | undefined {
    return this.identity._userAssigned?.clientId;
  }

  public bindCaller(scope: Construct): CallerConfig {
    const { principalId, clientId } = this;
    const identity = this.identity._userAssigned;
    const label = identity
      ? (identityLabel(identity, scope) ?? this.toldIdentity(scope)?.replace(/[${}]/g, "") ?? labelOf(this, scope))
      : serviceLabel(this, scope);
    return { principalId, clientId, label };
  }

  /**
   * Whose identity it is, in a text without tokens that begins with the stack where it needs one. By the construct where there is
   * one, since two references to one object may be two different texts.
   *
   * @internal
   */
  public _identityKey(seenFrom: Construct): string {
    const identity = this.identity._userAssigned;
    if (!isToken(this.principalId)) return this.principalId.toLowerCase();
    if (Construct.isConstruct(identity)) return identity.node.path;
    if (!this.identityIsTold) return serviceKey(this);
    const told = this.toldIdentity(seenFrom);
    return told === undefined ? this.node.path : `${TerraformStack.of(seenFrom).node.path}:${told}`;
  }

  /** Whether the identity is given by its ids, and not by the service or a construct of its own. */
  protected get identityIsTold(): boolean {
    return this.identity._userAssigned !== undefined;
  }

  private toldIdentity(seenFrom: Construct): string | undefined {
    return isToken(this.principalId) ? expressionOf(seenFrom, this.principalId) : this.principalId.toLowerCase();
  }
}
