import { Fn } from "cdktf";
import { Construct } from "constructs";
import { asArgument, isToken } from "../core/tokens";
import { fail } from "../core/fail";

/** The endpoint of an Azure service without the slash that Azure puts at its end, where paths are appended. */
export function endpointUrl(endpoint: string): string {
  return isToken(endpoint) ? Fn.trimsuffix(asArgument(endpoint), "/") : endpoint.replace(/\/+$/, "");
}

/** The address of a service that has its name in the public cloud's domain. */
export function publicCloudUrl(scope: Construct, name: string, domain: string): string {
  if (!isToken(name) && !/^[a-z0-9-]+$/i.test(name))
    fail(
      scope,
      "invalid-service-name",
      `"${name}" is no name of a service in ${domain}. Write the name alone, letters, digits and hyphens, without the domain.`,
    );
  return `https://${name}.${domain}`;
}
