import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { renderedAttributes } from "../../core/rendered";

/** How the service is in a virtual network, as it stands in the Terraform JSON now: `None` where nothing is said of it. */
export function virtualNetworkTypeOf(service: ApiManagement): string {
  return renderedAttributes(service).virtual_network_type ?? "None";
}
