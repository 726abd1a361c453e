import { azapiProperty, azapiTypeOf } from "./azapi";
import type { Resource } from "./resource";
import type { Value } from "./value";

const TYPE = "azurerm_api_management_backend";
const AZAPI_TYPE = "microsoft.apimanagement/service/backends";

/** Whether it is a backend of API Management, which policies choose by its name. */
export function isEntity(resource: Resource): boolean {
  return (resource.type === TYPE && resource.mode === "resource") || isAzapiEntity(resource);
}

/** Whether azapi writes the backend. */
export function isAzapiEntity(resource: Resource): boolean {
  return azapiTypeOf(resource) === AZAPI_TYPE;
}

/** The address of a backend. */
export function urlOf(entity: Resource): Value {
  return isAzapiEntity(entity) ? azapiProperty(entity, "properties.url") : entity.at("url");
}
