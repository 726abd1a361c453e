import { Fn } from "cdktf";
import { asArgument, isToken } from "../../core/tokens";

/** The endpoint of an Azure service without the slash that Azure puts at its end, where paths are appended. */
export function endpointUrl(endpoint: string): string {
  return isToken(endpoint) ? Fn.trimsuffix(asArgument(endpoint), "/") : endpoint.replace(/\/+$/, "");
}

/** The address of a service that has its name in the public cloud's domain. */
export function publicCloudUrl(name: string, domain: string): string {
  return `https://${name}.${domain}`;
}
