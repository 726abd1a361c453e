import { Precondition } from "cdktf";
import { Construct } from "constructs";
import { checkAddressInCloud } from "../azure/clouds/addresses";
import { CLOUDS } from "../azure/clouds/hosts";
import { ServiceInCloud } from "../azure/clouds/services";
import { isHostOfAzureResource, isOfAzureResource } from "../azure/computed";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { addressPattern } from "../core/address-pattern";
import { matchesAtPlan } from "../core/at-plan";
import { conditionMessage, fail } from "../core/fail";
import { beginsUnknown, isToken, literalOutline } from "../core/tokens";
import { addressesOf, AudienceOfService, serviceOfAudience } from "../entra/azure-services";

/** What Terraform has to check of an address that only it knows. */
export function addressConditions(scope: Construct, tokenResource: string, url: string): Precondition[] {
  checkAddressInCloud(scope, "The backend URL", url);
  const ofService = serviceConditions(scope, tokenResource, url);
  return ofService.length > 0 ? ofService : urlConditions(scope, url);
}

function urlConditions(scope: Construct, url: string): Precondition[] {
  if (!isToken(url) || (!beginsUnknown(url) && isHostOfAzureResource(scope, url))) return [];
  return [
    {
      condition: matchesAtPlan(url, addressPattern(url)),
      errorMessage: conditionMessage(
        "insecure-url-at-plan",
        'The backend URL must begin with "https://" and have only a host and a path, whatever its variables contain. ' +
          "Otherwise, the gateway's token could go to someone else, or in clear text.",
        "Use an https:// address without credentials, query and fragment.",
      ),
    },
  ];
}

/**
 * Refuses to send a token for an Azure service to any other host: whoever gets it could use the service as the gateway. What only
 * Terraform knows of the address is checked by the conditions.
 */
function serviceConditions(scope: Construct, tokenResource: string, url: string): Precondition[] {
  const found = isToken(tokenResource) ? undefined : serviceOfAudience(tokenResource);
  if (!found) return [];
  const { service } = found;
  const inCloud = requireInCloud(scope, tokenResource, found);
  const addresses = addressesOf(inCloud);
  const remedy = `Write an address below ${inCloud.domains.join(", ")}, or the audience of the backend that has this address.`;
  if (isToken(url)) {
    const isOfService =
      service.resource !== undefined && beginsUnknown(url) && isOfAzureResource(scope, url, service.resource);
    const isBelow = addresses.test(literalOutline(url, "0")) && isOfAzureResource(scope, url);
    if (isOfService || isBelow) return [];
    return [
      {
        condition: matchesAtPlan(url, addresses),
        errorMessage: conditionMessage(
          "service-token-to-other-host-at-plan",
          `A token for ${service.name} must be sent only to ${service.name}.`,
          remedy,
        ),
      },
    ];
  }
  if (!addresses.test(url))
    fail(
      scope,
      "service-token-to-other-host",
      `Tokens for "${tokenResource}" are for ${service.name}, but the backend URL "${url}" has another host, which could use ` +
        `the token to act as the gateway.`,
      remedy,
    );
  return [];
}

/** The service in the cloud of the stack. Entra ID issues no tokens for the registrations of another cloud. */
function requireInCloud(
  scope: Construct,
  tokenResource: string,
  { service, clouds }: AudienceOfService,
): ServiceInCloud {
  const cloud = cloudOf(scope);
  const inCloud = service[cloud];
  if (inCloud !== undefined && clouds.includes(cloud)) return inCloud;
  const { title: thisCloud } = CLOUDS[cloud];
  const { title: otherCloud } = CLOUDS[clouds[0]];
  const here = inCloud?.tokenResource === undefined ? "" : ` In ${thisCloud}, it is "${inCloud.tokenResource}".`;
  fail(
    scope,
    "token-resource-of-another-cloud",
    `Tokens for "${tokenResource}" are for ${service.name} in ${otherCloud}, but the stack is for ${thisCloud}.`,
    `Write the token resource of the service in the cloud of the stack.${here}`,
  );
}
