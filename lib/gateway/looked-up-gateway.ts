import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { Fn, Postcondition, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { finding } from "../core/fail";
import { guardLifecycle } from "../core/guard";
import { checkName } from "../core/names";
import { asArgument } from "../core/tokens";
import { addressesOfAllRegions, GatewayBase, standForSameService } from "./gateway-base";
import { checkedIdentity, GatewayIdentity } from "./gateway-identity";
import { NAME_RULES } from "./name-rules";
import { requireGiven } from "../core/given";

/** Where an existing service is found. */
export interface ApimGatewayLookupProps {
  /** Name of the API Management service. */
  readonly apimName: string;

  /** Resource group of the API Management service. */
  readonly resourceGroupName: string;

  /**
   * The identity that the gateway calls backends with. Terraform checks at plan that the service has it.
   *
   * @default GatewayIdentity.SYSTEM_ASSIGNED
   */
  readonly identity?: GatewayIdentity;

  /**
   * The azurerm provider that reaches the service, if it is in another subscription.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/** An existing service: read at plan, and checked there for its identity. */
export class LookedUpGateway extends GatewayBase {
  public readonly apimName: string;
  public readonly resourceGroupName: string;
  public readonly apimId: string;
  public readonly gatewayUrl: string;
  public readonly publicIpAddresses: string[];
  public readonly skuName: string;
  public readonly identity: GatewayIdentity;
  /** The data source does not read it. */
  public readonly virtualNetworkType?: string;
  public readonly provider?: TerraformProvider;
  /** @internal */
  protected readonly _systemAssignedPrincipalId: string;

  constructor(scope: Construct, id: string, props: ApimGatewayLookupProps) {
    super(scope, id);
    requireGiven(this, props, {
      name: "props",
      texts: ["apimName", "resourceGroupName"],
      example: 'ApimGateway.fromLookup(this, "Gateway", { apimName: "...", resourceGroupName: "..." })',
    });
    this.identity = checkedIdentity(this, props.identity);
    this.provider = props.provider;
    const userAssigned = this.identity._userAssigned;

    const service = new DataAzurermApiManagement(this, "Resource", {
      name: checkName(this, NAME_RULES.apimService, props.apimName),
      resourceGroupName: props.resourceGroupName,
      provider: props.provider,
      lifecycle: { postcondition: [userAssigned ? hasUserAssigned(userAssigned) : HAS_SYSTEM_ASSIGNED] },
    });
    guardLifecycle(service);

    standForSameService(this, props);

    this.apimName = service.name;
    this.resourceGroupName = service.resourceGroupName;
    this.apimId = service.id;
    this.gatewayUrl = service.gatewayUrl;
    this.publicIpAddresses = addressesOfAllRegions(service);
    this.skuName = service.skuName;
    this._systemAssignedPrincipalId = service.identity.get(0).principalId;
  }
}

const HAS_SYSTEM_ASSIGNED: Postcondition = {
  condition: '${try(self.identity[0].principal_id, "") != ""}',
  errorMessage: finding(
    "gateway-without-system-assigned-identity",
    'API Management "${self.name}" has no system-assigned managed identity, so it cannot get tokens for its backends.',
    "Turn it on (portal: Security > Managed identities > System assigned), or set identity: GatewayIdentity.userAssigned(...) to a " +
      "user-assigned identity that the service has.",
  ),
};

function hasUserAssigned(identity: IUserAssignedIdentityRef): Postcondition {
  return {
    condition: `\${contains([for id in try(self.identity[0].identity_ids, []) : lower(id)], ${Fn.lower(asArgument(identity.id))})}`,
    errorMessage: finding(
      "gateway-without-user-assigned-identity",
      `API Management "\${self.name}" does not have the user-assigned identity ${identity.id}, so it cannot get tokens with it.`,
      "Add the identity (portal: Security > Managed identities > User assigned), or use one that the service has.",
    ),
  };
}
