import { Construct } from "constructs";
import { checkAddressInCloud } from "../azure/clouds/addresses";
import { fail } from "../core/fail";
import { requireText } from "../core/given";
import { isToken } from "../core/tokens";

const EXAMPLE = '"https://api.contoso.com"';

/** The address that consumers call, if it is one: without a path and without a slash at the end. What only Terraform knows passes. */
export function checkedGatewayUrl(scope: Construct, gatewayUrl?: string): string | undefined {
  if (gatewayUrl === undefined) return undefined;
  requireText(scope, "gatewayUrl", gatewayUrl, `gatewayUrl: ${EXAMPLE}`);
  if (!isToken(gatewayUrl) && !/^https:\/\/[^/?#\s]+$/.test(gatewayUrl))
    fail(
      scope,
      "invalid-gateway-url",
      `The gatewayUrl "${gatewayUrl}" is not the address of a gateway.`,
      `Write an address such as ${EXAMPLE}, without a path and without a slash at the end.`,
    );
  checkAddressInCloud(scope, "The gatewayUrl", gatewayUrl);
  return gatewayUrl;
}
