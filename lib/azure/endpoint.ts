import { withoutEnd } from "../core/without-end";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { fail } from "../core/fail";
import { asArgument, isToken } from "../core/tokens";
import { requireText } from "../core/given";

const HOW_TO_PASS = "the object of the service, or what fromAttributes returns for it";

/** The endpoint of an Azure service, ready for a path to be appended: without the trailing slash that Azure gives it. */
export function endpointUrl(scope: Construct, endpoint: string): string {
  requireText(scope, "address of the Azure service", endpoint, HOW_TO_PASS);
  return isToken(endpoint) ? Fn.trimsuffix(asArgument(endpoint), "/") : withoutEnd(endpoint, "/");
}

/** The address in the public cloud of a service that is known by its name. */
export function publicCloudUrl(scope: Construct, name: string, domain: string): string {
  requireText(scope, "name of the Azure service", name, HOW_TO_PASS);
  if (!isToken(name) && !/^[a-z0-9-]+$/i.test(name))
    fail(
      scope,
      "invalid-service-name",
      `"${name}" is not the name of a service in ${domain}.`,
      "Write only the name, without the domain: letters, digits and hyphens.",
    );
  return `https://${name}.${domain}`;
}
