import { Fn, Token } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";

/** The public addresses of a service that may have more regions than its first, each with addresses of its own. */
export function addressesOfAllRegions(service: ApiManagement | DataAzurermApiManagement): string[] {
  const ofOtherRegions = service.interpolationForAttribute("additional_location[*].public_ip_addresses");
  return Token.asList(Fn.concat([service.publicIpAddresses, Fn.flatten(ofOtherRegions)]));
}
