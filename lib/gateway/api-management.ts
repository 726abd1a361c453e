import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { Fn, Token } from "cdktf";
import { renderedAttributes } from "../core/rendered";

/** The public addresses of a service in all its regions: each region has its own. */
export function addressesOfAllRegions(service: ApiManagement | DataAzurermApiManagement): string[] {
  const ofOtherRegions = service.interpolationForAttribute("additional_location[*].public_ip_addresses");
  return Token.asList(Fn.concat([service.publicIpAddresses, Fn.flatten(ofOtherRegions)]));
}

/** How a service of this app is in a virtual network, as the Terraform JSON says now: `None` by default. */
export function virtualNetworkTypeOf(service: ApiManagement): string {
  return renderedAttributes(service).virtual_network_type ?? "None";
}
