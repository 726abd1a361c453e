import { Fn, Postcondition } from "cdktf";
import { Construct } from "constructs";
import { IUserAssignedIdentityRef } from "../azure/refs/user-assigned-identity";
import { suspendCreationStacks } from "../core/creation-stacks";
import { conditionMessage } from "../core/fail";
import { guardLifecycle } from "../core/guard";
import { checkName } from "../core/names";
import { asArgument } from "../core/tokens";
import { addressesOfAllRegions, ExistingService, GatewayBase, standForSameService } from "./gateway-base";
import { checkedGranted, checkedIdentity, GatewayIdentity } from "./gateway-identity";
import { checkedGatewayUrl } from "./gateway-url";
import { NAME_RULES } from "./name-rules";
import { requireGiven } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";
import { azurerm } from "../providers/azurerm";

/** Where an existing service is found. */
export interface ApimGatewayLookupProps extends ExistingService {
  /**
   * The identity that the gateway calls backends with. Terraform checks at plan that the service has it.
   *
   * @default GatewayIdentity.SYSTEM_ASSIGNED
   */
  readonly identity?: GatewayIdentity;

  /**
   * Identities of the service that are granted what `identity` is granted: backends, Azure services, secrets and APIs with `callers`
   * admit them, too. The gateway does not call with them. To switch `identity` without an outage, grant the next one, switch, and remove
   * the previous one. Terraform checks at plan that the service has them.
   *
   * @default - none
   */
  readonly grantedIdentities?: GatewayIdentity[];

  /**
   * `https://` address that consumers call, without a slash at the end: `https://api.contoso.com` for a custom domain of the service.
   *
   * @default - the address that Azure gives the service, such as `https://contoso.azure-api.net`
   */
  readonly gatewayUrl?: string;
}

/** The names of its properties. */
const APIM_GATEWAY_LOOKUP_PROPS: PropertyNames<ApimGatewayLookupProps> = {
  apimName: true,
  resourceGroupName: true,
  gatewayUrl: true,
  grantedIdentities: true,
  identity: true,
  provider: true,
};

/** An existing service: read at plan, and checked there for its identity. */
export class LookedUpGateway extends GatewayBase {
  constructor(scope: Construct, id: string, props: ApimGatewayLookupProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireGiven(this, props, {
        name: "props",
        texts: ["apimName", "resourceGroupName"],
        example: 'ApimGateway.fromLookup(this, "Gateway", { apimName: "...", resourceGroupName: "..." })',
      });
      requireOnly(this, "ApimGateway.fromLookup", props, {
        names: APIM_GATEWAY_LOOKUP_PROPS,
        example: 'ApimGateway.fromLookup(this, "Gateway", { apimName, resourceGroupName })',
      });
      const identity = checkedIdentity(this, props.identity);
      const grantedIdentities = checkedGranted(this, identity, props.grantedIdentities);

      const service = new azurerm.DataAzurermApiManagement(this, "Resource", {
        name: checkName(this, NAME_RULES.apimService, props.apimName),
        resourceGroupName: props.resourceGroupName,
        provider: props.provider,
        lifecycle: { postcondition: [identity, ...grantedIdentities].map(isAttached) },
      });
      guardLifecycle(service);

      standForSameService(this, props);

      this._describe({
        apimName: service.name,
        resourceGroupName: service.resourceGroupName,
        apimId: service.id,
        gatewayUrl: checkedGatewayUrl(this, props.gatewayUrl) ?? service.gatewayUrl,
        publicIpAddresses: addressesOfAllRegions(service),
        skuName: service.skuName,
        identity,
        grantedIdentities,
        systemAssignedPrincipalId: service.identity.get(0).principalId,
        systemAssignedTenantId: service.identity.get(0).tenantId,
        provider: props.provider,
      });
    } finally {
      resume();
    }
  }
}

function isAttached({ _userAssigned: userAssigned }: GatewayIdentity): Postcondition {
  return userAssigned ? hasUserAssigned(userAssigned) : HAS_SYSTEM_ASSIGNED;
}

const HAS_SYSTEM_ASSIGNED: Postcondition = {
  condition: '${try(self.identity[0].principal_id, "") != ""}',
  errorMessage: conditionMessage(
    "gateway-without-system-assigned-identity",
    'API Management "${self.name}" has no system-assigned managed identity, so it cannot get tokens for its backends.',
    "Turn it on (portal: Security > Managed identities > System assigned), or set identity: GatewayIdentity.userAssigned(...) to a " +
      "user-assigned identity that the service has.",
  ),
};

function hasUserAssigned(identity: IUserAssignedIdentityRef): Postcondition {
  return {
    condition: `\${contains([for id in try(self.identity[0].identity_ids, []) : lower(id)], ${Fn.lower(asArgument(identity.id))})}`,
    errorMessage: conditionMessage(
      "gateway-without-user-assigned-identity",
      `API Management "\${self.name}" does not have the user-assigned identity ${identity.id}, so it cannot get tokens with it.`,
      "Add the identity (portal: Security > Managed identities > User assigned), or use one that the service has.",
    ),
  };
}
