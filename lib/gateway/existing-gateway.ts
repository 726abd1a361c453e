import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { Fn, Postcondition, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { keepConditions } from "../core/guards";
import { checkName } from "../core/names";
import { NAME_RULES } from "./name-rules";
import { asArgument } from "../core/tokens";
import { ApimSku } from "./apim-sku";
import { GatewayIdentity } from "./gateway-identity";
import { addressesOfAllRegions } from "./declared-gateway";
import { GatewayBase, standForSameService } from "./gateway-base";
import { finding } from "../core/fail";

/** A service that somebody else deployed. */
export interface ApimGatewayLookupProps {
  /** Name of the API Management service. */
  readonly apimName: string;

  /** Resource group of the API Management service. */
  readonly resourceGroupName: string;

  /**
   * The identity with which the gateway calls backends. Terraform checks at plan that the service has it.
   *
   * @default GatewayIdentity.SYSTEM_ASSIGNED
   */
  readonly identity?: GatewayIdentity;

  /**
   * The azurerm provider that reaches the service, for a service in another subscription.
   *
   * @default - the stack's default azurerm provider
   */
  readonly provider?: TerraformProvider;
}

/** A service that another state owns: read, and checked for its identity at plan. */
export class ExistingGateway extends GatewayBase {
  public readonly apimName: string;
  public readonly resourceGroupName: string;
  public readonly apimId: string;
  public readonly gatewayUrl: string;
  public readonly publicIpAddresses: string[];
  public readonly skuName: string;
  public readonly identity: GatewayIdentity;
  public readonly sku?: ApimSku;
  /** The data source does not tell it. */
  public readonly virtualNetworkType?: string;
  public readonly provider?: TerraformProvider;
  protected readonly systemAssignedPrincipalId: string;

  constructor(scope: Construct, id: string, props: ApimGatewayLookupProps) {
    super(scope, id);
    this.identity = props.identity ?? GatewayIdentity.SYSTEM_ASSIGNED;
    this.provider = props.provider;
    const userAssigned = this.identity._userAssigned;

    const service = new DataAzurermApiManagement(this, "Resource", {
      name: checkName(this, NAME_RULES.apimService, props.apimName),
      resourceGroupName: props.resourceGroupName,
      provider: props.provider,
      lifecycle: { postcondition: [userAssigned ? hasUserAssigned(userAssigned) : HAS_SYSTEM_ASSIGNED] },
    });
    keepConditions(service);

    standForSameService(this, props);

    this.apimName = service.name;
    this.resourceGroupName = service.resourceGroupName;
    this.apimId = service.id;
    this.gatewayUrl = service.gatewayUrl;
    this.publicIpAddresses = addressesOfAllRegions(service);
    this.skuName = service.skuName;
    this.systemAssignedPrincipalId = service.identity.get(0).principalId;
  }
}

const HAS_SYSTEM_ASSIGNED: Postcondition = {
  condition: '${try(self.identity[0].principal_id, "") != ""}',
  errorMessage: finding(
    "gateway-without-system-assigned-identity",
    'API Management "${self.name}" has no system-assigned managed identity, and cannot get tokens for its backends. ' +
      "Switch it on (portal: Security > Managed identities > System assigned), or write " +
      "identity: GatewayIdentity.userAssigned(...) with a user-assigned identity that the service has.",
  ),
};

function hasUserAssigned(identity: IUserAssignedIdentityRef): Postcondition {
  return {
    condition: `\${contains([for id in try(self.identity[0].identity_ids, []) : lower(id)], ${Fn.lower(asArgument(identity.id))})}`,
    errorMessage: finding(
      "gateway-without-user-assigned-identity",
      `API Management "\${self.name}" does not have the user-assigned identity ${identity.id}, and cannot get tokens with it. ` +
        "Add it (portal: Security > Managed identities > User assigned), or name one that the service has.",
    ),
  };
}
