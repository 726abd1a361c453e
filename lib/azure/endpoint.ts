import { withoutEnd } from "../core/without-end";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { asArgument, isToken } from "../core/tokens";
import { requireText } from "../core/given";

/** What a reference to a service is, for messages. */
export const HOW_TO_PASS = "the object of the service, or what fromAttributes returns for it";

/** The endpoint of an Azure service, ready for a path to be appended: without the trailing slash that Azure gives it. */
export function endpointUrl(scope: Construct, endpoint: string): string {
  requireText(scope, "address of the Azure service", endpoint, HOW_TO_PASS);
  return isToken(endpoint) ? Fn.trimsuffix(asArgument(endpoint), "/") : withoutEnd(endpoint, "/");
}
