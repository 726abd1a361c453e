import { Fn, TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import type { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { identityLabel } from "../azure/refs/user-assigned-identity";
import { originalOf, standForNamed } from "../core/claims";
import { labelOf, seenFromStack } from "../core/names";
import { renderedAttributes } from "../core/rendered";
import { stateOf } from "../core/state";
import { identityOf, isToken } from "../core/tokens";
import { CallerConfig } from "../entra/caller";
import { IApimGateway } from "./gateway";
import { GatewayIdentity } from "./gateway-identity";

/**
 * Where an existing service is found.
 *
 * @internal
 */
export interface ExistingService {
  /** Name of the API Management service. */
  readonly apimName: string;

  /** Resource group of the API Management service. */
  readonly resourceGroupName: string;

  /**
   * The azurerm provider that reaches the service, if it is in another subscription.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Makes a gateway stand for the first one in the app that is reached in the same way and has the same literal name. They share the
 * paths and names on the service. The key of the service does not depend on the order of gateways.
 */
export function standForSameService(
  gateway: Construct,
  { apimName, resourceGroupName, provider }: ExistingService,
): void {
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

interface ServiceDescription extends ExistingService {
  readonly apimId: string;
  readonly gatewayUrl: string;
  readonly publicIpAddresses: string[];
  readonly skuName: string;
  readonly identity: GatewayIdentity;
  /** Identities that are granted what `identity` is granted. */
  readonly grantedIdentities: readonly GatewayIdentity[];
  /** Object ID of the system-assigned identity; empty if the service has none. */
  readonly systemAssignedPrincipalId: string;
  /** The tenant of the system-assigned identity. */
  readonly systemAssignedTenantId: string;
}

/**
 * What all gateways have in common: their identity as a caller.
 *
 * @internal
 */
export abstract class GatewayBase extends Construct implements IApimGateway {
  public readonly apimName!: string;
  public readonly resourceGroupName!: string;
  public readonly apimId!: string;
  public readonly gatewayUrl!: string;
  public readonly publicIpAddresses!: string[];
  public readonly skuName!: string;
  public readonly identity!: GatewayIdentity;
  public readonly provider?: TerraformProvider;
  private readonly grantedIdentities!: readonly GatewayIdentity[];
  private readonly systemAssignedPrincipalId!: string;
  private readonly systemAssignedTenantId!: string;

  /**
   * Sets what a gateway is, once it has checked what it was given.
   *
   * @internal
   */
  protected _describe(service: ServiceDescription): void {
    Object.assign(this, service);
  }

  // Unknown, unless the service is a resource of this app.
  public get virtualNetworkType(): string | undefined {
    return undefined;
  }

  /**
   * Whether it is certain that the service is in several regions.
   *
   * @internal
   */
  public get _hasMoreRegions(): boolean {
    return false;
  }

  public get principalId(): string {
    return this.principalIdOf(this.identity);
  }

  public get clientId(): string | undefined {
    return this.identity._userAssigned?.clientId;
  }

  public get identityTenantId(): string | undefined {
    const identity = this.identity._userAssigned;
    if (!identity) return this.systemAssignedTenantId;
    // A resource or a data source of azurerm has it.
    const tenantId: unknown = Reflect.get(identity, "tenantId");
    return typeof tenantId === "string" ? tenantId : undefined;
  }

  public bindCaller(scope: Construct): CallerConfig {
    const caller = this.callerOf(this.identity, scope);
    const otherIdentities = this.grantedIdentities.map((identity) => this.callerOf(identity, scope));
    return otherIdentities.length > 0 ? { ...caller, otherIdentities } : caller;
  }

  /**
   * For each identity of `bindCaller`, in its order: a text without tokens that identifies it. It begins with the stack where it needs
   * one. A construct is identified by its path, because two references to it can be two different texts.
   *
   * @internal
   */
  public _identityKeys(seenFrom: Construct): string[] {
    return [this.identity, ...this.grantedIdentities].map((identity) => this.keyOf(identity, seenFrom));
  }

  /**
   * Whether the system-assigned identity comes from ids, and not from the service.
   *
   * @internal
   */
  protected get _hasIdentityFromIds(): boolean {
    return false;
  }

  private callerOf(identity: GatewayIdentity, scope: Construct): CallerConfig {
    const { _userAssigned: userAssigned } = identity;
    const label = userAssigned
      ? (identityLabel(userAssigned, scope) ??
        this.expressionOf(identity, scope)?.replace(/[${}<>]/g, "") ??
        labelOf(this, scope))
      : serviceLabel(this, scope);
    return { principalId: this.principalIdOf(identity), clientId: userAssigned?.clientId, label };
  }

  private keyOf(identity: GatewayIdentity, seenFrom: Construct): string {
    const { _userAssigned: userAssigned } = identity;
    const principalId = this.principalIdOf(identity);
    if (!isToken(principalId)) return principalId.toLowerCase();
    if (Construct.isConstruct(userAssigned)) return userAssigned.node.path;
    if (!userAssigned && !this._hasIdentityFromIds) return serviceKey(this);
    const expression = this.expressionOf(identity, seenFrom);
    return expression === undefined ? this.node.path : `${TerraformStack.of(seenFrom).node.path}:${expression}`;
  }

  private principalIdOf({ _userAssigned: userAssigned }: GatewayIdentity): string {
    return userAssigned?.principalId ?? this.systemAssignedPrincipalId;
  }

  private expressionOf(identity: GatewayIdentity, seenFrom: Construct): string | undefined {
    const principalId = this.principalIdOf(identity);
    return isToken(principalId) ? identityOf(seenFrom, principalId) : principalId.toLowerCase();
  }
}

/** What a resource of this app says about the service that it creates. */
export function ofResource(service: ApiManagement) {
  return {
    apimName: service.name,
    resourceGroupName: service.resourceGroupName,
    apimId: service.id,
    gatewayUrl: service.gatewayUrl,
    systemAssignedPrincipalId: service.identity.principalId,
    systemAssignedTenantId: service.identity.tenantId,
    provider: service.provider,
  };
}

/** The public addresses of a service in all its regions: each region has its own. */
export function addressesOfAllRegions(service: ApiManagement | DataAzurermApiManagement): string[] {
  const ofOtherRegions = service.interpolationForAttribute("additional_location[*].public_ip_addresses");
  return Token.asList(Fn.concat([service.publicIpAddresses, Fn.flatten(ofOtherRegions)]));
}

/** Whether a service of this app is in several regions, as the Terraform JSON says now. */
export function hasMoreRegions(service: ApiManagement): boolean {
  return [renderedAttributes(service).additional_location ?? []].flat().length > 0;
}

/** How a service of this app is in a virtual network, as the Terraform JSON says now: `None` by default. */
export function virtualNetworkTypeOf(service: ApiManagement): string {
  return renderedAttributes(service).virtual_network_type ?? "None";
}
