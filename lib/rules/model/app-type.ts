import { azapiTypeOf } from "./azapi";
import type { Resource } from "./resource";

const SITES = new Set([
  "azurerm_linux_web_app",
  "azurerm_windows_web_app",
  "azurerm_linux_function_app",
  "azurerm_windows_function_app",
  "azurerm_function_app_flex_consumption",
  "azurerm_logic_app_standard",
]);
const CONTAINER_APP = "azurerm_container_app";

/** What it is, if an app; none for a slot and for anything else. */
export function kindOf(resource: Resource): "app" | "container app" | undefined {
  const { mode, type } = resource;
  if (mode === "data") return undefined;
  const azapiType = type === "azapi_resource" ? azapiTypeOf(resource) : undefined;
  if (type === CONTAINER_APP || azapiType === "microsoft.app/containerapps") return "container app";
  return SITES.has(type) || azapiType === "microsoft.web/sites" ? "app" : undefined;
}

/** Whether azurerm writes apps with it. */
export function isAppType(type: string): boolean {
  return SITES.has(type) || type === CONTAINER_APP;
}

/** Whether it is a slot of a site. */
export function isSlotType(type: string): boolean {
  return type.endsWith("_slot") && SITES.has(type.slice(0, -"_slot".length));
}
