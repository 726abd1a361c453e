import { TerraformDataSource, TerraformResource } from "cdktf";
import type { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import type { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";

/** The type of a service in Terraform. Constructs are recognized by it, since to compare classes would load them. */
const SERVICE = "azurerm_api_management";

/** Whether a construct is an API Management service that a stack declares. */
export function isService(construct: unknown): construct is ApiManagement {
  return TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === SERVICE;
}

/** Whether a construct looks up an API Management service. */
export function isLookedUpService(construct: unknown): construct is DataAzurermApiManagement {
  return TerraformDataSource.isTerraformDataSource(construct) && construct.terraformResourceType === SERVICE;
}
