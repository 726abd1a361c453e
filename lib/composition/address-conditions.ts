import { Precondition } from "cdktf";
import { Construct } from "constructs";
import { isOfAzureResource } from "../azure/computed";
import { matchesAtPlan } from "../core/at-plan";
import { fail, finding } from "../core/fail";
import { beginsUnknown, isToken, literalOutline } from "../core/tokens";
import { addressesOf, serviceOfAudience } from "../entra/azure-services";

/**
 * Refuses to send a token for an Azure service to any other host: whoever gets it could use the service as the gateway. What only
 * Terraform knows of the address is checked by the conditions.
 */
export function addressConditions(scope: Construct, tokenResource: string, url: string): Precondition[] {
  const service = isToken(tokenResource) ? undefined : serviceOfAudience(tokenResource);
  if (!service) return [];
  const addresses = addressesOf(service);
  const remedy = `Write an address below ${service.domains.join(", ")}, or the audience of the backend that has this address.`;
  if (isToken(url)) {
    const isOfService =
      service.resource !== undefined && beginsUnknown(url) && isOfAzureResource(scope, url, service.resource);
    const isBelow = addresses.test(literalOutline(url, "0")) && isOfAzureResource(scope, url);
    if (isOfService || isBelow) return [];
    return [
      {
        condition: matchesAtPlan(url, addresses),
        errorMessage: finding(
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
      `The token for "${tokenResource}" is for ${service.name}, but the backend URL "${url}" is another host, which could use ` +
        `the token as the gateway.`,
      remedy,
    );
  return [];
}
