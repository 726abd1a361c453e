import { Fn, TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { identityLabel } from "../azure/refs/user-assigned-identity";
import { originalOf, standForNamed } from "../core/claims";
import { labelOf, seenFromStack } from "../core/names";
import { renderedAttributes } from "../core/rendered";
import { stateOf } from "../core/state";
import { expressionOf, isToken } from "../core/tokens";
import { CallerConfig } from "../entra/caller";
import { IApimGateway } from "./gateway";
import { GatewayIdentity } from "./gateway-identity";

/** Where an existing service is found. */
interface ServiceName {
  readonly apimName: string;
  readonly resourceGroupName: string;
  readonly provider?: TerraformProvider;
}

/**
 * Makes a gateway stand for the first one in the app that is reached in the same way and has the same literal name. They share the
 * paths and names on the service. The key of the service does not depend on the order of gateways.
 */
export function standForSameService(gateway: Construct, { apimName, resourceGroupName, provider }: ServiceName): void {
  if ([apimName, resourceGroupName].some(isToken)) return;
  const names = [resourceGroupName, apimName].map((name) => name.toLowerCase());
  const key = [TerraformStack.of(gateway).node.path, provider?.alias ?? [], names].flat(2).join("/");
  keysOf(gateway).set(gateway, key);
  standForNamed(gateway, key);
}

/** What identifies a service in the app: its literal name, or the path of its construct. */
function serviceKey(gateway: IConstruct): string {
  return keysOf(gateway).get(gateway) ?? originalOf(gateway).node.path;
}

function serviceLabel(gateway: IConstruct, seenFrom: IConstruct): string {
  const named = keysOf(gateway).has(gateway) ? gateway : originalOf(gateway);
  return seenFromStack(named, serviceKey(gateway), seenFrom);
}

/** The keys of the gateways that have a literal name. */
function keysOf({ node }: IConstruct): Map<IConstruct, string> {
  return stateOf(node.root, "service-keys", () => new Map());
}

/**
 * What all gateways have in common: their identity as a caller.
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
  public abstract readonly virtualNetworkType?: string | undefined;
  public abstract readonly provider?: TerraformProvider;

  /**
   * Object ID of the system-assigned identity; empty if the service has none.
   *
   * @internal
   */
  protected abstract readonly _systemAssignedPrincipalId: string;

  public get principalId(): string {
    return this.identity._userAssigned?.principalId ?? this._systemAssignedPrincipalId;
  }

  public get clientId(): string | undefined {
    return this.identity._userAssigned?.clientId;
  }

  public bindCaller(scope: Construct): CallerConfig {
    const { principalId, clientId } = this;
    const identity = this.identity._userAssigned;
    const label = identity
      ? (identityLabel(identity, scope) ??
        this.identityExpression(scope)?.replace(/[${}]/g, "") ??
        labelOf(this, scope))
      : serviceLabel(this, scope);
    return { principalId, clientId, label };
  }

  /**
   * A text without tokens that identifies the identity. It begins with the stack where it needs one. A construct is identified by
   * its path, because two references to it can be two different texts.
   *
   * @internal
   */
  public _identityKey(seenFrom: Construct): string {
    const identity = this.identity._userAssigned;
    if (!isToken(this.principalId)) return this.principalId.toLowerCase();
    if (Construct.isConstruct(identity)) return identity.node.path;
    if (!this._hasIdentityFromIds) return serviceKey(this);
    const expression = this.identityExpression(seenFrom);
    return expression === undefined ? this.node.path : `${TerraformStack.of(seenFrom).node.path}:${expression}`;
  }

  /**
   * Whether the identity comes from ids, and not from the service or a construct.
   *
   * @internal
   */
  protected get _hasIdentityFromIds(): boolean {
    return this.identity._userAssigned !== undefined;
  }

  private identityExpression(seenFrom: Construct): string | undefined {
    return isToken(this.principalId) ? expressionOf(seenFrom, this.principalId) : this.principalId.toLowerCase();
  }
}

/** The public addresses of a service in all its regions: each region has its own. */
export function addressesOfAllRegions(service: ApiManagement | DataAzurermApiManagement): string[] {
  const ofOtherRegions = service.interpolationForAttribute("additional_location[*].public_ip_addresses");
  return Token.asList(Fn.concat([service.publicIpAddresses, Fn.flatten(ofOtherRegions)]));
}

/** How a service of this app is in a virtual network, as the Terraform JSON says now: `None` by default. */
export function virtualNetworkTypeOf(service: ApiManagement): string {
  return renderedAttributes(service).virtual_network_type ?? "None";
}
