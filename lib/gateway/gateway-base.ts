import { identityLabel } from "../azure/refs/user-assigned-identity";
import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { originalOf, standForNamed } from "../core/claims";
import { seenFromStack, labelOf } from "../core/labels";
import { isToken, expressionOf } from "../core/tokens";
import { CallerConfig } from "../entra/caller";
import { ApimSku } from "./apim-sku";
import { IApimGateway } from "./gateway";
import { GatewayIdentity } from "./gateway-identity";

/** Where a service that another state owns is found. */
interface ServiceName {
  readonly apimName: string;
  readonly resourceGroupName: string;
  readonly provider?: TerraformProvider;
}

const keys = new WeakMap<IConstruct, string>();

/**
 * Says that a gateway stands for the first one of the app that is reached in the same way and has the same literal name. It does
 * so for paths and names on the service; what the service is called depends on no order.
 */
export function standForSameService(gateway: Construct, { apimName, resourceGroupName, provider }: ServiceName): void {
  if ([apimName, resourceGroupName].some(isToken)) return;
  const names = [resourceGroupName, apimName].map((name) => name.toLowerCase());
  const key = [TerraformStack.of(gateway).node.path, provider?.alias ?? [], names].flat(2).join("/");
  keys.set(gateway, key);
  standForNamed(gateway, key);
}

/** What a service is called in the app: by its literal name, or by the path of its construct. */
export function serviceKey(gateway: IConstruct): string {
  return keys.get(gateway) ?? originalOf(gateway).node.path;
}

/** The same as seen from a construct. */
export function serviceLabel(gateway: IConstruct, seenFrom: IConstruct): string {
  return seenFromStack(keys.has(gateway) ? gateway : originalOf(gateway), serviceKey(gateway), seenFrom);
}

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
